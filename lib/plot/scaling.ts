// A scaling law over the runs that it was fitted to: a straight line where it holds, with what it foretells beyond.

import type { ScalingLaw, ScalingPoint } from "../evaluate/scaling_law.ts";
import { Figure } from "./figure.ts";
import { type FigureOptions, frame, heading } from "./figure_options.ts";
import { formatLoss, formatNumber } from "./numbers.ts";
import { colour, TEXT_COLOUR } from "./theme.ts";
import type { Axis, ScatterTrace } from "./traces.ts";

/** Options of {@linkcode scalingChart}. */
export interface ScalingChartOptions extends FigureOptions {
  /** Runs that the law was not fitted to, such as a larger one that checks it. */
  checks?: readonly ScalingPoint[];
  /** What the sizes are. Default "size". */
  sizeTitle?: string;
  /** Unit of the losses. Default "nats per token". */
  unit?: string;
}

/** Points of the law's line. */
const POINTS = 60;
/** How far the law is drawn beyond the last run, as a factor. */
const BEYOND = 1.5;
/** Losses that may stand at the axis; those between the runs' do. */
const LOSS_TICKS = [0.2, 0.5, 1, 1.2, 1.4, 1.6, 1.8, 2, 2.2, 2.5, 3, 4, 5, 7, 10];

/**
 * Shows losses over sizes, both on log axes, with the fitted law.
 *
 * @param points the runs that the law was fitted to
 * @example
 * ```ts
 * const law = fitScalingLaw(points);
 * scalingChart(points, law, { checks: [{ size: 4e12, loss: 1.41 }], sizeTitle: "operations" });
 * ```
 */
export function scalingChart(
  points: readonly ScalingPoint[],
  law: ScalingLaw,
  options: ScalingChartOptions = {},
): Figure {
  const { checks = [], sizeTitle = "size", unit = "nats per token" } = options;
  const all = [...points, ...checks];
  const sizes = all.map(({ size }) => size);
  const [least, most] = [Math.min(...sizes), BEYOND * Math.max(...sizes)];
  const line = Array.from(
    { length: POINTS },
    (_, i) => least * (most / least) ** (i / (POINTS - 1)),
  );
  const traces: ScatterTrace[] = [
    {
      type: "scatter",
      mode: "lines",
      x: line,
      y: line.map((size) => law.predict(size)),
      name: describe(law),
      line: { color: TEXT_COLOUR, width: 1.5, dash: "dash" },
      hovertemplate: "the law: %{y:.3f}<extra></extra>",
    },
    dots(points, { name: "runs it was fitted to", color: colour(0) }),
    ...(checks.length === 0
      ? []
      : [dots(checks, { name: "runs it had not seen", color: colour(1) })]),
  ];
  return new Figure(traces, {
    ...frame(options),
    showlegend: true,
    hovermode: "closest",
    xaxis: { title: heading(sizeTitle), type: "log", showgrid: false },
    yaxis: { title: heading(`loss (${unit})`), type: "log", ...lossTicks(all, law.predict(most)) },
  });
}

function dots(
  points: readonly ScalingPoint[],
  { name, color }: { name: string; color: string },
): ScatterTrace {
  return {
    type: "scatter",
    mode: "markers",
    x: points.map(({ size }) => size),
    y: points.map(({ loss }) => loss),
    name,
    marker: { color, size: 9 },
    hovertemplate: "%{y:.3f}<extra></extra>",
  };
}

/** "1.21 + 94.2 · size^−0.21", without the floor where it is 0. */
function describe({ floor, factor, exponent }: ScalingLaw): string {
  const power = `${formatNumber(factor)} · size^${formatNumber(-exponent)}`;
  return floor === 0 ? power : `${formatLoss(floor)} + ${power}`;
}

function lossTicks(
  points: readonly ScalingPoint[],
  lowest: number,
): Pick<Axis, "tickvals" | "ticktext"> {
  const losses = [...points.map(({ loss }) => loss), lowest];
  const [low, high] = [0.9 * Math.min(...losses), 1.1 * Math.max(...losses)];
  const tickvals = LOSS_TICKS.filter((value) => value >= low && value <= high);
  if (tickvals.length < 2) return {};
  return { tickvals, ticktext: tickvals.map((value) => formatNumber(value)) };
}
