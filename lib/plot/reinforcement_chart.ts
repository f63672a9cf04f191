// A run of reinforcement: what it is rewarded for above, and below what it pays for that with.
import type { ReinforcementPoint } from "../tune/reinforce.ts";
import { smooth, thin } from "./curve.ts";
import { Figure } from "./figure.ts";
import { type FigureOptions, frame } from "./figure_options.ts";
import { line } from "./loss_chart.ts";
import { formatCount, formatLoss } from "./numbers.ts";
import { colour, TEXT_COLOUR } from "./theme.ts";
import type { Axis, ScatterTrace, Side } from "./traces.ts";

/** What can be watched beside the reward, with its unit. */
const BELOW = {
  kl: { title: "KL", unit: "nats from the reference" },
  length: { title: "length", unit: "tokens an answer" },
  entropy: { title: "entropy", unit: "nats a token" },
} as const;

/** The axes of the small panels, from the upper to the lower. */
const SMALL = ["y2", "y3", "y4"] as const;

/** Pixels of the main panel, of a small one, and between two. */
const HEIGHT = { main: 230, small: 62, gap: 18 };

/** Pixels of all that is not a panel: legend, axis and margins. */
const AROUND = 108;

/** Options of {@linkcode reinforcementChart}. */
export interface ReinforcementChartOptions extends FigureOptions {
  /**
   * What the small panels show, from the upper to the lower: the distance from the reference, the length of answers,
   * their entropy. By default all three.
   */
  below?: readonly (keyof typeof BELOW)[];
  /** Longest memory of the moving average, in steps. A fifteenth of the run by default. */
  smoothing?: number;
}

/**
 * Shows the mean reward of each step, and what else changes while it rises.
 *
 * @param points the run so far, in order
 * @example
 * ```ts
 * reinforcementChart(points, { below: ["kl"] });
 * ```
 */
export function reinforcementChart(
  points: readonly ReinforcementPoint[],
  { below = ["kl", "length", "entropy"], smoothing, ...options }: ReinforcementChartOptions = {},
): Figure {
  const steps = points.at(-1)?.steps ?? 1;
  const raw = { x: points.map(({ step }) => step), y: points.map(({ reward }) => reward) };
  const average = smooth(raw, { memory: smoothing ?? steps / 15 });
  const shown = [...new Set(below)];
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
    ...shown.map((what, i): ScatterTrace => ({
      ...line(thin({ x: raw.x, y: points.map((point) => point[what]) })),
      name: `${BELOW[what].title} (${BELOW[what].unit})`,
      line: { color: shown.length === 1 ? TEXT_COLOUR : colour(i + 1), width: 1.5 },
      hovertemplate: `${BELOW[what].title} %{y:.3f}<extra></extra>`,
      yaxis: SMALL[i],
    })),
  ];
  const panels = HEIGHT.main + shown.length * (HEIGHT.small + HEIGHT.gap);
  const share = (pixels: number) => pixels / panels;
  const small = shown.map((what, i): [`yaxis${2 | 3 | 4}`, Axis] => {
    const bottom = share((shown.length - 1 - i) * (HEIGHT.small + HEIGHT.gap));
    return [`yaxis${(i + 2) as 2 | 3 | 4}`, {
      title: { text: BELOW[what].title },
      domain: [bottom, bottom + share(HEIGHT.small)],
      rangemode: "tozero",
    }];
  });
  const lowest: Side = shown.length === 0 ? "y" : SMALL[shown.length - 1];
  return new Figure(traces, {
    ...frame({ height: panels + AROUND, ...options }),
    showlegend: true,
    hovermode: "x unified",
    xaxis: { title: { text: "step" }, range: [0, steps], showgrid: false, anchor: lowest },
    yaxis: { title: { text: "reward" }, domain: [1 - share(HEIGHT.main), 1] },
    ...Object.fromEntries(small),
  }, { summary: `${options.title ?? "Reward"}: ${summary(points, average.y, shown)}` });
}

function summary(
  points: readonly ReinforcementPoint[],
  average: readonly number[],
  shown: readonly (keyof typeof BELOW)[],
): string {
  const last = points.at(-1);
  if (last === undefined) return "no step yet";
  return [
    `step ${formatCount(last.step)} of ${formatCount(last.steps)}`,
    `reward ${formatLoss(average.at(-1)!)}`,
    ...shown.map((what) => `${BELOW[what].title} ${formatLoss(last[what])}`),
  ].join(" · ");
}
