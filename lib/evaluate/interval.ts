// How sure a share is that was counted on so many items.

import { ConfigError } from "../errors.ts";

/** A share and the interval that holds the true one with 95 % confidence; all from 0 to 1. */
export interface Share {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** Standard deviations on each side that hold 95 % of a normal distribution. */
const Z = 1.959963984540054;

/**
 * The share of `passed` among `count`, with its 95 % interval.
 *
 * @throws {ConfigError} if `passed` is not between 0 and `count`, or `count` is 0
 * @see Wilson 1927, "Probable inference, the law of succession, and statistical inference"
 * @example
 * ```ts
 * shareInterval(180, 200); // { share: 0.9, low: 0.851, high: 0.934 }
 * ```
 */
export function shareInterval(passed: number, count: number): Share {
  if (!(count > 0 && passed >= 0 && passed <= count)) {
    throw new ConfigError(`A share needs at least one item, but got ${passed} of ${count}.`);
  }
  const share = passed / count;
  const shrink = 1 / (1 + Z ** 2 / count);
  const centre = shrink * (share + Z ** 2 / (2 * count));
  const half = shrink * Z * Math.sqrt(share * (1 - share) / count + (Z / (2 * count)) ** 2);
  return { share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
