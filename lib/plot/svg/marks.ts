// The marks of the traces: lines, dots and bars, as SVG on pixels that the axes give.
// @ts-types="@types/d3-shape"
import { line } from "d3-shape";
import { FONT_SIZE, TEXT_COLOUR } from "../theme.ts";
import type { BarTrace, ScatterTrace } from "../traces.ts";
import type { PixelAxis } from "./axis.ts";
import { element, short, textElement } from "./text.ts";

/** The two axes a trace is drawn on. */
export interface Panel {
  x: PixelAxis;
  y: PixelAxis;
}

const DASHES = { solid: undefined, dash: "7 5", dot: "2 4" };

/** A line, a row of dots, both, or words. */
export function drawScatter(trace: ScatterTrace, { x, y }: Panel, colour: string): string {
  const points = trace.y.map((value, i): [number, number] => [
    x.at(trace.x[i]),
    value === null ? NaN : y.at(value),
  ]);
  const visible = ([px, py]: [number, number]) => Number.isFinite(px) && Number.isFinite(py);
  const parts: string[] = [];
  if (trace.mode.includes("lines")) {
    const path = line().defined(visible).digits(1)(points) ?? "";
    parts.push(element("path", {
      d: path,
      fill: "none",
      stroke: trace.line?.color ?? colour,
      "stroke-width": trace.line?.width ?? 2,
      "stroke-dasharray": DASHES[trace.line?.dash ?? "solid"],
      "stroke-linejoin": "round",
      "stroke-linecap": "round",
    }));
  }
  if (trace.mode.includes("markers")) {
    const radius = (trace.marker?.size ?? 6) / 2;
    const dots = points.filter(visible).map(([cx, cy]) =>
      `<circle cx="${short(cx)}" cy="${short(cy)}" r="${radius}"/>`
    );
    const fill = trace.marker?.color ?? trace.line?.color ?? colour;
    parts.push(element("g", { fill }, dots.join("")));
  }
  if (trace.mode === "text") {
    const words = points.map((point, i) =>
      visible(point) && trace.text?.[i] !== undefined
        ? textElement(trace.text[i], { x: point[0], y: point[1], dy: "0.35em" })
        : ""
    );
    const { color = colour, size = FONT_SIZE.text } = trace.textfont ?? {};
    const look = { fill: color, "font-size": size, "text-anchor": "middle" };
    parts.push(element("g", look, words.join("")));
  }
  return element("g", { opacity: trace.opacity }, parts.join(""));
}

/** Where the bars of one trace stand among those of the others. */
export interface BarPlace {
  /** Thickness of a bar, in units of its axis. */
  width: number;
  /** Middle of the bar beside its position, in units of its axis. */
  offset: number;
  /** Where bars begin, by position; at zero where it says nothing. */
  bases: ReadonlyMap<string, number>;
}

/** Bars, each from its base to its value, with its label beside the end. */
export function drawBars(
  trace: BarTrace,
  panel: Panel,
  { width, offset, bases, colour }: BarPlace & { colour: string },
): string {
  const lying = trace.orientation === "h";
  const [along, across] = lying ? [panel.x, panel.y] : [panel.y, panel.x];
  const [lengths, places] = lying ? [trace.x, trace.y] : [trace.y, trace.x];
  const unit = Math.abs(across.unit);
  const bars = lengths.map((length, i) => {
    const from = bases.get(String(places[i])) ?? 0;
    const start = along.at(from);
    const a = Number.isFinite(start) ? start : along.origin; // zero has no place on a log axis
    const b = along.at(from + Number(length));
    const centre = across.at(places[i]) + offset * across.unit;
    if (![a, b, centre].every(Number.isFinite)) return "";
    const thickness = Math.max(0.5, width * unit);
    const [low, size] = [Math.min(a, b), Math.abs(b - a)];
    const color = trace.marker?.color;
    const bar = element("rect", {
      x: lying ? low : centre - thickness / 2,
      y: lying ? centre - thickness / 2 : low,
      width: lying ? size : thickness,
      height: lying ? thickness : size,
      rx: Math.min(2, thickness / 6, size / 2),
      fill: typeof color === "object" ? color[i] : undefined,
    });
    const text = trace.textposition === "none" ? undefined : trace.text?.[i];
    return text
      ? bar +
        label(text, lying ? { x: b + 5, y: centre } : { x: centre, y: b - 8, anchor: "middle" })
      : bar;
  });
  const color = trace.marker?.color;
  return element("g", { fill: typeof color === "string" ? color : colour }, bars.join(""));
}

function label(text: string, { x, y, anchor }: { x: number; y: number; anchor?: string }): string {
  return textElement(text, {
    x,
    y,
    dy: "0.35em",
    "text-anchor": anchor,
    fill: TEXT_COLOUR,
    "font-size": FONT_SIZE.text - 1,
  });
}
