// The frame of a plot: grid lines, tick labels and axis titles.
import { AXIS_COLOUR, FONT_SIZE, GRID_COLOUR } from "../theme.ts";
import type { Axis } from "../traces.ts";
import type { PixelAxis, Tick } from "./axis.ts";
import { element, fitText, textElement, textWidth } from "./text.ts";

/** The pixels a plot is drawn on, without the room for its axes' labels. */
export interface Area {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Longest label beside or below an axis, in pixels. */
const LONGEST_LABEL = 160;

/** Width of the widest tick label, in pixels. */
export function labelWidth({ ticks }: PixelAxis): number {
  const widths = ticks.map(({ label }) => textWidth(label, FONT_SIZE.text));
  return Math.min(LONGEST_LABEL, Math.max(8, ...widths));
}

/** Whether the labels of a horizontal axis stand too close to be written side by side. */
export function turnsLabels(axis: PixelAxis): boolean {
  const positions = axis.ticks.map(({ position }) => position).toSorted((a, b) => a - b);
  const gaps = positions.slice(1).map((position, i) => position - positions[i]);
  return axis.named && labelWidth(axis) + 6 > Math.min(...gaps);
}

/** The axis left of a panel: its grid, labels and title. */
export function drawSideAxis(
  axis: Axis,
  pixels: PixelAxis,
  { left, right, top, bottom }: Area,
): string {
  const grid = axis.showgrid === false || pixels.named
    ? ""
    : pixels.ticks.map(({ position: y }) => `M${left} ${round(y)}H${right}`).join("");
  const labels = readable(pixels.ticks, 13).map(({ position, label }) =>
    textElement(fitText(label, { width: LONGEST_LABEL, fontSize: FONT_SIZE.text }), {
      x: left - 8,
      y: position,
      dy: "0.35em",
    })
  );
  const title = axis.title
    ? textElement(axis.title.text, {
      "text-anchor": "middle",
      transform: `translate(${round(left - labelWidth(pixels) - 19)} ${
        round((top + bottom) / 2)
      }) rotate(-90)`,
    })
    : "";
  return gridLines(grid) + element("g", { "text-anchor": "end" }, labels.join("")) + title;
}

/** The axis below the plot: its line, labels, title and, where asked for, its grid. */
export function drawBottomAxis(
  axis: Axis,
  pixels: PixelAxis,
  { area: { left, right, top, bottom }, grid }: { area: Area; grid: boolean },
): string {
  const turned = turnsLabels(pixels);
  const lines = grid && !pixels.named
    ? pixels.ticks.map(({ position: x }) => `M${round(x)} ${top}V${bottom}`).join("")
    : "";
  const labels = readable(pixels.ticks, turned ? 13 : 0).map(({ position: x, label }) =>
    turned
      ? textElement(fitText(label, { width: 100, fontSize: FONT_SIZE.text }), {
        "text-anchor": "end",
        dy: "0.35em",
        transform: `translate(${round(x)} ${round(bottom + 10)}) rotate(-90)`,
      })
      : textElement(label, { "text-anchor": "middle", x, y: bottom + 18 })
  );
  const room = turned ? Math.min(100, labelWidth(pixels)) + 14 : 24;
  const title = axis.title
    ? textElement(axis.title.text, {
      "text-anchor": "middle",
      x: (left + right) / 2,
      y: bottom + room + 15,
    })
    : "";
  const base = element("path", { d: `M${left} ${round(bottom)}H${right}`, stroke: AXIS_COLOUR });
  return gridLines(lines) + base + labels.join("") + title;
}

/** Height that the labels and the title of the bottom axis take, in pixels. */
export function bottomRoom(axis: Axis, pixels: PixelAxis): number {
  const labels = turnsLabels(pixels) ? Math.min(100, labelWidth(pixels)) + 14 : 24;
  return labels + (axis.title ? 24 : 6);
}

/** Ticks thinned evenly until they stand `distance` pixels apart. */
function readable(ticks: Tick[], distance: number): Tick[] {
  if (ticks.length < 2) return ticks;
  const gap = Math.abs(ticks[1].position - ticks[0].position);
  const every = Math.max(1, Math.ceil(distance / gap));
  return ticks.filter((_, i) => i % every === 0);
}

function gridLines(d: string): string {
  return d === "" ? "" : element("path", { d, stroke: GRID_COLOUR, fill: "none" });
}

/** Half pixels keep one-pixel lines sharp. */
function round(value: number): number {
  return Math.round(value * 2) / 2;
}
