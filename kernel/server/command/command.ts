// The lab as a command: reads the command line, starts the lab, shows it, and ends it.

import { resolve } from "@std/path";
import { isLoopback } from "../auth/hosts.ts";
import { type Lab, startLab } from "../lab.ts";
import { BuildError } from "../page/build.ts";
import { HELP, type LabArguments, readArguments, UsageError } from "./arguments.ts";
import { openBrowser } from "./browser.ts";
import { EndOfLab } from "./ending.ts";
import { prefetchPackages } from "./prefetch.ts";
import { runJupyter } from "./jupyter.ts";

/** What the command needs of the world around it. */
export interface LabCommandOptions {
  /** The folder where paths on the command line start. */
  folder: string;
  /** The folder that is served if none is named. */
  course: string;
  /** Builds the page, unless that has been done, and gives its folder. */
  buildPage: (options: { progress: (text: string) => void }) => Promise<string>;
}

/**
 * Runs the command until the lab ends.
 *
 * @returns the exit code
 */
export async function runLab(args: string[], options: LabCommandOptions): Promise<number> {
  try {
    const wanted = readArguments(args);
    if (wanted.help) {
      console.log(HELP);
      return 0;
    }
    const folder = await folderToServe(wanted, options);
    surviveErrors();
    if (wanted.jupyter) return await runJupyter(folder, wanted);
    await serve(folder, wanted, options);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof BuildError)) throw error;
    console.error(error.message);
    return 1;
  }
}

async function serve(
  folder: string,
  { ip, port, token, browser }: LabArguments,
  { buildPage }: LabCommandOptions,
): Promise<void> {
  let isFirst = true;
  const page = await buildPage({
    progress: (text) => {
      console.log(text);
      // Where the page has to be built, nothing else may be there yet, either.
      if (isFirst) prefetchPackages();
      isFirst = false;
    },
  });
  const asked = Promise.withResolvers<void>();
  const lab = await listen({
    folder,
    ip,
    port,
    token,
    pageFolder: () => Promise.resolve(page),
    onStop: asked.resolve,
  });
  const end = new EndOfLab({
    describe: () => `${kernelsOf(lab)} in ${folder}.`,
    write: (text) => Deno.stdout.writeSync(new TextEncoder().encode(text)),
  });
  void asked.promise.then(() => end.come());
  const address = `${lab.url}/lab?token=${lab.token}`;
  if (port !== 0 && lab.port !== port) console.log(`Port ${port} is in use; this is ${lab.port}.`);
  if (!isLoopback(ip)) {
    console.log("Whoever reaches this machine and knows the token can run programs on it.");
  }
  console.log(`The lab is at\n\n    ${address}\n\nCtrl-C ends it.`);
  if (browser && !await openBrowser(address)) {
    console.log("No browser could be opened; open that address in one.");
  }
  await end.reached;
  console.log("\nEnding the kernels …");
  const hurried = end.hurried.then(() => lab.close({ grace: 0 }));
  await Promise.race([lab.close(), hurried]);
}

/** A mistake of this program's own costs an answer, not every kernel with all that is in it. */
function surviveErrors(): void {
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    console.error(event.reason);
  });
  globalThis.addEventListener("error", (event) => {
    event.preventDefault();
    console.error(event.error);
  });
}

/** Starts the lab, or says why it cannot listen where it should. */
async function listen(options: Parameters<typeof startLab>[0]): Promise<Lab> {
  try {
    return await startLab(options);
  } catch (error) {
    if (error instanceof Deno.errors.AddrNotAvailable) {
      throw new UsageError(`--ip ${options.ip} is no address of this machine.`);
    }
    throw error;
  }
}

async function folderToServe(
  { folder: named }: LabArguments,
  { folder, course }: LabCommandOptions,
): Promise<string> {
  const wanted = named === undefined ? course : resolve(folder, named);
  const info = await Deno.stat(wanted).catch(() => undefined);
  if (info === undefined) throw new UsageError(`There is no folder ${wanted}.`);
  if (!info.isDirectory) throw new UsageError(`${wanted} is a file; give the folder it is in.`);
  return wanted;
}

function kernelsOf(lab: Lab): string {
  const count = lab.kernels.list().length;
  return count === 1 ? "One kernel runs" : `${count || "No"} kernels run`;
}
