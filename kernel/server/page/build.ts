// Builds the lab's page: installs JupyterLab's packages beside its source, bundles them, and keeps the result until
// source or packages change.

import { encodeHex } from "@std/encoding";
import { fromFileUrl, join, relative } from "@std/path";

const SOURCE = fromFileUrl(new URL("./browser/", import.meta.url));
const BUILT = fromFileUrl(new URL("./built/", import.meta.url));

/** Source from outside the page's folder that goes into it. */
const SHARED = ["literals.ts", "range.ts"].map((name) =>
  fromFileUrl(new URL(`../../notebook/${name}`, import.meta.url))
);

/** A page that no lab was started with for so long is removed, in milliseconds. */
const UNUSED = 7 * 24 * 3_600_000;

/** What the names of folders begin with that are being built, and how long that may take, in milliseconds. */
const PARTIAL = ".partial-";
const BUILDING = 600_000;

/** Options of {@linkcode buildPage}. */
export interface BuildOptions {
  /** Hears what is going on, a line at a time, where anything has to be done. */
  progress?: (line: string) => void;
}

/** The page could not be built. */
export class BuildError extends Error {
  override name = "BuildError";
}

/**
 * Builds the page, unless it is built already.
 *
 * @returns the folder of files to serve below /lab/
 * @throws {BuildError} if packages cannot be fetched or bundled
 */
export async function buildPage({ progress = () => {} }: BuildOptions = {}): Promise<string> {
  const folder = join(BUILT, await sourceHash());
  if (await exists(join(folder, "index.html"))) {
    await Deno.utime(folder, new Date(), new Date()).catch(() => {}); // it is used
    return folder;
  }
  const started = performance.now();
  progress(
    "Building the page, this first time only: fetching JupyterLab's packages (about a minute)…",
  );
  await deno(
    ["install", "--frozen", "--quiet"],
    "fetch the packages of the page, which takes a network once",
  );
  progress("Bundling the page…");
  const partial = join(BUILT, `${PARTIAL}${crypto.randomUUID()}`);
  try {
    await deno(["run", "-A", "bundle.ts", partial], "bundle the page");
    // Another process may have been faster.
    if (!await exists(folder)) await Deno.rename(partial, folder);
  } finally {
    await Deno.remove(partial, { recursive: true }).catch(() => {});
  }
  await removeUnused();
  progress(`The page is built, in ${((performance.now() - started) / 1000).toFixed(0)} s.`);
  return folder;
}

/** A name for this state of the source. */
async function sourceHash(): Promise<string> {
  const paths = [...SHARED, ...await filesIn(SOURCE)];
  const digests: string[] = [];
  for (const path of paths.toSorted()) {
    const digest = await crypto.subtle.digest("SHA-256", await Deno.readFile(path));
    digests.push(`${relative(SOURCE, path)} ${encodeHex(digest)}`);
  }
  const all = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(digests.join("\n")));
  return encodeHex(all).slice(0, 16);
}

/** The files below a folder, packages left out. */
async function filesIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (name === "node_modules") continue;
    const path = join(folder, name);
    if (isDirectory) found.push(...await filesIn(path));
    else found.push(path);
  }
  return found;
}

/** Runs Deno in the folder of the source, which has packages and a lock of its own. */
async function deno(args: string[], purpose: string): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: SOURCE,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (success) return;
  const [said] = new TextDecoder().decode(stderr).replace(/^error: /, "").split("\n", 1);
  throw new BuildError(`Could not ${purpose}: ${said}`);
}

/** Removes what nobody has started a lab with for long, and what interrupted builds left. */
async function removeUnused(): Promise<void> {
  for await (const { name } of Deno.readDir(BUILT)) {
    const path = join(BUILT, name);
    const { mtime } = await Deno.stat(path);
    // Others may be served by labs that run, or be about to be built.
    const kept = name.startsWith(PARTIAL) ? BUILDING : UNUSED;
    if (Date.now() - (mtime?.getTime() ?? 0) < kept) continue;
    await Deno.remove(path, { recursive: true }).catch(() => {});
  }
}

function exists(path: string): Promise<boolean> {
  return Deno.stat(path).then(() => true, () => false);
}

if (import.meta.main) {
  console.log(await buildPage({ progress: console.log }));
}
