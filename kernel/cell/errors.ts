// An error as Jupyter shows it: a name, a message, and lines with the frames and the causes. Whatever was
// thrown, however hostile, is told somehow.

import type { ErrorOutput } from "../protocol/content.ts";
import { awaitFrames } from "./await_places.ts";
import { inspectValue } from "./inspect_value.ts";

const RED = "\x1b[31m";
const DEFAULT_COLOUR = "\x1b[39m";

/** How many causes below one another are shown. */
const MAX_CAUSES = 8;

/** What to show for something that a cell threw. */
export function describeError(thrown: unknown): ErrorOutput {
  try {
    if (!(thrown instanceof Error)) return describeOther(thrown);
    return {
      ename: String(thrown.name),
      evalue: String(thrown.message),
      traceback: tracebackOf(thrown, 0),
    };
  } catch {
    const evalue = "an error that cannot be shown: reading it throws";
    return { ename: "Error", evalue, traceback: [`${RED}Error${DEFAULT_COLOUR}: ${evalue}`] };
  }
}

/** JavaScript can throw anything. */
function describeOther(thrown: unknown): ErrorOutput {
  const evalue = typeof thrown === "string" ? thrown : inspectValue(thrown);
  return { ename: "Thrown", evalue, traceback: [`${RED}Thrown${DEFAULT_COLOUR}: ${evalue}`] };
}

function tracebackOf(error: Error, depth: number): string[] {
  const { name, message, cause } = error;
  const text = message === "" ? "" : `: ${message}`;
  const lines = [`${RED}${name}${DEFAULT_COLOUR}${text}`, ...permissionAdvice(error)];
  lines.push(...framesOf(error));
  if (error instanceof AggregateError && depth < MAX_CAUSES) {
    for (const inner of error.errors.slice(0, MAX_CAUSES)) lines.push(...below(inner, depth));
  }
  if (cause !== undefined && depth < MAX_CAUSES) {
    lines.push("Caused by:", ...below(cause, depth));
  }
  return lines.flatMap((line) => line.split("\n"));
}

/** How to allow what the sandbox has refused. */
function permissionAdvice(error: Error): string[] {
  if (!(error instanceof Deno.errors.NotCapable)) return [];
  const [, kind, , what] = /Requires (\w+) access( to "(.+?)")?/.exec(error.message) ?? [];
  const flag = kind === undefined ? "--allow-…" : `--allow-${kind}${what ? `=${what}` : ""}`;
  return [
    "This notebook runs in a sandbox. To allow it, install that anew and restart the kernel:",
    `  deno task kernel:install --sandbox ${flag}`,
  ];
}

function below(inner: unknown, depth: number): string[] {
  const lines = inner instanceof Error ? tracebackOf(inner, depth + 1) : [inspectValue(inner)];
  return lines.map((line) => `  ${line}`);
}

/** The frames in an error's stack, without its head, and those of the awaits that it passed. */
function framesOf(error: Error): string[] {
  if (typeof error.stack !== "string") return [];
  const frames = error.stack.split("\n").filter((line) => /^\s+at /.test(line));
  return [...frames, ...awaitFrames(error, frames)];
}
