// Several training runs in one picture, one colour a run: which setting learns faster, and how far.
import type { TrainingPoint } from "../train/point.ts";
import { smooth, thin } from "./curve.ts";
import { Figure } from "./figure.ts";
import { type FigureOptions, frame } from "./figure_options.ts";
import { line, withValue } from "./loss_chart.ts";
import { colour } from "./theme.ts";
import type { ScatterTrace } from "./traces.ts";

/** Options of {@linkcode compareRuns}. */
export interface CompareRunsOptions extends FigureOptions {
  /** What the runs are compared over: steps, tokens seen or seconds spent. */
  over?: "step" | "tokens" | "seconds";
  /** Longest memory of the moving average, as a share of the run. Default 1/25. */
  smoothing?: number;
  /** Whether the loss is on a log axis. */
  logLoss?: boolean;
  /** Whether the horizontal axis is a log axis. */
  logOver?: boolean;
}

const AXIS_TITLES = { step: "step", tokens: "tokens", seconds: "seconds" };

/**
 * Shows the curves of several runs. Where a run measured its validation loss, that is its line, and its
 * training loss goes along as a pale one; where it did not, the training loss is its line.
 *
 * @param runs each run's points by its name
 *
 * @example
 * ```ts
 * compareRuns({ "width 64": small.points, "width 128": large.points }, { over: "seconds" });
 * ```
 */
export function compareRuns(
  runs: Readonly<Record<string, readonly TrainingPoint[]>>,
  options: CompareRunsOptions = {},
): Figure {
  const { over = "step", smoothing = 1 / 25, logLoss, logOver } = options;
  const traces = Object.entries(runs).flatMap(([name, points], i) =>
    runTraces(name, points, { over, smoothing, color: colour(i) })
  );
  const named = traces.filter(({ showlegend }) => showlegend !== false);
  return new Figure(traces, {
    ...frame(options),
    showlegend: true,
    hovermode: "x unified",
    xaxis: {
      title: { text: AXIS_TITLES[over] },
      showgrid: false,
      type: logOver ? "log" : undefined,
    },
    yaxis: { title: { text: "loss (nats per token)" }, type: logLoss ? "log" : undefined },
  }, { summary: `${options.title ?? "Loss"}: ${named.map(({ name }) => name).join("; ")}` });
}

function runTraces(
  name: string,
  points: readonly TrainingPoint[],
  { over, smoothing, color }: {
    over: "step" | "tokens" | "seconds";
    smoothing: number;
    color: string;
  },
): ScatterTrace[] {
  const x = points.map((point) => point[over]);
  const length = (x.at(-1) ?? 0) - (x[0] ?? 0);
  const training = smooth({ x, y: points.map(({ loss }) => loss) }, { memory: length * smoothing });
  const measured = points.filter(({ validationLoss }) => validationLoss !== undefined);
  const curve = line(thin(training, { most: 300 })); // smooth already
  if (measured.length === 0) {
    return [{
      ...curve,
      name: withValue(`${name}:`, training.y.at(-1)),
      line: { color, width: 2 },
    }];
  }
  const validation = {
    x: measured.map((point) => point[over]),
    y: measured.map((point) => point.validationLoss!),
  };
  return [
    {
      ...curve,
      name: `${name}, training`,
      legendgroup: name,
      showlegend: false,
      hoverinfo: "skip",
      line: { color, width: 1.5 },
      opacity: 0.35,
    },
    {
      ...line(thin(validation)),
      mode: "lines+markers",
      name: withValue(`${name}:`, validation.y.at(-1)),
      legendgroup: name,
      line: { color, width: 2 },
      marker: { color, size: measured.length > 60 ? 4 : 6 },
      hovertemplate: "%{y:.3f}",
    },
  ];
}
