// `--jupyter`: JupyterLab itself, where it is installed, with this project's kernel in it.

import { join } from "@std/path";
import { installKernel } from "../../spec.ts";
import type { LabArguments } from "./arguments.ts";

/** What to do where there is no JupyterLab. */
const ADVICE =
  "JupyterLab is not installed. Install it with `pip install jupyterlab`, or leave out " +
  "--jupyter: the lab needs no Python.";

/**
 * Runs JupyterLab until it ends, and returns its exit code. Ctrl-C is its to ask about.
 *
 * @param folder the folder it opens
 */
export async function runJupyter(
  folder: string,
  { port, ip, token, browser, others: options }: LabArguments,
): Promise<number> {
  const prefix = await Deno.makeTempDir({ prefix: "dials-jupyter-" });
  try {
    await installKernel(prefix);
    const others = Deno.env.get("JUPYTER_PATH");
    const path = join(prefix, "share", "jupyter");
    const separator = Deno.build.os === "windows" ? ";" : ":";
    const args = [`--port=${port}`, `--ip=${ip}`];
    if (token !== undefined) args.push(`--IdentityProvider.token=${token}`);
    if (!browser) args.push("--no-browser");
    const child = new Deno.Command("jupyter-lab", {
      args: [...args, "--MultiKernelManager.default_kernel_name=dials", ...options, folder],
      env: { JUPYTER_PATH: others ? `${path}${separator}${others}` : path },
    }).spawn();
    // It gets the terminal's Ctrl-C as well and asks itself; a request to end is passed on.
    Deno.addSignalListener("SIGINT", () => {});
    if (Deno.build.os !== "windows") {
      for (const signal of ["SIGTERM", "SIGHUP"] as const) {
        Deno.addSignalListener(signal, () => child.kill("SIGTERM"));
      }
    }
    return (await child.status).code;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    console.error(ADVICE);
    return 1;
  } finally {
    await Deno.remove(prefix, { recursive: true });
  }
}
