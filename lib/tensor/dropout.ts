// Dropout, forward beside backward (which leaves out the same numbers).

import * as tf from "@tensorflow/tfjs";
import { type Attributes, defineArenaKernel, type KernelCall } from "./arena/kernel.ts";
import { defineOperation } from "./operation.ts";
import type { Vector } from "./vectors/code.ts";
import type { KernelDefinition } from "./vectors/kernels.ts";

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
  run: leaveOut,
  saves: [],
  gradients: (dy, _, attributes) => ({ x: () => gradient({ dy }, attributes)[0] }),
  composed({ x }, attributes) {
    return tf.mul(x, tf.tensor(factors(x.size, attributes), x.shape));
  },
});

const gradient = defineArenaKernel({
  name: "DialsDropoutGradient",
  outputs: ([dy]) => [dy],
  run: leaveOut,
});

/** The numbers of a draw: a hash of each place, in 23 bits, decides whether it is left out. */
function draw({ rate, seed, site }: Attributes): { key: number; limit: number; scale: number } {
  return {
    key: mix(Math.imul(seed | 0, 0x9e3779b1) ^ mix(site + 1)),
    limit: Math.round(rate * 2 ** 23),
    scale: 1 / (1 - rate),
  };
}

/** What each number is multiplied by. */
function factors(size: number, attributes: Attributes): Float32Array {
  const { key, limit, scale } = draw(attributes);
  return Float32Array.from({ length: size }, (_, i) => {
    const hash = mix(key + Math.imul(attributes.first + i, PLACE));
    return hash >>> 9 < limit ? 0 : scale;
  });
}

function leaveOut({ inputs: [x], outputs: [y], attributes, kernels }: KernelCall): void {
  const { key, limit, scale } = draw(attributes);
  kernels.run(kernel, [x.size, x.address, y.address, key, attributes.first, limit, scale]);
}

const kernel: KernelDefinition = {
  name: "dropout",
  write(code) {
    const [size, x, y] = [code.count(), code.pointer(), code.pointer()];
    const [key, first, limit] = [code.bits(), code.bits(), code.bits()];
    const scale = code.number();
    const fold = (h: Vector, bits: number) => code.xor(h, code.shift("right", h, bits));
    code.columns(size, () => {
      const place = code.addBits(code.places(), first);
      let h = code.addBits(code.multiplyBits(place, code.constantBits(PLACE)), key);
      h = code.multiplyBits(fold(h, 16), code.constantBits(MIX[0]));
      h = code.multiplyBits(fold(h, 15), code.constantBits(MIX[1]));
      const hash = code.shift("right", fold(h, 16), 9);
      // limit − 1 − hash is negative, and all its sign bits are 1, where the number stays.
      const difference = code.addBits(code.xor(hash, code.constantBits(-1)), limit);
      const stays = code.shift("rightSigned", difference, 31);
      code.store(y, code.and(code.multiply(code.load(x), scale), stays));
    });
  },
};

const PLACE = 0x85ebca6b | 0;
const MIX = [0x7feb352d, 0x846ca68b | 0] as const;

/** A hash of 32 bits in which every bit of `h` reaches every bit of the result. */
function mix(h: number): number {
  h = Math.imul(h ^ (h >>> 16), MIX[0]);
  h = Math.imul(h ^ (h >>> 15), MIX[1]);
  return h ^ (h >>> 16);
}
