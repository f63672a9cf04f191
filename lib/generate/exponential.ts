// The exponential function of numbers that are not positive. Sampling needs it for every token of the vocabulary at
// every draw, and Math.exp takes three times as long for digits that a draw does not need.

/** Steps between a power of two and the next; a power of two itself, so that bits of a step's number choose both. */
const STEPS = 256;
/** Below this the result is no normal number any more, and taken as 0. */
const LEAST = -708;
const LARGEST_EXPONENT = 1022;

/** 2^(i / STEPS) */
const fine = Float64Array.from({ length: STEPS }, (_, i) => 2 ** (i / STEPS));
/** 2^(i − LARGEST_EXPONENT) */
const whole = Float64Array.from(
  { length: LARGEST_EXPONENT + 1 },
  (_, i) => 2 ** (i - LARGEST_EXPONENT),
);

/**
 * e^x for x ≤ 0, right to twelve digits: x is so many steps of ln 2 / 256, which tables know, and a rest so small that
 * a cubic is enough.
 */
export function exponential(x: number): number {
  if (!(x >= LEAST)) return x < LEAST ? 0 : NaN;
  const steps = (x * (STEPS / Math.LN2) - 0.5) | 0; // the nearest
  const rest = x - steps * (Math.LN2 / STEPS);
  const power = fine[steps & (STEPS - 1)] * whole[(steps >> 8) + LARGEST_EXPONENT];
  return power * (1 + rest * (1 + rest * (1 / 2 + rest * (1 / 6))));
}
