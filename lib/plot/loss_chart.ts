// The loss of one training run over its steps: each batch as a pale line, their moving average over it,
// and the validation loss as dots.
import type { TrainingPoint } from "../train/point.ts";
import { type Curve, MOST_POINTS, smooth, thin } from "./curve.ts";
import { Figure } from "./figure.ts";
import { type FigureOptions, frame } from "./figure_options.ts";
import { formatCount, formatLoss, formatNumber, roundForFigure } from "./numbers.ts";
import { colour, TEXT_COLOUR } from "./theme.ts";
import type { Layout, ScatterTrace } from "./traces.ts";

/** Options of {@linkcode lossChart}. */
export interface LossChartOptions extends FigureOptions {
  /** Longest memory of the moving average, in steps. A twenty-fifth of the run by default. */
  smoothing?: number;
  /** Whether a small panel below shows the learning rate. */
  learningRate?: boolean;
  /** Whether the loss is on a log axis. */
  logLoss?: boolean;
  /** Whether the steps are on a log axis, which spreads the beginning. */
  logSteps?: boolean;
}

/**
 * Shows how a run learns.
 *
 * @param points the run so far, in order; long runs are thinned to about 1,000 points a line
 *
 * @example
 * ```ts
 * lossChart(result.points, { title: "Harbour tales", learningRate: true });
 * ```
 */
export function lossChart(
  points: readonly TrainingPoint[],
  options: LossChartOptions = {},
): Figure {
  const raw: Curve = { x: points.map(({ step }) => step), y: points.map(({ loss }) => loss) };
  const average = smoothedLoss(points, options.smoothing);
  const measured = validationPoints(points);
  const traces: ScatterTrace[] = [
    {
      ...line(thin(raw)),
      name: "batch",
      line: { color: colour(0), width: 1 },
      opacity: 0.3,
      showlegend: false,
      hoverinfo: "skip",
    },
    {
      ...line(thin(average, { most: MOST_POINTS / 2 })),
      name: withValue("training loss", average.y.at(-1)),
      line: { color: colour(0), width: 2 },
      hovertemplate: "training %{y:.3f}<extra></extra>",
    },
  ];
  if (measured.x.length > 0) {
    traces.push({
      ...line(thin(measured)),
      mode: "lines+markers",
      name: withValue("validation loss", measured.y.at(-1)),
      line: { color: colour(1), width: 2 },
      marker: { color: colour(1), size: measured.x.length > 60 ? 4 : 7 },
      cliponaxis: false,
      hovertemplate: "validation %{y:.3f}<extra></extra>",
    });
  }
  if (options.learningRate) traces.push(learningRate(points));
  return new Figure(traces, layout(points, options), { summary: summary(points, options.title) });
}

/** The training loss now: the moving average at the last step, NaN before the first. */
export function trainingLoss(points: readonly TrainingPoint[]): number {
  return smoothedLoss(points).y.at(-1) ?? NaN;
}

function smoothedLoss(points: readonly TrainingPoint[], memory?: number): Curve {
  const raw = { x: points.map(({ step }) => step), y: points.map(({ loss }) => loss) };
  return smooth(raw, { memory: memory ?? (points.at(-1)?.steps ?? 0) / 25 });
}

/** The validation losses of a run over its steps. */
function validationPoints(points: readonly TrainingPoint[]): Curve {
  const measured = points.filter(({ validationLoss }) => validationLoss !== undefined);
  return { x: measured.map(({ step }) => step), y: measured.map((point) => point.validationLoss!) };
}

/** A curve as a line without looks, its numbers rounded to what a figure can show. */
export function line({ x, y }: Curve): Pick<ScatterTrace, "type" | "mode" | "x" | "y"> {
  return {
    type: "scatter",
    mode: "lines",
    x: x.map((value) => Number.isInteger(value) ? value : roundForFigure(value)),
    y: y.map((value) => Number.isFinite(value) ? roundForFigure(value) : null),
  };
}

/** "training loss 1.983", or the name alone while there is no value. */
export function withValue(name: string, value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? name : `${name} ${formatLoss(value)}`;
}

function learningRate(points: readonly TrainingPoint[]): ScatterTrace {
  const rates = { x: points.map(({ step }) => step), y: points.map((point) => point.learningRate) };
  return {
    ...line(thin(rates)),
    name: "learning rate",
    line: { color: TEXT_COLOUR, width: 1.5 },
    showlegend: false,
    hovertemplate: "learning rate %{y:.2e}<extra></extra>",
    yaxis: "y2",
  };
}

function layout(points: readonly TrainingPoint[], options: LossChartOptions): Layout {
  const steps = points.at(-1)?.steps ?? 1;
  const peak = points.reduce((highest, point) => Math.max(highest, point.learningRate), 0);
  const { logLoss, logSteps } = options;
  return {
    ...frame(options),
    showlegend: true,
    hovermode: "x unified",
    xaxis: {
      title: { text: "step" },
      // The whole run from the start, so that the curve grows into the picture.
      ...(logSteps ? { type: "log" } : { range: [0, steps] }),
      showgrid: false,
      anchor: options.learningRate ? "y2" : undefined,
    },
    yaxis: {
      title: { text: "loss (nats per token)" },
      type: logLoss ? "log" : undefined,
      domain: options.learningRate ? [0.3, 1] : undefined,
    },
    yaxis2: options.learningRate
      ? {
        title: { text: "rate" },
        domain: [0, 0.2],
        rangemode: "tozero",
        tickvals: [0, peak],
        ticktext: ["0", formatNumber(peak)],
      }
      : undefined,
  };
}

function summary(points: readonly TrainingPoint[], title = "Loss"): string {
  const last = points.at(-1);
  if (!last) return `${title}: no step yet`;
  const validation = points.findLast((point) => point.validationLoss !== undefined);
  const parts = [
    `step ${formatCount(last.step)} of ${formatCount(last.steps)}`,
    `loss ${formatLoss(trainingLoss(points))}`,
    ...(validation ? [`validation ${formatLoss(validation.validationLoss!)}`] : []),
  ];
  return `${title}: ${parts.join(" · ")}`;
}
