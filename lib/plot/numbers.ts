// Numbers as a reader wants them in a figure or a line of progress.

/**
 * A number in at most `digits` significant digits, thousands as k, M, B; very small ones as powers.
 *
 * @example
 * ```ts
 * formatNumber(2000); // "2k"
 * formatNumber(1.98213); // "1.98"
 * formatNumber(0.00003); // "3e−5"
 * ```
 */
export function formatNumber(value: number, { digits = 3 } = {}): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "not a number" : value > 0 ? "∞" : "−∞";
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size !== 0 && size < 1e-3) return withMinus(rounded.toExponential());
  const unit = UNITS.find(({ from }) => size >= from);
  if (!unit) return withMinus(String(rounded));
  return withMinus(String(Number((rounded / unit.from).toPrecision(digits)))) + unit.suffix;
}

const UNITS = [
  { from: 1e12, suffix: "T" },
  { from: 1e9, suffix: "B" },
  { from: 1e6, suffix: "M" },
  { from: 1e3, suffix: "k" },
];

/** A whole number with thousands set apart: "12,400". */
export function formatCount(value: number): string {
  return Math.round(value).toLocaleString("en-GB");
}

/** A loss with as many decimals as can be told apart: "1.983", "0.0421". */
export function formatLoss(value: number): string {
  return Math.abs(value) < 0.1 ? formatNumber(value) : withMinus(value.toFixed(3));
}

/** A time in seconds as "45 s", "1 min 10 s" or "2 h 5 min". */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Rounds for transport: five significant digits are finer than any figure shows. */
export function roundForFigure(value: number): number {
  return Number(value.toPrecision(5));
}

function withMinus(text: string): string {
  return text.replaceAll("-", "−").replace("e+", "e");
}
