// What is done to one row of numbers, in plain loops: little of a decoder's time goes here.

/** A row, by the index of its first number. */
interface NormOptions {
  from: number;
  to: number;
  gain: Float32Array;
  epsilon: number;
}

/** Root-mean-square normalisation of a row as long as `gain`. */
export function rmsNormRow(
  floats: Float32Array,
  { from, to, gain, epsilon }: NormOptions,
): void {
  const width = gain.length;
  let squares = 0;
  for (let i = 0; i < width; i++) squares += floats[from + i] * floats[from + i];
  const factor = 1 / Math.sqrt(squares / width + epsilon);
  for (let i = 0; i < width; i++) floats[to + i] = floats[from + i] * factor * gain[i];
}

/** Layer normalisation of a row as long as `gain`. */
export function layerNormRow(
  floats: Float32Array,
  { from, to, gain, bias, epsilon }: NormOptions & { bias: Float32Array | undefined },
): void {
  const width = gain.length;
  let sum = 0;
  for (let i = 0; i < width; i++) sum += floats[from + i];
  const mean = sum / width;
  let squares = 0;
  for (let i = 0; i < width; i++) squares += (floats[from + i] - mean) ** 2;
  const factor = 1 / Math.sqrt(squares / width + epsilon);
  for (let i = 0; i < width; i++) {
    floats[to + i] = (floats[from + i] - mean) * factor * gain[i] + (bias?.[i] ?? 0);
  }
}

/** to += from */
export function addRows(
  floats: Float32Array,
  { to, from, length }: { to: number; from: number; length: number },
): void {
  for (let i = 0; i < length; i++) floats[to + i] += floats[from + i];
}

/** The square of ReLU, in place. */
export function relu2Row(floats: Float32Array, at: number, length: number): void {
  for (let i = at; i < at + length; i++) floats[i] = Math.max(0, floats[i]) ** 2;
}

/** The exact GELU, in place. */
export function geluExactRow(floats: Float32Array, at: number, length: number): void {
  for (let i = at; i < at + length; i++) floats[i] *= normalShare(floats[i]);
}

/**
 * The share of the standard normal distribution below x; the error stays under 1e-7.
 *
 * @see Abramowitz & Stegun 1964, formula 7.1.26
 */
function normalShare(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.SQRT1_2 * Math.abs(x));
  const tail = t * Math.exp(-x * x / 2) *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return x > 0 ? 1 - tail / 2 : tail / 2;
}
