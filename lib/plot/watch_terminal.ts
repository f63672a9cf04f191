// A run outside a notebook: one line that is written over on a terminal, a line now and then in a log.
import type { RunView } from "./run_view.ts";
import { statusLine } from "./status_line.ts";

/** Least time between two lines in a log, in milliseconds; validation losses come at once. */
const LOG_INTERVAL = 5000;

/** A view on standard output. */
export function terminalView(): RunView {
  return Deno.stdout.isTerminal() ? overwrittenLine() : logLines();
}

function overwrittenLine(): RunView {
  const encoder = new TextEncoder();
  let ended = false;
  return {
    show(points, state) {
      const line = statusLine(points, state).slice(0, (Deno.consoleSize().columns || 80) - 1);
      const back = ended ? "\x1b[A" : ""; // a last line may be corrected by another
      ended = state !== "running";
      Deno.stdout.writeSync(encoder.encode(`${back}\r\x1b[K${line}${ended ? "\n" : ""}`));
      return Promise.resolve();
    },
  };
}

function logLines(): RunView {
  let due = 0;
  let seen = 0;
  let last = "";
  return {
    show(points, state) {
      const measured = points.slice(seen).some(({ validationLoss }) =>
        validationLoss !== undefined
      );
      seen = points.length;
      if (state === "running" && !measured && performance.now() < due) return Promise.resolve();
      due = performance.now() + LOG_INTERVAL;
      const line = statusLine(points, state);
      if (line !== last) console.log(line);
      last = line;
      return Promise.resolve();
    },
  };
}
