// What a user is told when the cell process has ended under a cell.

import type { ErrorOutput } from "../protocol/content.ts";
import type { Ending } from "./cell_process.ts";

/** The error of a cell whose process ended. */
export function endingError(ending: Ending): ErrorOutput {
  const ename = "CellProcessEnded";
  const evalue = `${whatHappened(ending)}; ${consequence(ending)}`;
  return { ename, evalue, traceback: [`\x1b[31m${ename}\x1b[39m: ${evalue}`] };
}

function whatHappened({ code, signal, wasReady, lastWords, graceOver }: Ending): string {
  if (graceOver !== undefined) {
    return `the cell did not notice its interrupt within ${
      graceOver / 1_000
    } s, as in a native call, and was ended`;
  }
  if (!wasReady) return `the process that runs cells did not start (exit code ${code})`;
  if (/out of memory/i.test(lastWords)) return "the cell ran out of memory";
  if (signal !== null) return `the process that runs cells was ended by ${signal}`;
  return `the process that runs cells ended with exit code ${code}, as after Deno.exit(${code})`;
}

function consequence({ wasReady }: Ending): string {
  return wasReady
    ? "all variables are gone, and the next cell runs in a fresh process"
    : "what it printed says why";
}
