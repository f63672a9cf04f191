// An axis: from values to pixels, and the ticks between. Tick places come from d3-scale.
// @ts-types="@types/d3-scale"
import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from "d3-scale";
import { formatNumber } from "../numbers.ts";
import type { Axis, Coordinate } from "../traces.ts";

/** A tick: where it stands, in pixels, and what it says. */
export interface Tick {
  position: number;
  label: string;
}

/** An axis laid onto pixels. */
export interface PixelAxis {
  /** The pixel of a value, or NaN where the axis has no place for it (0 on a log axis). */
  at(value: Coordinate): number;
  ticks: Tick[];
  /** The pixel where the axis begins. */
  origin: number;
  /** Pixels from one position to the next, negative where the axis runs against the pixels. */
  unit: number;
  /** Whether values are names rather than quantities. */
  named: boolean;
}

/** What the data ask of an axis. */
export interface AxisData {
  /** Every value that must be visible. */
  values: readonly Coordinate[];
  /** Room before the first and after the last value, as a share of the axis. */
  padding: number;
  /** Room around values that have a thickness of their own (bars, cells), in units of the axis. */
  halfWidth: number;
  /** Whether the axis must reach zero, as that of bars' lengths must. */
  fromZero: boolean;
}

/** Lays an axis onto the pixels from `start` to `end`, with a tick every `spacing` pixels or more. */
export function layAxis(
  axis: Axis,
  data: AxisData,
  { start, end, spacing }: { start: number; end: number; spacing: number },
): PixelAxis {
  const names = categoryNames(axis, data.values);
  const number = (value: Coordinate) => names ? names.indexOf(String(value)) : Number(value);
  const log = axis.type === "log" && !names;
  const domain = extent(axis, data.values.map(number), {
    ...data,
    log,
    halfWidth: names ? 0.5 : data.halfWidth,
  });
  const pixels = axis.autorange === "reversed" ? [end, start] : [start, end];
  const scale: ScaleContinuousNumeric<number, number> = (log ? scaleLog() : scaleLinear())
    .domain(domain)
    .range(pixels);
  const at = (value: Coordinate) => scale(number(value)) ?? NaN;
  const count = Math.max(2, Math.floor(Math.abs(end - start) / spacing));
  const labelled = axis.tickvals
    ? axis.tickvals.map((value, i) => ({ value, label: axis.ticktext?.[i] ?? formatNumber(value) }))
    : names
    ? names.map((label, value) => ({ value, label }))
    : log
    ? logTicks(domain, count)
    : linearTicks(domain, count);
  const [low, high] = domain;
  const ticks = labelled
    .filter(({ value }) => value >= low && value <= high)
    .map(({ value, label }) => ({ position: scale(value), label }));
  const unit = log ? NaN : scale(1)! - scale(0)!;
  return {
    at,
    ticks,
    origin: pixels[0],
    unit,
    named: names !== undefined || axis.ticktext !== undefined,
  };
}

/** The names on the axis in order of appearance, or undefined where it counts. */
function categoryNames(axis: Axis, values: readonly Coordinate[]): string[] | undefined {
  const named = axis.type === "category" ||
    (axis.type === undefined && values.some((value) => typeof value === "string"));
  return named ? [...new Set(values.map(String))] : undefined;
}

function extent(
  axis: Axis,
  values: number[],
  { log, padding, halfWidth, fromZero }: Omit<AxisData, "values"> & { log: boolean },
): [number, number] {
  if (axis.range) {
    const [from, to] = axis.range;
    return log ? [10 ** from, 10 ** to] : [from, to];
  }
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value) || (log && value <= 0)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return log ? [1, 10] : [0, 1];
  if (log) {
    const room = Math.max(Math.log(high / low) * padding, low === high ? 0.5 : 0);
    return [low * Math.exp(-room), high * Math.exp(room)];
  }
  const tozero = fromZero || axis.rangemode === "tozero";
  if (tozero) [low, high] = [Math.min(low, 0), Math.max(high, 0)];
  const room = (high - low) * padding + halfWidth;
  const alone = low === high && halfWidth === 0 ? Math.abs(low) * 0.1 || 1 : 0;
  return [
    tozero && low === 0 ? 0 : low - room - alone,
    tozero && high === 0 && low < 0 ? 0 : high + room + alone,
  ];
}

interface LabelledValue {
  value: number;
  label: string;
}

function linearTicks(domain: [number, number], count: number): LabelledValue[] {
  const scale = scaleLinear().domain(domain);
  const values = scale.ticks(count);
  const largest = Math.max(...values.map(Math.abs));
  const format = largest >= 1000 || largest < 0.01
    ? (value: number) => formatNumber(value, { digits: 4 })
    : scale.tickFormat(count); // as many decimals as the step needs, the same on all ticks
  return values.map((value) => ({ value, label: format(value) }));
}

/** Powers of ten; with room also 2 and 5 times, or 3 times, those; round numbers within a decade. */
function logTicks([low, high]: [number, number], count: number): LabelledValue[] {
  const decades = Math.log10(high / low);
  if (decades < 0.7) return linearTicks([low, high], count);
  const factors = decades * 3 <= count ? [1, 2, 5] : decades <= 2 ? [1, 3] : [1];
  const stride = Math.max(1, Math.ceil(decades / count));
  const values: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power += stride) {
    for (const factor of factors) values.push(factor * 10 ** power);
  }
  return values.map((value) => ({ value, label: formatNumber(value) }));
}
