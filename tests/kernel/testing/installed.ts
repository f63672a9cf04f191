// The kernelspec as a user installs it, in a temporary folder that goes with the tests: what they start is what
// Jupyter would.

import { fromFileUrl, join } from "@std/path";
import type { KernelSpec } from "../../../kernel/spec.ts";

const ROOT = fromFileUrl(new URL("../../../", import.meta.url));

/** Kernelspecs by the flags of the command that installed them. */
const installed = new Map<string, Promise<KernelSpec>>();
const prefixes: string[] = [];

addEventListener("unload", () => {
  for (const prefix of prefixes) Deno.removeSync(prefix, { recursive: true });
});

/** The kernelspec that `deno task kernel:install` writes; with these flags, if given, that of a sandbox. */
export function installedSpec(sandbox?: string[]): Promise<KernelSpec> {
  const flags = sandbox === undefined ? [] : ["--sandbox", ...sandbox];
  const key = flags.join(" ");
  if (!installed.has(key)) installed.set(key, install(flags));
  return installed.get(key)!;
}

/** The command line by which Jupyter starts a kernel. */
export function commandLine({ argv }: KernelSpec, connectionFile: string): string[] {
  return argv.map((part) => part.replace("{connection_file}", connectionFile));
}

async function install(flags: string[]): Promise<KernelSpec> {
  const prefix = await Deno.makeTempDir({ prefix: "kernelspec-" });
  prefixes.push(prefix);
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "kernel:install", "--prefix", prefix, ...flags],
    cwd: ROOT,
    stdout: "null",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const name = flags.length === 0 ? "dials" : "dials-sandbox";
  const file = join(prefix, "share", "jupyter", "kernels", name, "kernel.json");
  return JSON.parse(await Deno.readTextFile(file));
}
