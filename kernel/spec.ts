// Installs the kernelspec `dials`, by which Jupyter front ends know this kernel, and takes it away again.
//   deno task kernel:install [--prefix DIR] [--grace SECONDS] [--sandbox [--allow-…]…]
//   deno task kernel:uninstall [--prefix DIR]
// With --sandbox it is a second one, `dials-sandbox`, whose cells may read the notebook's folder, and what Deno's
// own --allow-… flags add.
// https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs

import { parseArgs } from "@std/cli/parse-args";
import { dirname, fromFileUrl, join } from "@std/path";

/** The name by which front ends ask for the kernel. */
export const KERNEL_NAME = "dials";

/** The name of the kernel whose cells run in a sandbox. */
export const SANDBOX_NAME = "dials-sandbox";

const USAGE = "use: deno task kernel:install [--prefix DIR] [--grace SECONDS] " +
  "[--sandbox [--allow-…]…], or kernel:uninstall [--prefix DIR]";

/** Compiling cells leaves much behind that nobody needs: without a limit V8 lets it lie in 40 MB more. */
const SMALL_YOUNG_GENERATION = "--max-semi-space-size=8";

const ROOT = fromFileUrl(new URL("../", import.meta.url));

/** A kernelspec's `kernel.json`. */
export interface KernelSpec {
  argv: string[];
  display_name: string;
  language: string;
  interrupt_mode: "message" | "signal";
  env?: Record<string, string>;
  metadata: Record<string, unknown>;
}

/** What a user may want of an installed kernel. */
export interface KernelOptions {
  /** Run cells in a sandbox, in which these flags of Deno's allow more than reading the notebook's folder. */
  sandbox?: string[];
  /** Seconds after which a cell that does not notice its interrupt is ended. */
  grace?: string;
}

/** The command line that starts the kernel, for whom a connection file waits at `connectionFile`. */
export function kernelArguments(
  connectionFile: string,
  { sandbox }: KernelOptions = {},
): string[] {
  const config = join(ROOT, "deno.json");
  const main = join(ROOT, "kernel", "main.ts");
  const flags = sandbox === undefined ? [] : ["--sandbox", ...sandbox];
  return [
    Deno.execPath(),
    "run",
    "-A",
    `--v8-flags=${SMALL_YOUNG_GENERATION}`,
    "--config",
    config,
    main,
    ...flags,
    connectionFile,
  ];
}

/** The kernelspec of this checkout. */
export function kernelSpec(options: KernelOptions = {}): KernelSpec {
  const { sandbox, grace } = options;
  return {
    argv: kernelArguments("{connection_file}", options),
    display_name: sandbox === undefined ? "Dials (TypeScript)" : "Dials (TypeScript, sandbox)",
    language: "typescript",
    interrupt_mode: "message",
    ...(grace === undefined ? {} : { env: { DIALS_GRACE: grace } }),
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

/** The picture by which launchers show the kernel, and its name in a kernelspec. */
const LOGO = join(ROOT, "kernel", "logo.svg");
const LOGO_NAME = "logo-svg.svg";

/** Writes the kernelspec and returns its folder. Where there was one, each file is replaced in one step. */
export async function installKernel(
  prefix?: string,
  options: KernelOptions = {},
): Promise<string> {
  const name = options.sandbox === undefined ? KERNEL_NAME : SANDBOX_NAME;
  const folder = join(dataFolder(prefix), "kernels", name);
  await Deno.mkdir(folder, { recursive: true });
  await replaceFile(join(folder, LOGO_NAME), await Deno.readTextFile(LOGO));
  const json = `${JSON.stringify(kernelSpec(options), null, 2)}\n`;
  await replaceFile(join(folder, "kernel.json"), json);
  return folder;
}

async function replaceFile(file: string, text: string): Promise<void> {
  const draft = await Deno.makeTempFile({ dir: dirname(file), prefix: "kernel-" });
  try {
    await Deno.writeTextFile(draft, text);
    // Made for its writer alone; other users may share the prefix.
    if (Deno.build.os !== "windows") await Deno.chmod(draft, 0o644);
    await Deno.rename(draft, file);
  } catch (error) {
    await Deno.remove(draft);
    throw error;
  }
}

/** Takes a kernelspec away and returns its folder; undefined where there was none. */
export async function uninstallKernel(
  prefix?: string,
  name: string = KERNEL_NAME,
): Promise<string | undefined> {
  const folder = join(dataFolder(prefix), "kernels", name);
  try {
    await Deno.remove(folder, { recursive: true });
    return folder;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function main(): Promise<void> {
  const { _: [action], prefix, grace, sandbox, ...others } = parseArgs(Deno.args, {
    string: ["prefix", "grace"],
    boolean: ["sandbox"],
  });
  const allowed = Object.entries(others).filter(([name]) => name.startsWith("allow-"))
    .map(([name, value]) => value === true ? `--${name}` : `--${name}=${value}`);
  const isUnderstood = (action === "install" || action === "uninstall") && prefix !== "" &&
    Object.keys(others).length === allowed.length && (sandbox || allowed.length === 0) &&
    (grace === undefined || Number(grace) >= 0 && grace !== "");
  if (!isUnderstood) throw new Error(USAGE);
  if (action === "install") {
    const folder = await installKernel(prefix, { grace, sandbox: sandbox ? allowed : undefined });
    console.log(`The kernelspec is in ${folder}.`);
    return;
  }
  const removed = [
    await uninstallKernel(prefix),
    await uninstallKernel(prefix, SANDBOX_NAME),
  ].filter((folder) => folder !== undefined);
  const where = dirname(join(dataFolder(prefix), "kernels", KERNEL_NAME));
  console.log(
    removed.length === 0 ? `There was none in ${where}.` : `Removed ${removed.join(", ")}.`,
  );
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
