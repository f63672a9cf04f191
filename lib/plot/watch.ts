// Watching a training run: a chart that moves while the run goes on, in a notebook; lines elsewhere.
import { cellSignal } from "../interrupt.ts";
import { byteSize } from "../formats/byte_size.ts";
import type { RunEstimate } from "../train/estimate.ts";
import type { TrainingPoint } from "../train/point.ts";
import type { LossChartOptions } from "./loss_chart.ts";
import type { RunState, RunView } from "./run_view.ts";
import { formatDuration } from "./numbers.ts";
import { notebookView } from "./watch_notebook.ts";
import { terminalView } from "./watch_terminal.ts";

/** Options of {@linkcode watch}; those of the chart besides. */
export interface WatchOptions extends LossChartOptions {
  /** Shows the run as stopped the moment it is aborted. Defaults to the running cell's signal. */
  signal?: AbortSignal;
}

/** A run to watch; one that can tells what it is going to take. */
export type WatchedRun<R> = AsyncIterable<TrainingPoint> & PromiseLike<R> & {
  readonly estimate?: Promise<RunEstimate>;
};

/** Least time between two updates, in milliseconds. */
const UPDATE_INTERVAL = 250;

/** An update may take this share of the time at most; dearer ones come less often. */
const UPDATE_SHARE = 0.05;

/**
 * Follows a run to its end: first what it is going to take, then a live chart of the loss with a line of figures below in a notebook, plain
 * lines of progress in a terminal. Whatever way the run ends, its last state stays shown.
 *
 * @param run a training run that has not been iterated over yet
 * @returns what the run results in
 * @throws whatever the run throws
 *
 * @example
 * ```ts
 * const result = await watch(train(model, data, { steps: 2000 }), { title: "Harbour" });
 * ```
 */
export async function watch<R>(
  run: WatchedRun<R>,
  { signal = cellSignal(), ...options }: WatchOptions = {},
): Promise<R> {
  const view: RunView = notebookView(options) ?? terminalView();
  const points: TrainingPoint[] = [];
  let stopShown: Promise<void> | undefined;
  run.estimate?.then((estimate) => console.log(describe(estimate)), () => {}); // the loop hears of errors
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
    const result = await run;
    await stopShown;
    await view.show(points, endState(points));
    return result;
  } catch (error) {
    await stopShown;
    await view.show(points, isAbort(error, signal) ? "stopped" : "failed");
    throw error;
  } finally {
    signal?.removeEventListener("abort", showStop);
  }
}

/** What a run is going to take: "About 2 min 10 s, 300 MB." */
function describe({ seconds, bytes }: RunEstimate): string {
  return `About ${formatDuration(seconds)}, ${byteSize(bytes)}.`;
}

function endState(points: readonly TrainingPoint[]): RunState {
  const last = points.at(-1);
  return last && last.step < last.steps ? "stopped" : "done";
}

function isAbort(error: unknown, signal: AbortSignal | undefined): boolean {
  return error instanceof DOMException && error.name === "AbortError" ||
    (signal?.aborted === true && error === signal.reason);
}
