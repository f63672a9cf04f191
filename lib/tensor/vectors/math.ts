// Functions that the vector units do not have, as kernels write them.

import type { KernelCode, Vector } from "./code.ts";

/** Beyond these a float32 has no result: e^88.7 is the largest, e^−87.3 the smallest normal one. */
const LEAST = -87.3, MOST = 88.7;
/** ln 2 in two parts, of which the first has so few bits that whole multiples of it are exact. */
const LN2_HIGH = 0.693359375, LN2_LOW = -2.12194440e-4;
/** Added to a number below 2²², this leaves its whole part in the lowest bits. */
const ROUNDER = 1.5 * 2 ** 23;
/** A polynomial for (e^r − 1 − r) / r² where |r| ≤ ln 2 / 2, fitted to the least error of e^r, 3·10⁻⁹. */
const COEFFICIENTS = [
  0.0013814539415761828,
  0.00836874544620514,
  0.04166838899254799,
  0.1666652113199234,
  0.4999999403953552,
];

/**
 * e^x to about one unit in the last place: x = n · ln 2 + r, a polynomial for e^r, and n added to the exponent.
 *
 * @see Cody & Waite 1980, "Software Manual for the Elementary Functions", for splitting ln 2
 */
export function exponential(code: KernelCode, x: Vector): Vector {
  // The order of the arguments lets what is no number through.
  const clamped = code.max(code.constant(LEAST), code.min(code.constant(MOST), x));
  const rounded = code.multiplyAdd(
    clamped,
    code.constant(Math.LOG2E),
    code.variable(ROUNDER),
  );
  const n = code.subtract(rounded, code.constant(ROUNDER));
  const high = code.multiplySubtract(n, code.constant(LN2_HIGH), clamped);
  const r = code.multiplySubtract(n, code.constant(LN2_LOW), high);
  let sum = code.variable(COEFFICIENTS[0]);
  for (const coefficient of COEFFICIENTS.slice(1)) {
    sum = code.multiplyAdd(sum, r, code.constant(coefficient));
  }
  const tail = code.multiplyAdd(sum, code.multiply(r, r), r);
  const power = code.add(tail, code.constant(1));
  return code.addBits(power, code.shift("left", rounded, 23));
}

/** 1 / (1 + e^−x). */
export function logistic(code: KernelCode, x: Vector): Vector {
  const e = exponential(code, code.subtract(code.constant(0), x));
  return code.divide(code.constant(1), code.add(e, code.constant(1)));
}
