// Any curves over one axis.
import { ConfigError } from "../errors.ts";
import { thin } from "./curve.ts";
import { Figure } from "./figure.ts";
import { type FigureOptions, frame, heading } from "./figure_options.ts";
import { line } from "./loss_chart.ts";
import { formatNumber } from "./numbers.ts";
import { colour } from "./theme.ts";

/** One curve: y over x, equally long. */
export interface LineData {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
}

/** Options of {@linkcode lineChart}. */
export interface LineChartOptions extends FigureOptions {
  /** What the horizontal axis counts. */
  xTitle?: string;
  /** What the vertical axis measures. */
  yTitle?: string;
  /** Whether the horizontal axis is a log axis. */
  logX?: boolean;
  /** Whether the vertical axis is a log axis. */
  logY?: boolean;
  /** Whether each point also has a dot. By default where no line has more than 40 points. */
  markers?: boolean;
}

/**
 * Shows curves by name.
 *
 * @throws {ConfigError} if a line has not as many x as y
 *
 * @example
 * ```ts
 * lineChart({ "bytes per token": { x: [256, 512, 1024], y: [1, 1.7, 2.2] } }, { xTitle: "vocabulary", logX: true });
 * ```
 */
export function lineChart(
  lines: Readonly<Record<string, LineData>>,
  options: LineChartOptions = {},
): Figure {
  const { xTitle, yTitle, logX, logY } = options;
  const entries = Object.entries(lines);
  const markers = options.markers ?? entries.every(([, { x }]) => x.length <= 40);
  const traces = entries.map(([name, { x, y }], i) => {
    if (x.length !== y.length) {
      throw new ConfigError(
        `The line "${name}" has ${x.length} x and ${y.length} y values: give as many of one as of the other.`,
      );
    }
    return {
      ...line(thin({ x: Array.from(x), y: Array.from(y) })),
      mode: markers ? "lines+markers" as const : "lines" as const,
      name,
      line: { color: colour(i), width: 2 },
      ...(markers ? { marker: { color: colour(i), size: 6 } } : {}),
    };
  });
  return new Figure(traces, {
    ...frame(options),
    showlegend: traces.length > 1,
    hovermode: "x unified",
    xaxis: {
      title: heading(xTitle),
      type: logX ? "log" : undefined,
      showgrid: false,
      ...(logX ? logTicks(entries.flatMap(([, { x }]) => Array.from(x))) : {}),
    },
    yaxis: { title: heading(yTitle), type: logY ? "log" : undefined },
  });
}

/** 1, 2 and 5 times powers of ten, in full: Plotly would write 500 as a lone 5. Over many decades its own will do. */
function logTicks(values: readonly number[]): { tickvals?: number[]; ticktext?: string[] } {
  const positive = values.filter((value) => value > 0 && value < Infinity);
  const low = positive.reduce((least, value) => Math.min(least, value), Infinity);
  const high = positive.reduce((most, value) => Math.max(most, value), 0);
  if (!(high > low && high < 1e4 * low)) return {};
  const tickvals: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    for (const factor of [1, 2, 5]) tickvals.push(factor * 10 ** power);
  }
  return { tickvals, ticktext: tickvals.map((value) => formatNumber(value)) };
}
