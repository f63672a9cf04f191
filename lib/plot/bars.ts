// Numbers as bars, and how often each token of a text occurs.
import { ConfigError } from "../errors.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { Figure } from "./figure.ts";
import { type FigureOptions, frame, heading } from "./figure_options.ts";
import { formatNumber, roundForFigure } from "./numbers.ts";
import { colour, FIGURE_SIZE } from "./theme.ts";
import { tokenLabel } from "./token_label.ts";
import type { Axis, BarTrace } from "./traces.ts";

/** Options of {@linkcode barChart}. */
export interface BarChartOptions extends FigureOptions {
  /** What the bars are. */
  labelTitle?: string;
  /** What their lengths measure. */
  valueTitle?: string;
  /** Whether the bars lie, first at the top, which leaves room for long labels. Default false. */
  lying?: boolean;
  /** Whether lengths are on a log axis. */
  logValues?: boolean;
  /** What is written at the end of a bar; nothing by default. */
  formatValue?: (value: number) => string;
}

/**
 * Shows one bar a value.
 *
 * @param labels a name a bar; equal names stay apart
 * @throws {ConfigError} if there are not as many labels as values
 *
 * @example
 * ```ts
 * barChart(["characters", "bytes", "tokens"], [970, 1010, 402], { lying: true });
 * ```
 */
export function barChart(
  labels: readonly string[],
  values: ArrayLike<number>,
  options: BarChartOptions = {},
): Figure {
  if (labels.length !== values.length) {
    throw new ConfigError(
      `There are ${labels.length} labels for ${values.length} values: give one label a value.`,
    );
  }
  const { lying = false, formatValue, logValues } = options;
  const lengths = Array.from(values, roundForFigure);
  const places = labels.map((_, i) => i);
  const trace: BarTrace = {
    type: "bar",
    orientation: lying ? "h" : "v",
    x: lying ? lengths : places,
    y: lying ? places : lengths,
    marker: { color: colour(0) },
    hovertext: labels.map((label, i) => `${label}: ${(formatValue ?? formatNumber)(values[i])}`),
    hoverinfo: "text",
    text: formatValue && Array.from(values, (value) => formatValue(value)),
    textposition: formatValue && "outside",
    cliponaxis: formatValue && false,
    showlegend: false,
  };
  const names: Axis = {
    title: heading(options.labelTitle),
    tickvals: places,
    ticktext: labels,
    autorange: lying ? "reversed" : undefined,
    showgrid: false,
  };
  const lengthsAxis: Axis = {
    title: heading(options.valueTitle),
    type: logValues ? "log" : undefined,
  };
  const height = lying ? 90 + 24 * labels.length : FIGURE_SIZE.height;
  return new Figure([trace], {
    ...frame({ height, ...options }),
    hovermode: "closest",
    xaxis: lying ? lengthsAxis : names,
    yaxis: lying ? names : lengthsAxis,
  });
}

/** Options of {@linkcode tokenFrequencies}. */
export interface TokenFrequenciesOptions extends FigureOptions {
  /** How many of the most frequent tokens are shown. Default 30. */
  top?: number;
  /** Whether counts are on a log axis. */
  logCounts?: boolean;
}

/**
 * Shows the most frequent tokens of a text as bars.
 *
 * @param tokens a text's tokens, such as `data.train`
 * @throws {ConfigError} if `top` is below 1 or not whole
 *
 * @example
 * ```ts
 * tokenFrequencies(data.train, tokenizer, { top: 40 });
 * ```
 */
export function tokenFrequencies(
  tokens: ArrayLike<number>,
  tokenizer: Pick<Tokenizer, "vocabularySize" | "tokenBytes">,
  { top = 30, logCounts, ...options }: TokenFrequenciesOptions = {},
): Figure {
  if (!(Number.isInteger(top) && top >= 1)) {
    throw new ConfigError(`top is ${top}: give the number of tokens to show, at least 1.`);
  }
  const counts = new Float64Array(tokenizer.vocabularySize);
  for (let i = 0; i < tokens.length; i++) counts[tokens[i]]++;
  const ids = [...counts.keys()].filter((id) => counts[id] > 0)
    .sort((a, b) => counts[b] - counts[a] || a - b).slice(0, top);
  return barChart(ids.map((id) => tokenLabel(tokenizer, id)), ids.map((id) => counts[id]), {
    title: `The ${ids.length} most frequent tokens`,
    labelTitle: "token",
    valueTitle: "occurrences",
    logValues: logCounts,
    ...options,
  });
}
