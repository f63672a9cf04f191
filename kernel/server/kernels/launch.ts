// Starts the process of a kernel from its kernelspec.

import { KernelClient, type StartOptions } from "../../client/kernel_client.ts";
import type { KnownKernel } from "./kernelspecs.ts";

/** Where a kernel runs and who hears it. */
export interface LaunchOptions extends Pick<StartOptions, "onFrames" | "signal"> {
  /** The folder it runs in. */
  folder: string;
  /** The file that the kernel is started for, as Jupyter tells kernels in JPY_SESSION_NAME. */
  file?: string;
}

/**
 * Starts a kernel and waits until it answers.
 *
 * @throws {KernelDiedError} if it does not
 */
export function launchKernel(
  { spec, folder: resources = "" }: KnownKernel,
  { folder, file, ...options }: LaunchOptions,
): Promise<KernelClient> {
  return KernelClient.start({
    ...options,
    arguments: (connectionFile) =>
      spec.argv.map((argument) =>
        argument.replaceAll("{connection_file}", connectionFile)
          .replaceAll("{resource_dir}", resources)
      ),
    folder,
    environment: {
      ...expandVariables(spec.env ?? {}),
      ...(file === undefined ? {} : { JPY_SESSION_NAME: file }),
    },
    interruptMode: spec.interrupt_mode,
  });
}

/** `${NAME}` in a kernelspec's variables stands for a variable of this process. */
function expandVariables(variables: Record<string, string>): Record<string, string> {
  const expand = (value: string) =>
    value.replaceAll(/\$\{(\w+)\}/g, (_match, name) => Deno.env.get(name) ?? "");
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, expand(value)]),
  );
}
