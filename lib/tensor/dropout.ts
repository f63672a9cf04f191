// Dropout, forward beside backward (which leaves out the same numbers).

import type * as tf from "@tensorflow/tfjs";
import { differentiable } from "./differentiable.ts";
import { defineHostKernel } from "./host_kernel.ts";

/** What {@linkcode dropout} leaves out. */
export interface DropoutOptions {
  /** The share of the numbers that become 0, from 0 to below 1. */
  readonly rate: number;
  /** Names the draw; the same one leaves out the same numbers. */
  readonly seed: number;
  /** The place in the model, since each draws for itself. */
  readonly site: number;
  /** The place of the first number, where `x` is a part of something larger. */
  readonly first?: number;
}

/**
 * Leaves out numbers by chance and scales up the others, so that the mean stays. Which ones depends on
 * the options and on a number's place alone: nothing is remembered for the backward pass, and a batch cut
 * into parts loses what the whole would have lost.
 *
 * @param x any shape
 * @returns same shape as `x`
 * @see Srivastava et al. 2014, "Dropout"
 */
export function dropout(x: tf.Tensor, options: DropoutOptions): tf.Tensor {
  const { rate, seed, site, first = 0 } = options;
  const attributes = { rate, seed, site, first };
  return differentiable({
    inputs: [x],
    forward: () => ({ output: leaveOut([x], attributes)[0], saved: [] }),
    backward: (dy) => leaveOut([dy], attributes),
  });
}

const leaveOut = defineHostKernel({
  name: "DialsDropout",
  outputShapes: ([x]) => [x],
  run([x], [y], { rate, seed, site, first }) {
    const key = mix(Math.imul(seed | 0, 0x9e3779b1) ^ mix(site + 1));
    const limit = rate * 0x1_0000_0000;
    const scale = 1 / (1 - rate);
    for (let i = 0; i < x.length; i++) {
      const draw = mix(key + Math.imul(first + i, 0x85ebca6b)) >>> 0;
      y[i] = draw < limit ? 0 : x[i] * scale;
    }
  },
});

/** A hash of 32 bits in which every bit of `h` reaches every bit of the result. */
function mix(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return h ^ (h >>> 16);
}
