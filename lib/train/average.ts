// The exponential moving average of the parameters: smoother than they are, and often a little better.

import { arenaCompute } from "../tensor/backend.ts";
import type { Region } from "../tensor/products/product.ts";
import type { KernelDefinition } from "../tensor/vectors/kernels.ts";

/**
 * Moves `average` towards `values`. Early in a run it forgets faster, so that it does not keep the random start.
 *
 * @param options.decay what stays of the average at each step, 0 to 1
 * @param options.step the number of the step, from 1
 * @see Polyak & Juditsky 1992, "Acceleration of Stochastic Approximation by Averaging"
 */
export function averageInto(
  average: Region,
  values: Region,
  { decay, step }: { decay: number; step: number },
): void {
  const keep = Math.min(decay, (1 + step) / (10 + step));
  const arrays = [values.address, average.address];
  arenaCompute().kernels.run(moveAverage, [average.length, keep, 1 - keep, ...arrays]);
}

/** y ← keep · y + add · x. Arguments: size, keep, add, x, y. */
export const moveAverage: KernelDefinition = {
  name: "moving average",
  write(code) {
    const size = code.count();
    const [keep, add] = [code.number(), code.number()];
    const [x, y] = [code.pointer(), code.pointer()];
    code.columns(size, () => {
      code.store(y, code.multiplyAdd(code.load(x), add, code.multiply(code.load(y), keep)));
    });
  },
};
