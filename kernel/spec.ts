// Installs the kernelspec `dials`, by which Jupyter front ends know this kernel, and takes it away again.
//   deno task kernel:install [--prefix DIR]
//   deno task kernel:uninstall [--prefix DIR]
// https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs

import { parseArgs } from "@std/cli/parse-args";
import { dirname, fromFileUrl, join } from "@std/path";

/** The name by which front ends ask for the kernel. */
export const KERNEL_NAME = "dials";

const ROOT = fromFileUrl(new URL("../", import.meta.url));

/** A kernelspec's `kernel.json`. */
export interface KernelSpec {
  argv: string[];
  display_name: string;
  language: string;
  interrupt_mode: "message" | "signal";
  metadata: Record<string, unknown>;
}

/** The command line that starts the kernel, for whom a connection file waits at `connectionFile`. */
export function kernelArguments(connectionFile: string): string[] {
  const config = join(ROOT, "deno.json");
  const main = join(ROOT, "kernel", "main.ts");
  return [Deno.execPath(), "run", "-A", "--config", config, main, connectionFile];
}

/** The kernelspec of this checkout. */
export function kernelSpec(): KernelSpec {
  return {
    argv: kernelArguments("{connection_file}"),
    display_name: "Dials (TypeScript)",
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: false },
  };
}

/** The folder of Jupyter's data: below `prefix`, or this user's own on each system. */
export function dataFolder(prefix?: string): string {
  if (prefix !== undefined) return join(prefix, "share", "jupyter");
  const own = Deno.env.get("JUPYTER_DATA_DIR");
  if (own) return own;
  const home = Deno.env.get(Deno.build.os === "windows" ? "USERPROFILE" : "HOME");
  if (home === undefined) {
    throw new Error("this user's home folder is not known; give a folder with --prefix DIR");
  }
  if (Deno.build.os === "darwin") return join(home, "Library", "Jupyter");
  if (Deno.build.os === "windows") {
    return join(Deno.env.get("APPDATA") ?? join(home, "AppData", "Roaming"), "jupyter");
  }
  return join(Deno.env.get("XDG_DATA_HOME") || join(home, ".local", "share"), "jupyter");
}

/** Writes the kernelspec and returns its folder. Where there was one, it is replaced in one step. */
export async function installKernel(prefix?: string): Promise<string> {
  const folder = join(dataFolder(prefix), "kernels", KERNEL_NAME);
  await Deno.mkdir(folder, { recursive: true });
  const file = join(folder, "kernel.json");
  const draft = await Deno.makeTempFile({ dir: folder, prefix: "kernel-" });
  try {
    await Deno.writeTextFile(draft, `${JSON.stringify(kernelSpec(), null, 2)}\n`);
    // Made for its writer alone; other users may share the prefix.
    if (Deno.build.os !== "windows") await Deno.chmod(draft, 0o644);
    await Deno.rename(draft, file);
  } catch (error) {
    await Deno.remove(draft);
    throw error;
  }
  return folder;
}

/** Takes the kernelspec away and returns its folder; undefined where there was none. */
export async function uninstallKernel(prefix?: string): Promise<string | undefined> {
  const folder = join(dataFolder(prefix), "kernels", KERNEL_NAME);
  try {
    await Deno.remove(folder, { recursive: true });
    return folder;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function main(): Promise<void> {
  const { _: [action], prefix, ...others } = parseArgs(Deno.args, { string: ["prefix"] });
  const [unknown] = Object.keys(others);
  if (unknown !== undefined || prefix === "" || (action !== "install" && action !== "uninstall")) {
    throw new Error(
      "use: deno task kernel:install [--prefix DIR], or kernel:uninstall the same way",
    );
  }
  if (action === "install") {
    console.log(`The kernelspec is in ${await installKernel(prefix)}.`);
    return;
  }
  const removed = await uninstallKernel(prefix);
  const where = dirname(join(dataFolder(prefix), "kernels", KERNEL_NAME));
  console.log(removed === undefined ? `There was none in ${where}.` : `Removed ${removed}.`);
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
