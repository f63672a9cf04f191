// What the data ask of the axes, and where bars stand among each other.
import type { BarTrace, Coordinate, HeatmapTrace, Layout, Trace } from "../traces.ts";
import type { AxisData } from "./axis.ts";
import type { BarPlace } from "./marks.ts";

/** Share of the distance between positions that bars fill. */
const BAR_SHARE = 0.75;

/** What traces ask of the axis in one direction. */
export function axisData(traces: readonly Trace[], layout: Layout, direction: "x" | "y"): AxisData {
  const values: Coordinate[] = [];
  let padding = 0;
  let halfWidth = 0;
  let fromZero = false;
  const bars = barPlaces(traces, layout);
  for (const trace of traces) {
    if (trace.type === "scatter") {
      for (const value of trace[direction]) if (value !== null) values.push(value);
      const room = direction === "y" || trace.mode === "text"
        ? 0.05
        : trace.mode.includes("markers")
        ? 0.015
        : 0;
      padding = Math.max(padding, room);
    } else if (trace.type === "heatmap") {
      for (const place of cellPlaces(trace, direction)) values.push(place);
      halfWidth = Math.max(halfWidth, 0.5);
    } else if (direction === valueDirection(trace)) {
      fromZero = true;
      for (const [i, place] of trace[positionDirection(trace)].entries()) {
        const from = bars.get(trace)!.bases.get(String(place)) ?? 0;
        values.push(from + Number(trace[direction][i]));
      }
      padding = Math.max(padding, trace.text && trace.textposition !== "none" ? 0.12 : 0.05);
    } else {
      for (const place of trace[direction]) values.push(place);
      halfWidth = Math.max(halfWidth, step(trace[direction]) / 2);
    }
  }
  return { values, padding, halfWidth, fromZero };
}

/** Where the bars of every bar trace stand: beside each other, or each on top of those before it. */
export function barPlaces(
  traces: readonly Trace[],
  { barmode = "group" }: Layout,
): Map<Trace, BarPlace> {
  const bars = traces.filter((trace): trace is BarTrace => trace.type === "bar");
  const room = BAR_SHARE * Math.min(...bars.map((trace) => step(trace[positionDirection(trace)])));
  const sums = new Map<string, number>();
  return new Map(bars.map((trace, i) => {
    if (barmode === "group") {
      const width = room / bars.length;
      return [trace, { width, offset: (i - (bars.length - 1) / 2) * width, bases: new Map() }];
    }
    const bases = new Map(sums);
    for (const [at, place] of trace[positionDirection(trace)].entries()) {
      const value = Number(trace[valueDirection(trace)][at]);
      sums.set(String(place), (sums.get(String(place)) ?? 0) + value);
    }
    return [trace, { width: room, offset: 0, bases }];
  }));
}

function valueDirection({ orientation }: BarTrace): "x" | "y" {
  return orientation === "h" ? "x" : "y";
}

function positionDirection({ orientation }: BarTrace): "x" | "y" {
  return orientation === "h" ? "y" : "x";
}

/** The positions of a heatmap's columns or rows. */
export function cellPlaces(trace: HeatmapTrace, direction: "x" | "y"): readonly Coordinate[] {
  const length = direction === "y" ? trace.z.length : trace.z[0]?.length ?? 0;
  return trace[direction] ?? Array.from({ length }, (_, i) => i);
}

/** The smallest distance between two numeric positions; 1 between names. */
function step(places: readonly Coordinate[]): number {
  const numbers = places.filter((place): place is number => typeof place === "number")
    .toSorted((a, b) => a - b);
  let smallest = Infinity;
  for (let i = 1; i < numbers.length; i++) {
    if (numbers[i] > numbers[i - 1]) smallest = Math.min(smallest, numbers[i] - numbers[i - 1]);
  }
  return Number.isFinite(smallest) ? smallest : 1;
}
