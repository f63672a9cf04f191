// A run of reinforcement: what it is rewarded for above, and below what it pays for that with.
import type { ReinforcementPoint } from "../tune/reinforce.ts";
import { smooth, thin } from "./curve.ts";
import { Figure } from "./figure.ts";
import { type FigureOptions, frame } from "./figure_options.ts";
import { line } from "./loss_chart.ts";
import { formatCount, formatLoss } from "./numbers.ts";
import { colour, TEXT_COLOUR } from "./theme.ts";
import type { ScatterTrace } from "./traces.ts";

/** What can be watched beside the reward. */
const BELOW = {
  kl: { title: "KL", unit: "nats from the reference" },
  length: { title: "length", unit: "tokens an answer" },
  entropy: { title: "entropy", unit: "nats a token" },
} as const;

/** Options of {@linkcode reinforcementChart}. */
export interface ReinforcementChartOptions extends FigureOptions {
  /** What the small panel shows: the distance from the reference, the length of answers, or their entropy. */
  below?: keyof typeof BELOW;
  /** Longest memory of the moving average, in steps. A fifteenth of the run by default. */
  smoothing?: number;
}

/**
 * Shows the mean reward of each step, and what else changes while it rises.
 *
 * @param points the run so far, in order
 * @example
 * ```ts
 * reinforcementChart(points, { below: "length" });
 * ```
 */
export function reinforcementChart(
  points: readonly ReinforcementPoint[],
  { below = "kl", smoothing, ...options }: ReinforcementChartOptions = {},
): Figure {
  const steps = points.at(-1)?.steps ?? 1;
  const raw = { x: points.map(({ step }) => step), y: points.map(({ reward }) => reward) };
  const average = smooth(raw, { memory: smoothing ?? steps / 15 });
  const beside = { x: raw.x, y: points.map((point) => point[below]) };
  const traces: ScatterTrace[] = [
    {
      ...line(thin(raw)),
      name: "each step",
      line: { color: colour(0), width: 1 },
      opacity: 0.3,
      showlegend: false,
      hoverinfo: "skip",
    },
    {
      ...line(thin(average)),
      name: "mean reward",
      line: { color: colour(0), width: 2 },
      hovertemplate: "reward %{y:.3f}<extra></extra>",
    },
    {
      ...line(thin(beside)),
      name: `${BELOW[below].title} (${BELOW[below].unit})`,
      line: { color: TEXT_COLOUR, width: 1.5 },
      hovertemplate: `${BELOW[below].title} %{y:.3f}<extra></extra>`,
      yaxis: "y2",
    },
  ];
  const last = points.at(-1);
  const summary = last === undefined
    ? "no step yet"
    : `step ${formatCount(last.step)} of ${formatCount(steps)} · reward ${
      formatLoss(average.y.at(-1)!)
    } · ` +
      `${BELOW[below].title} ${formatLoss(last[below])}`;
  return new Figure(traces, {
    ...frame(options),
    showlegend: true,
    hovermode: "x unified",
    xaxis: { title: { text: "step" }, range: [0, steps], showgrid: false, anchor: "y2" },
    yaxis: { title: { text: "reward" }, domain: [0.36, 1] },
    yaxis2: { title: { text: BELOW[below].title }, domain: [0, 0.26], rangemode: "tozero" },
  }, { summary: `${options.title ?? "Reward"}: ${summary}` });
}
