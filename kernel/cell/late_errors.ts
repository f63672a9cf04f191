// Errors that no cell waits for: a promise rejected after its cell ended, a throw in a timer. They would end
// the process and with it every variable; they are printed instead.

import { describeError } from "./errors.ts";
import { Interrupted } from "./interrupts.ts";

/** Prints late errors on standard error from here on. */
export function reportLateErrors(): void {
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    report("a promise was rejected and nothing handled it", event.reason);
  });
  addEventListener("error", (event) => {
    event.preventDefault();
    report("an error was thrown outside a cell", event.error);
  });
}

const encoder = new TextEncoder();
const { stderr } = Deno;

function report(what: string, error: unknown): void {
  // A loop in the background that an interrupt has ended: as it was meant.
  if (error instanceof Interrupted) return;
  stderr.writeSync(encoder.encode(`${what}:\n${describeError(error).traceback.join("\n")}\n`));
}
