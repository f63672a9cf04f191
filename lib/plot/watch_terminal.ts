// A run outside a notebook: one line that is written over on a terminal, a line now and then in a log.
import type { RunLooks, RunView } from "./run_view.ts";

/** Least time between two lines in a log, in milliseconds; news comes at once. */
const LOG_INTERVAL = 5000;

/** A view on standard output. */
export function terminalView<P>(looks: RunLooks<P>): RunView<P> {
  return Deno.stdout.isTerminal() ? overwrittenLine(looks) : logLines(looks);
}

function overwrittenLine<P>(looks: RunLooks<P>): RunView<P> {
  const encoder = new TextEncoder();
  let ended = false;
  return {
    show(points, state) {
      const line = looks.line(points, state).slice(0, (Deno.consoleSize().columns || 80) - 1);
      const back = ended ? "\x1b[A" : ""; // a last line may be corrected by another
      ended = state !== "running";
      Deno.stdout.writeSync(encoder.encode(`${back}\r\x1b[K${line}${ended ? "\n" : ""}`));
      return Promise.resolve();
    },
  };
}

function logLines<P>(looks: RunLooks<P>): RunView<P> {
  let due = 0;
  let seen = 0;
  let last = "";
  return {
    show(points, state) {
      const isNews = points.slice(seen).some(looks.isNews);
      seen = points.length;
      if (state === "running" && !isNews && performance.now() < due) return Promise.resolve();
      due = performance.now() + LOG_INTERVAL;
      const line = looks.line(points, state);
      if (line !== last) console.log(line);
      last = line;
      return Promise.resolve();
    },
  };
}
