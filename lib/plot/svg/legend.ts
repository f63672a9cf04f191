// The legend: a row of swatches and names above the plot, wrapped where it is too long.
import { colour, FIGURE_SIZE, FONT_SIZE } from "../theme.ts";
import type { Layout, Trace } from "../traces.ts";
import { element, fitText, textElement, textWidth } from "./text.ts";

/** One entry. */
interface Entry {
  trace: Trace;
  name: string;
  colour: string;
}

const SWATCH = 22;
const GAP = 18;

/** Height of one row of the legend, in pixels. */
export const LEGEND_ROW = 20;

/** The rows of a legend that is at most `width` pixels wide; none where the figure has no legend. */
export function legendRows(
  traces: readonly Trace[],
  layout: Layout,
  width: number,
): Entry[][] {
  const entries = traces
    .map((trace, i): Entry => ({
      trace,
      name: trace.name ?? `trace ${i}`,
      colour: traceColour(trace, i),
    }))
    .filter(({ trace }) => trace.type !== "heatmap" && trace.showlegend !== false);
  const shown = layout.showlegend ?? (traces.length > 1 || traces[0]?.showlegend === true);
  if (!shown) return [];
  const rows: Entry[][] = [];
  let used = Infinity;
  for (const entry of entries) {
    const needed = entryWidth(entry, width);
    if (used + needed > width) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)!.push(entry);
    used += needed;
  }
  return rows;
}

/** Height of the title, or of the margin where there is none, in pixels. */
export function titleRoom({ title }: Layout): number {
  return title ? 36 : 6;
}

/** Height of all that stands above the plot, in pixels. */
export function headRoom(traces: readonly Trace[], layout: Layout): number {
  const width = (layout.width ?? FIGURE_SIZE.width) - 90; // less the labels beside the plot
  return titleRoom(layout) + legendRows(traces, layout, width).length * LEGEND_ROW + 10;
}

/** Draws the rows, the first at `top`. */
export function drawLegend(
  rows: Entry[][],
  { left, top, width }: { left: number; top: number; width: number },
): string {
  const parts: string[] = [];
  for (const [r, row] of rows.entries()) {
    let x = left;
    const y = top + (r + 0.5) * LEGEND_ROW;
    for (const entry of row) {
      parts.push(swatch(entry, { x, y }));
      const name = fitText(entry.name, { width: width - SWATCH, fontSize: FONT_SIZE.text });
      parts.push(textElement(name, { x: x + SWATCH, y, dy: "0.35em" }));
      x += entryWidth(entry, width);
    }
  }
  return parts.join("");
}

/** The colour a trace is drawn in: its own, or the next of the theme. */
export function traceColour(trace: Trace, index: number): string {
  if (trace.type === "heatmap") return colour(index);
  const marker = typeof trace.marker?.color === "string" ? trace.marker.color : undefined;
  return (trace.type === "scatter" ? trace.line?.color : undefined) ?? marker ?? colour(index);
}

function entryWidth({ name }: Entry, width: number): number {
  return Math.min(width, SWATCH + textWidth(name, FONT_SIZE.text) + GAP);
}

function swatch({ trace, colour }: Entry, { x, y }: { x: number; y: number }): string {
  if (trace.type !== "scatter") {
    return element("rect", { x, y: y - 5, width: 14, height: 10, rx: 2, fill: colour });
  }
  const line = trace.mode.includes("lines")
    ? element("path", {
      d: `M${x} ${y}h16`,
      stroke: colour,
      "stroke-width": trace.line?.width ?? 2,
      "stroke-dasharray":
        { solid: undefined, dash: "5 3", dot: "2 3" }[trace.line?.dash ?? "solid"],
    })
    : "";
  const dot = trace.mode.includes("markers")
    ? element("circle", {
      cx: x + 8,
      cy: y,
      r: Math.min(4, (trace.marker?.size ?? 6) / 2),
      fill: colour,
    })
    : "";
  return element("g", { opacity: trace.opacity }, line + dot);
}
