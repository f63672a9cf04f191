// The lab's command line.

import { parseArgs } from "@std/cli/parse-args";

/** What the command line asks for. */
export interface LabArguments {
  /** The folder to serve, as typed; undefined for the project's own. */
  folder?: string;
  port: number;
  ip: string;
  token?: string;
  browser: boolean;
  jupyter: boolean;
  /** What stands after `--`: options of JupyterLab's own. */
  others: string[];
  help: boolean;
}

/** A command line that asks for what does not exist; the message says so in one sentence. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** What `--help` prints. */
export const HELP = `Opens the course, or another folder of notebooks, in a browser.

  deno task lab [FOLDER] [--port N] [--ip ADDRESS] [--token TEXT] [--no-browser]
                [--jupyter [-- OPTION…]]

  FOLDER         serve the files in this folder (default: the project's, with the course)
  --port N       listen at this port, or the next free one (default: 8888)
  --ip ADDRESS   listen at this address (default: 127.0.0.1, this machine alone); 0.0.0.0 lets in
                 whoever reaches this machine and knows the token
  --token TEXT   what lets in whoever knows it (default: a new one each time)
  --no-browser   only print the address
  --jupyter      start JupyterLab, where it is installed, with this kernel in it; options of
                 JupyterLab's own stand after --
  --help         show this

Ctrl-C asks, and then ends the lab and its kernels; pressed twice, it does not ask.
`;

const OPTIONS = "--port, --ip, --token, --no-browser, --jupyter and --help";

/**
 * Reads the command line.
 *
 * @throws {UsageError} if it asks for what does not exist
 */
export function readArguments(args: string[]): LabArguments {
  const unknown: string[] = [];
  const parsed = parseArgs(args, {
    string: ["port", "ip", "token", "_"],
    boolean: ["browser", "jupyter", "help"],
    default: { browser: true },
    negatable: ["browser"],
    "--": true,
    alias: { help: "h" },
    unknown: (argument: string) => {
      if (argument.startsWith("-")) unknown.push(argument);
    },
  });
  if (unknown.length > 0) {
    throw new UsageError(`There is no option ${unknown[0]}; the options are ${OPTIONS}.`);
  }
  const [folder, second] = parsed._.map(String);
  if (second !== undefined) throw new UsageError(`One folder is served, not also ${second}.`);
  const others = parsed["--"];
  if (others.length > 0 && !parsed.jupyter) {
    throw new UsageError(
      `${others[0]} stands after --, where options of JupyterLab's are; add --jupyter.`,
    );
  }
  return {
    folder,
    port: portOf(parsed.port ?? "8888"),
    ip: expectText("ip", parsed.ip ?? "127.0.0.1"),
    token: parsed.token === undefined ? undefined : tokenOf(parsed.token),
    browser: parsed.browser,
    jupyter: parsed.jupyter,
    others,
    help: parsed.help,
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (text === "" || !Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(`--port ${text} is no port; give a number from 0 (any) to 65535.`);
  }
  return port;
}

function tokenOf(text: string): string {
  if (!/^[\w.~-]{8,}$/.test(text)) {
    throw new UsageError("--token needs 8 or more letters, digits or any of - . _ ~.");
  }
  return text;
}

function expectText(name: string, text: string): string {
  if (text === "") throw new UsageError(`--${name} needs a value.`);
  return text;
}
