// Following a run to its end: its view is brought up to date now and then, and has the last word whatever happens.
import type { Progress, RunLooks, RunState, RunView } from "./run_view.ts";
import { notebookView } from "./watch_notebook.ts";
import { terminalView } from "./watch_terminal.ts";

/** What {@linkcode follow} is told of a run. */
export interface FollowOptions<P, R> {
  readonly looks: RunLooks<P>;
  /** Shows the run as stopped the moment it is aborted. */
  readonly signal: AbortSignal | undefined;
  /** What the run results in, once it has given all its points. */
  result(points: readonly P[]): PromiseLike<R> | R;
}

/** Least time between two updates, in milliseconds. */
const UPDATE_INTERVAL = 250;

/** An update may take this share of the time at most; dearer ones come less often. */
const UPDATE_SHARE = 0.05;

/**
 * Reads a run to its end and keeps showing it: in the running cell's output, or as lines in a terminal.
 *
 * @returns what the run results in
 * @throws whatever the run throws
 */
export async function follow<P extends Progress, R>(
  run: AsyncIterable<P>,
  { looks, signal, result }: FollowOptions<P, R>,
): Promise<R> {
  const view: RunView<P> = notebookView(looks) ?? terminalView(looks);
  const points: P[] = [];
  let stopShown: Promise<void> | undefined;
  const showStop = () => stopShown = view.show(points, "stopped");
  signal?.addEventListener("abort", showStop, { once: true });
  try {
    let due = 0;
    for await (const point of run) {
      points.push(point);
      const begun = performance.now();
      if (begun < due || signal?.aborted) continue;
      await view.show(points, "running");
      const taken = performance.now() - begun;
      due = begun + taken + Math.max(UPDATE_INTERVAL, taken / UPDATE_SHARE);
    }
    const ended = await result(points);
    await stopShown;
    await view.show(points, endState(points));
    return ended;
  } catch (error) {
    await stopShown;
    await view.show(points, isAbort(error, signal) ? "stopped" : "failed");
    throw error;
  } finally {
    signal?.removeEventListener("abort", showStop);
  }
}

function endState(points: readonly Progress[]): RunState {
  const last = points.at(-1);
  return last && last.step < last.steps ? "stopped" : "done";
}

function isAbort(error: unknown, signal: AbortSignal | undefined): boolean {
  return error instanceof DOMException && error.name === "AbortError" ||
    (signal?.aborted === true && error === signal.reason);
}
