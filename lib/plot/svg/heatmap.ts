// A matrix of colours in SVG: few colours, one path for all cells of a colour, so that it stays small.
import { formatNumber } from "../numbers.ts";
import { COLOUR_SCALE, FONT_SIZE } from "../theme.ts";
import type { Coordinate, HeatmapTrace } from "../traces.ts";
import type { PixelAxis } from "./axis.ts";
import { cellPlaces } from "./extent.ts";
import type { Panel } from "./marks.ts";
import { element, short, textElement } from "./text.ts";

/** How many colours are told apart, and how many rows and columns are drawn at most. */
const SHADES = 48;
const MOST_CELLS = 128;

/** The cells. Matrices finer than the picture are averaged. */
export function drawHeatmap(trace: HeatmapTrace, { x, y }: Panel): string {
  const rows = trace.z.length;
  const columns = trace.z[0]?.length ?? 0;
  const { low, high } = valueRange(trace);
  const columnPlaces = cellPlaces(trace, "x");
  const rowPlaces = cellPlaces(trace, "y");
  const paths = new Map<number, string[]>();
  const [rowStep, columnStep] = [rows, columns].map((n) => Math.ceil(n / MOST_CELLS));
  for (let row = 0; row < rows; row += rowStep) {
    for (let column = 0; column < columns; column += columnStep) {
      const rowEnd = Math.min(row + rowStep, rows);
      const columnEnd = Math.min(column + columnStep, columns);
      const value = mean(trace.z.slice(row, rowEnd), column, columnEnd);
      if (!Number.isFinite(value)) continue;
      const share = high > low ? (value - low) / (high - low) : 0.5;
      const shade = Math.round(Math.min(1, Math.max(0, share)) * (SHADES - 1));
      const [left, right] = [column, columnEnd].map((i) => edge(x, columnPlaces, i));
      const [top, bottom] = [row, rowEnd].map((i) => edge(y, rowPlaces, i));
      const cell = `M${short(left)} ${short(top)}H${short(right)}V${short(bottom)}H${short(left)}Z`;
      const path = paths.get(shade);
      if (path) path.push(cell);
      else paths.set(shade, [cell]);
    }
  }
  const cells = [...paths].map(([shade, path]) =>
    element("path", { d: path.join(""), fill: colourAt(trace, shade / (SHADES - 1)) })
  );
  return element("g", { "shape-rendering": "crispEdges" }, cells.join(""));
}

/** The bar beside the plot that tells which colour is which value. */
export function drawColourBar(
  trace: HeatmapTrace,
  { left, top, height }: { left: number; top: number; height: number },
): string {
  const { low, high } = valueRange(trace);
  const parts: string[] = [];
  for (let shade = 0; shade < SHADES; shade++) {
    const y = top + height * (1 - (shade + 1) / SHADES);
    // A hair taller than its share, so that no line shows between two shades.
    const size = { width: 12, height: height / SHADES + (shade > 0 ? 0.5 : 0) };
    parts.push(
      element("rect", { x: left, y, ...size, fill: colourAt(trace, shade / (SHADES - 1)) }),
    );
  }
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    const y = top + height * (1 - share);
    parts.push(
      textElement(formatNumber(low + (high - low) * share), { x: left + 18, y, dy: "0.35em" }),
    );
  }
  const title = trace.colorbar?.title?.text;
  if (title) {
    parts.push(textElement(title, { x: left, y: top - 10, "font-size": FONT_SIZE.text - 1 }));
  }
  return element("g", {}, parts.join(""));
}

/** Room that the colour bar takes on the right, in pixels. */
export const COLOUR_BAR_ROOM = 70;

function valueRange(trace: HeatmapTrace): { low: number; high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (const row of trace.z) {
    for (let i = 0; i < row.length; i++) {
      if (!Number.isFinite(row[i])) continue;
      low = Math.min(low, row[i]);
      high = Math.max(high, row[i]);
    }
  }
  if (low > high) [low, high] = [0, 1];
  return { low: trace.zmin ?? low, high: trace.zmax ?? high };
}

function mean(rows: readonly ArrayLike<number>[], from: number, to: number): number {
  let sum = 0;
  for (const row of rows) for (let i = from; i < to; i++) sum += row[i];
  return sum / (rows.length * (to - from));
}

/** The pixel where cell `index` begins; cells are one unit wide around their positions. */
function edge(axis: PixelAxis, places: readonly Coordinate[], index: number): number {
  const cell = Math.min(index, places.length - 1);
  return axis.at(places[cell]) + (index - cell - 0.5) * axis.unit;
}

function colourAt(trace: HeatmapTrace, share: number): string {
  const scale = trace.colorscale ?? COLOUR_SCALE;
  const next = Math.max(1, scale.findIndex(([place]) => place >= share));
  const [[from, a], [to, b]] = [scale[next - 1], scale[next]];
  const weight = (share - from) / (to - from);
  const channels = [1, 3, 5].map((at) => {
    const [start, end] = [a, b].map((hex) => parseInt(hex.slice(at, at + 2), 16));
    return Math.round(start + (end - start) * weight).toString(16).padStart(2, "0");
  });
  return `#${channels.join("")}`;
}
