// Dropout, forward beside backward (which leaves out the same numbers).

import * as tf from "@tensorflow/tfjs";
import type { View } from "./arena/backend.ts";
import { type Attributes, defineArenaKernel } from "./arena/kernel.ts";
import { defineOperation } from "./operation.ts";

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
  return operation({ x }, { rate, seed, site, first });
}

const operation = defineOperation({
  name: "DialsDropout",
  outputs: ([x]) => [x],
  run: ({ inputs: [x], outputs: [y], attributes }) => leaveOut(x.values, y.values, attributes),
  saves: [],
  gradients: (dy, _, attributes) => ({ x: () => gradient({ dy }, attributes)[0] }),
  composed({ x }, attributes) {
    const ones = new Float32Array(x.size).fill(1);
    leaveOut(ones, ones, attributes);
    return tf.mul(x, tf.tensor(ones, x.shape));
  },
});

const gradient = defineArenaKernel({
  name: "DialsDropoutGradient",
  outputs: ([dy]) => [dy],
  run: ({ inputs: [dy], outputs: [dx], attributes }) => leaveOut(dy.values, dx.values, attributes),
});

/** Writes to `y` what is left of `x`, scaled up. */
function leaveOut(x: View, y: View, { rate, seed, site, first }: Attributes): void {
  const key = mix(Math.imul(seed | 0, 0x9e3779b1) ^ mix(site + 1));
  const limit = rate * 0x1_0000_0000;
  const scale = 1 / (1 - rate);
  for (let i = 0; i < x.length; i++) {
    const draw = mix(key + Math.imul(first + i, 0x85ebca6b)) >>> 0;
    y[i] = draw < limit ? 0 : x[i] * scale;
  }
}

/** A hash of 32 bits in which every bit of `h` reaches every bit of the result. */
function mix(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return h ^ (h >>> 16);
}
