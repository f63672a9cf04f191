// A matrix as colours.
import { ConfigError } from "../errors.ts";
import { Figure } from "./figure.ts";
import { type FigureOptions, frame, heading } from "./figure_options.ts";
import { roundForFigure } from "./numbers.ts";
import { COLOUR_SCALE } from "./theme.ts";

/** Options of {@linkcode heatmap}. */
export interface HeatmapOptions extends FigureOptions {
  /** What the columns are. */
  columnTitle?: string;
  /** What the rows are. */
  rowTitle?: string;
  /** What the colours measure. */
  valueTitle?: string;
  /** A name a column. */
  columns?: readonly string[];
  /** A name a row. */
  rows?: readonly string[];
}

/**
 * Shows a matrix, first row at the top.
 *
 * @param values rows of equal length
 * @throws {ConfigError} if rows differ in length
 *
 * @example
 * ```ts
 * heatmap([[1, 0], [0.4, 0.6]], { rowTitle: "token", columnTitle: "attends to" });
 * ```
 */
export function heatmap(
  values: readonly ArrayLike<number>[],
  options: HeatmapOptions = {},
): Figure {
  const uneven = values.findIndex((row) => row.length !== values[0].length);
  if (uneven >= 0) {
    throw new ConfigError(
      `Row ${uneven} of the heatmap has ${values[uneven].length} values and row 0 has ` +
        `${values[0].length}: give rows of equal length.`,
    );
  }
  return new Figure([{
    type: "heatmap",
    z: values.map((row) => Array.from(row, roundForFigure)),
    colorscale: COLOUR_SCALE,
    colorbar: { title: heading(options.valueTitle), thickness: 12, outlinewidth: 0 },
  }], {
    ...frame(options),
    xaxis: { title: heading(options.columnTitle), ...names(options.columns), showgrid: false },
    yaxis: {
      title: heading(options.rowTitle),
      ...names(options.rows),
      autorange: "reversed",
      showgrid: false,
    },
  });
}

function names(labels: readonly string[] | undefined) {
  return labels ? { tickvals: labels.map((_, i) => i), ticktext: labels } : {};
}
