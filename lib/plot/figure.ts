// A figure that shows itself: as Plotly's JSON to front ends that draw it (VS Code, an HTML export), as
// an SVG of the same data where no script runs (JupyterLab, GitHub), as one line of text elsewhere.
import { renderSvg } from "./svg.ts";
import { headRoom } from "./svg/legend.ts";
import { summarise } from "./summary.ts";
import { FIGURE_SIZE, PLOTLY_TEMPLATE } from "./theme.ts";
import type { Layout, Trace } from "./traces.ts";

/** The name of the method by which a value shows itself in a notebook. */
export const JUPYTER_DISPLAY: unique symbol = Symbol.for("Jupyter.display");

/** What a figure gives a notebook: MIME types and their content. */
export interface FigureBundle {
  "application/vnd.plotly.v1+json": PlotlyFigure;
  "image/svg+xml": string;
  "text/plain": string;
}

/** A figure in Plotly's own format, ready for `Plotly.newPlot`. */
export interface PlotlyFigure {
  data: Trace[];
  layout: Layout & Record<string, unknown>;
  config: Record<string, unknown>;
}

/**
 * Traces and a layout in Plotly's format, with the theme all figures share.
 *
 * @example
 * ```ts
 * new Figure([{ type: "scatter", mode: "lines", x: [1, 2, 3], y: [1, 4, 9] }], { title: { text: "Squares" } });
 * ```
 */
export class Figure {
  /** What is drawn, first to last. */
  readonly data: readonly Trace[];
  /** Axes, title, size. */
  readonly layout: Layout;
  readonly #summary: string | undefined;

  /** @param options.summary what the figure shows, in one line of text; by default made from the traces */
  constructor(data: readonly Trace[], layout: Layout = {}, { summary }: { summary?: string } = {}) {
    this.data = data;
    this.layout = layout;
    this.#summary = summary;
  }

  /** What the figure shows, in one line. */
  get summary(): string {
    return this.#summary ?? summarise(this.data, this.layout);
  }

  /** A static picture: a complete SVG document without script. */
  toSvg(): string {
    return renderSvg(this.data, this.layout, { description: this.summary });
  }

  /** The figure for Plotly itself. */
  toPlotly(): PlotlyFigure {
    return {
      data: this.data.map(plainText),
      layout: {
        ...plainText(this.layout),
        height: this.layout.height ?? FIGURE_SIZE.height,
        margin: { t: headRoom(this.data, this.layout), ...this.layout.margin },
        template: PLOTLY_TEMPLATE,
        uirevision: "dials", // keeps the reader's zoom while a running figure is updated
      },
      config: { displayModeBar: "hover", displaylogo: false, responsive: true },
    };
  }

  /** Every form of the figure, for a notebook to choose from. */
  [JUPYTER_DISPLAY](): FigureBundle {
    return {
      "application/vnd.plotly.v1+json": this.toPlotly(),
      "image/svg+xml": this.toSvg(),
      "text/plain": this.summary,
    };
  }

  /** What `console.log` shows. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.summary;
  }
}

/** The fields whose text Plotly would read as HTML, as it does a token like "<b>". */
const TEXT_FIELDS = new Set(["name", "text", "hovertext", "ticktext", "x", "y"]);

/** A copy in which text is text: what would be markup to Plotly is escaped. */
function plainText<T>(value: T): T {
  if (Array.isArray(value) || typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, field]) => [
    key,
    TEXT_FIELDS.has(key) ? escapeText(field) : plainText(field),
  ]);
  return Object.fromEntries(entries);
}

function escapeText(field: unknown): unknown {
  if (Array.isArray(field)) {
    return field.some((item) => typeof item === "string") ? field.map(escapeText) : field;
  }
  if (typeof field !== "string") return field;
  return field.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
