// The exponential function, and what activations make of it, in vector registers.

import type { VectorAssembler } from "./vector_instructions.ts";

/** An activation that a product can apply to what it computes. */
export type Activation = "gelu" | "silu";

/** Beyond these e^x is taken for its value at the limit: close to 0, or to the largest float. */
const LEAST = -87.3, MOST = 88.3;
/** ln 2 in two parts: the first has so few bits that whole multiples of it are exact. */
const LN2_HIGH = 0.693359375, LN2_LOW = Math.LN2 - LN2_HIGH;
/**
 * The polynomial, highest power first, that meets e^r at the seven Chebyshev points of
 * [−ln 2 / 2, ln 2 / 2]; its relative error is below 3 · 10⁻⁸.
 */
const POLYNOMIAL = [
  0.0013941108481958508,
  0.00837512593716383,
  0.04166635125875473,
  0.16666415333747864,
  0.5,
  1,
  1,
];

/**
 * Emits `x = e^x` for registers, whose instructions are interleaved so that they wait less for each other.
 *
 * @param spare two other registers for each of `x`; lost
 */
export function emitExponential(
  vector: VectorAssembler,
  { x, spare }: { x: readonly number[]; spare: readonly number[] },
): void {
  const steps = spare.slice(0, x.length); // n, in e^x = 2^n · e^r
  const powers = spare.slice(x.length, 2 * x.length); // e^r
  const each = (emit: (x: number, n: number, p: number) => void) =>
    x.forEach((register, i) => emit(register, steps[i], powers[i]));
  // With x as the second operand, what is no number stays that.
  each((_x, _n, p) => vector.constant(p, MOST));
  each((x, _, p) => vector.minimum(x, p, x));
  each((_x, _n, p) => vector.constant(p, LEAST));
  each((x, _, p) => vector.maximum(x, p, x));
  each((x, n) => vector.multiply(n, x, { value: Math.LOG2E }));
  each((_, n) => vector.round(n, n));
  each((x, n) => vector.multiplySubtract(x, n, { value: LN2_HIGH }));
  each((x, n) => vector.multiplySubtract(x, n, { value: LN2_LOW }));
  each((_x, _n, p) => vector.constant(p, POLYNOMIAL[0]));
  for (const value of POLYNOMIAL.slice(1)) each((x, _, p) => vector.multiplyIn(p, x, { value }));
  each((_, n, p) => vector.scale(p, n));
  each((x, _, p) => vector.copy(x, p));
}

/**
 * The polynomial, highest power first, that meets 2^r at the six Chebyshev points of [−1/2, 1/2]; its
 * relative error is below 2 · 10⁻⁷.
 */
const BINARY_POLYNOMIAL = [
  0.0013390863314270973,
  0.009676031768321991,
  0.055503569543361664,
  0.2402210682630539,
  0.6931471824645996,
  1.0000001192092896,
];

/**
 * Emits `x = 2^x` for registers, none of which holds more than some tens.
 *
 * @param spare two other registers for each of `x`; lost
 */
export function emitPowerOfTwo(
  vector: VectorAssembler,
  { x, spare }: { x: readonly number[]; spare: readonly number[] },
): void {
  const each = (emit: (x: number, n: number, p: number) => void) =>
    x.forEach((register, i) => emit(register, spare[i], spare[x.length + i]));
  each((_x, _n, p) => vector.constant(p, vector.leastExponent));
  each((x, _, p) => vector.maximum(x, p, x)); // with x second, what is no number stays that
  each((x, n) => vector.round(n, x));
  each((x, n) => vector.subtract(x, x, n));
  each((_x, _n, p) => vector.constant(p, BINARY_POLYNOMIAL[0]));
  for (const value of BINARY_POLYNOMIAL.slice(1)) {
    each((x, _, p) => vector.multiplyIn(p, x, { value }));
  }
  each((_, n, p) => vector.scale(p, n));
  each((x, _, p) => vector.copy(x, p));
}

/**
 * Emits `y = activation(x)` for registers; `x` is lost.
 *
 * @param spare two other registers for each of `x`; lost
 * @see Hendrycks & Gimpel 2016, "Gaussian Error Linear Units", for the tanh form, which is
 * x · σ(2 √(2/π) (x + 0.044715 x³))
 */
export function emitActivation(
  vector: VectorAssembler,
  activation: Activation,
  { x, y, spare }: { x: readonly number[]; y: readonly number[]; spare: readonly number[] },
): void {
  const slope = -2 * Math.sqrt(2 / Math.PI);
  x.forEach((x, i) => {
    if (activation === "gelu") {
      vector.multiply(y[i], x, x);
      vector.multiply(y[i], y[i], { value: slope * 0.044715 });
      vector.add(y[i], y[i], { value: slope });
      vector.multiply(y[i], y[i], x);
    } else {
      vector.multiply(y[i], x, { value: -1 });
    }
  });
  emitExponential(vector, { x: y, spare });
  x.forEach((x, i) => {
    vector.add(y[i], y[i], { value: 1 });
    vector.divide(y[i], x, y[i]);
  });
}
