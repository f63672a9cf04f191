// The runner's command line.

import { parseArgs } from "@std/cli/parse-args";
import { NotebookError } from "../notebook/format.ts";

/** What the command line asks for. */
export interface RunnerArguments {
  /** The notebooks to run, as typed. */
  notebooks: string[];
  /** Parameters to set, by name. */
  parameters: Map<string, string>;
  /** The folder that what was run is written to, as typed. */
  out: string;
  /** Whether a page (HTML) is written of each notebook too. */
  html: boolean;
  help: boolean;
}

/** What `--help` prints. */
export const HELP =
  `Runs notebooks without a front end and keeps what they put out, in files of their own.

  deno task run NOTEBOOK… [--set name=value]… [--out DIR] [--html]

  --set name=value  give a parameter another value; parameters are what the cell tagged
                    "parameters" declares, such as \`const steps = 2000;\`. A value that names an
                    existing file or folder reaches a string parameter as its absolute path.
  --out DIR         write there (default: out, in the current folder); the notebooks themselves
                    stay as they are, unless DIR is their own folder
  --html            write a page of each notebook too, one HTML file that needs nothing else
  --help            show this

A notebook runs in its own folder. The first cell that fails ends the run with exit code 1, and Ctrl-C
interrupts the running cell and ends it with 130; what ran until then is written either way.
`;

/**
 * Reads the command line.
 *
 * @throws {NotebookError} if it asks for something that does not exist, or for nothing
 */
export function readArguments(args: string[]): RunnerArguments {
  const unknown: string[] = [];
  const parsed: {
    _: (string | number)[];
    set: string[];
    out?: string;
    html: boolean;
    help: boolean;
  } = parseArgs(args, {
    string: ["set", "out", "_"],
    boolean: ["html", "help"],
    collect: ["set"],
    alias: { help: "h" },
    unknown: (argument: string) => {
      if (argument.startsWith("-")) unknown.push(argument);
    },
  });
  if (unknown.length > 0) {
    throw new NotebookError(
      `There is no option ${unknown[0]}; the options are --set, --out, --html and --help.`,
    );
  }
  const notebooks = parsed._.map(String);
  if (notebooks.length === 0 && !parsed.help) {
    throw new NotebookError(
      "No notebook was given; name one or more, as in `deno task run notebooks/01_tokenization.ipynb`.",
    );
  }
  if (parsed.out === "") throw new NotebookError("--out needs a folder, as in `--out results`.");
  return {
    notebooks,
    parameters: new Map(parsed.set.map(readAssignment)),
    out: parsed.out ?? "out",
    html: parsed.html,
    help: parsed.help,
  };
}

function readAssignment(assignment: string): [name: string, value: string] {
  const [, name, value] = /^([\p{L}_$][\p{L}\p{N}_$]*)=(.*)$/su.exec(assignment) ?? [];
  if (name === undefined) {
    throw new NotebookError(
      `--set ${assignment} sets nothing; write a name and a value, as in \`--set steps=200\`.`,
    );
  }
  return [name, value];
}
