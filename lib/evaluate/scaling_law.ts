// The scaling law: how a loss falls as parameters, tokens or compute grow, fitted to measured runs.

import { ConfigError } from "../errors.ts";

/** A size and the loss it came to. */
export interface ScalingPoint {
  /** Parameters, tokens or floating-point operations: whatever was made larger. */
  readonly size: number;
  /** Validation loss, in nats or bits. */
  readonly loss: number;
}

/** A fitted law: loss = floor + factor · size^(−exponent). */
export interface ScalingLaw {
  /** What no size gets below: the text's own entropy, as far as these runs can tell. */
  readonly floor: number;
  readonly factor: number;
  readonly exponent: number;
  /** Root of the mean squared error on the points, in the unit of the loss. */
  readonly error: number;
  /** The loss that the law expects at another size. */
  predict(size: number): number;
}

/** Floors that are tried, as shares of the smallest loss. */
const FLOORS = 2_000;

/**
 * Fits a law by least squares on the logarithm of what lies above the floor, trying every floor below the smallest
 * loss. With two points there is no telling a floor, and it is 0.
 *
 * @throws {ConfigError} if there are fewer than two sizes, or a size or loss is not a positive number
 * @see Kaplan et al. 2020, "Scaling Laws for Neural Language Models"; Hoffmann et al. 2022, "Training
 * Compute-Optimal Large Language Models"
 * @example
 * ```ts
 * const law = fitScalingLaw([{ size: 1e5, loss: 2.3 }, { size: 4e5, loss: 1.9 }, { size: 16e5, loss: 1.65 }]);
 * law.predict(64e5);
 * ```
 */
export function fitScalingLaw(points: readonly ScalingPoint[]): ScalingLaw {
  const sizes = new Set(points.map(({ size }) => size));
  if (sizes.size < 2) {
    throw new ConfigError(`A scaling law needs at least two sizes, but got ${sizes.size}.`);
  }
  const odd = points.find(({ size, loss }) =>
    !(size > 0 && loss > 0 && Number.isFinite(size * loss))
  );
  if (odd !== undefined) {
    throw new ConfigError(
      `A scaling law needs positive numbers, but got a loss of ${odd.loss} at a size of ${odd.size}.`,
    );
  }
  const smallest = Math.min(...points.map(({ loss }) => loss));
  let best = fitAbove(0, points);
  for (let i = 1; sizes.size > 2 && i < FLOORS; i++) {
    const law = fitAbove(smallest * i / FLOORS, points);
    if (law.error < best.error) best = law;
  }
  return best;
}

/** The straight line through log(loss − floor) over log(size). */
function fitAbove(floor: number, points: readonly ScalingPoint[]): ScalingLaw {
  const x = points.map(({ size }) => Math.log(size));
  const y = points.map(({ loss }) => Math.log(loss - floor));
  const [meanX, meanY] = [mean(x), mean(y)];
  const covariance = mean(x.map((value, i) => (value - meanX) * (y[i] - meanY)));
  const slope = covariance / mean(x.map((value) => (value - meanX) ** 2));
  const factor = Math.exp(meanY - slope * meanX);
  const predict = (size: number) => floor + factor * size ** slope;
  const error = Math.sqrt(mean(points.map(({ size, loss }) => (predict(size) - loss) ** 2)));
  return { floor, factor, exponent: -slope, error, predict };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
