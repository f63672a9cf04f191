// Watching a run: a chart that moves while it goes on, in a notebook; lines elsewhere.
import { cellSignal } from "../interrupt.ts";
import { byteSize } from "../formats/byte_size.ts";
import type { RunEstimate } from "../train/estimate.ts";
import type { TrainingPoint } from "../train/point.ts";
import type { ReinforcementPoint } from "../tune/reinforce.ts";
import { follow } from "./follow.ts";
import { lossChart, type LossChartOptions } from "./loss_chart.ts";
import { formatDuration } from "./numbers.ts";
import { reinforcementChart, type ReinforcementChartOptions } from "./reinforcement_chart.ts";
import { reinforcementLine, statusLine } from "./status_line.ts";

/** Options of {@linkcode watch}; those of the chart besides. */
export interface WatchOptions extends LossChartOptions {
  /** Shows the run as stopped the moment it is aborted. Defaults to the running cell's signal. */
  signal?: AbortSignal;
}

/** A run to watch; one that can tells what it is going to take. */
export type WatchedRun<R> = AsyncIterable<TrainingPoint> & PromiseLike<R> & {
  readonly estimate?: Promise<RunEstimate>;
};

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
export function watch<R>(
  run: WatchedRun<R>,
  { signal = cellSignal(), ...options }: WatchOptions = {},
): Promise<R> {
  run.estimate?.then((estimate) => console.log(describe(estimate)), () => {}); // the loop hears of errors
  return follow(run, {
    looks: {
      chart: (points) => lossChart(points, options),
      line: statusLine,
      isNews: ({ validationLoss }) => validationLoss !== undefined,
    },
    signal,
    result: () => run,
  });
}

/** Options of {@linkcode watchReinforcement}; those of the chart besides. */
export interface WatchReinforcementOptions extends ReinforcementChartOptions {
  /** Shows the run as stopped the moment it is aborted. Defaults to the running cell's signal. */
  signal?: AbortSignal;
}

/**
 * Follows a run of reinforcement to its end, as {@linkcode watch} follows a training run: reward, distance, length and
 * entropy in a live chart.
 *
 * @returns the run's points
 * @throws whatever the run throws
 *
 * @example
 * ```ts
 * const points = await watchReinforcement(reinforce(model, tokenizer, questions, { steps: 50 }));
 * ```
 */
export function watchReinforcement(
  run: AsyncIterable<ReinforcementPoint>,
  { signal = cellSignal(), ...options }: WatchReinforcementOptions = {},
): Promise<readonly ReinforcementPoint[]> {
  return follow(run, {
    looks: {
      chart: (points) => reinforcementChart(points, options),
      line: reinforcementLine,
      isNews: () => false,
    },
    signal,
    result: (points) => points,
  });
}

/** What a run is going to take: "About 2 min 10 s, 300 MB." */
function describe({ seconds, bytes }: RunEstimate): string {
  return `About ${formatDuration(seconds)}, ${byteSize(bytes)}.`;
}
