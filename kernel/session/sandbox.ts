// The permissions of cells. Without a sandbox they may do what their user may; in one they read the notebook's
// folder and the library, and whatever else the user has allowed with Deno's own flags.
// https://docs.deno.com/runtime/fundamentals/security/

import { fromFileUrl } from "@std/path";

/** What of this checkout a sandboxed notebook needs: the library, and the code that runs cells. */
const NEEDED = ["lib", "kernel", "data", "deno.json"].map((name) =>
  fromFileUrl(new URL(`../../${name}`, import.meta.url))
);

/** A flag that allows something, such as `--allow-net=example.com`. */
const ALLOWING = /^--allow-(read|write|net|env|sys|run|ffi|import)(=.+)?$/;

/** The command line of a kernel process, read. */
export interface KernelArguments {
  connectionFile: string;
  /** Deno's flags for what cells may do beside reading their folder; undefined without a sandbox. */
  allowed?: string[];
}

/**
 * Reads `[--sandbox [--allow-…]…] CONNECTION_FILE`.
 *
 * @throws {Error} if that is not what the arguments are
 */
export function parseKernelArguments(given: readonly string[]): KernelArguments {
  const flags = given.filter((argument) => argument.startsWith("--"));
  const [connectionFile, ...others] = given.filter((argument) => !argument.startsWith("--"));
  if (connectionFile === undefined || others.length > 0) {
    throw new Error(
      "no connection file was given; use: deno run -A kernel/main.ts CONNECTION_FILE",
    );
  }
  if (flags.length === 0) return { connectionFile };
  const allowed = flags.filter((flag) => flag !== "--sandbox");
  const wrong = allowed.find((flag) => !ALLOWING.test(flag));
  if (wrong !== undefined || allowed.length === flags.length) {
    throw new Error(
      `the kernel was given ${
        wrong ?? flags.join(" ")
      }; it takes --sandbox, and with it Deno's own --allow-… flags`,
    );
  }
  return { connectionFile, allowed };
}

/** The flags for a cell process in `folder`; `allowed` as the kernel was given it. */
export function permissionFlags(folder: string, allowed: string[] | undefined): string[] {
  if (allowed === undefined) return ["-A"];
  const reading = [folder, ...NEEDED].map((path) => path.replaceAll(",", ",,")).join(",");
  const more = allowed.filter((flag) => flag.startsWith("--allow-read="))
    .map((flag) => flag.slice("--allow-read=".length));
  const isImportAllowed = allowed.some((flag) => flag.startsWith("--allow-import"));
  return [
    "--no-prompt",
    // The inspector that evaluates cells needs it; it is given up before the first cell.
    "--allow-sys",
    ...(isImportAllowed ? [] : ["--no-remote"]),
    allowed.includes("--allow-read") ? "--allow-read" : `--allow-read=${[reading, ...more].join()}`,
    ...allowed.filter((flag) => !/^--allow-(read|sys)\b/.test(flag)),
  ];
}

/** Whether cells may ask the system about itself. */
export function mayAskSystem(allowed: string[] | undefined): boolean {
  return allowed === undefined || allowed.some((flag) => flag.startsWith("--allow-sys"));
}
