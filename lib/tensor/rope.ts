// Rotary position embedding, forward beside backward (which turns the other way).

import type * as tf from "@tensorflow/tfjs";
import { ShapeError } from "../errors.ts";
import { differentiable } from "./differentiable.ts";
import { expectRank } from "./expect.ts";
import { defineHostKernel } from "./host_kernel.ts";

/**
 * Rotary positions: coordinates i and i + D/2 of a head are turned together by the angle
 * `position · theta^(−2i/D)`, so that a query and a key meet at an angle that tells their distance.
 *
 * @param x queries or keys, shape (B, H, T, D), D even
 * @returns same shape as `x`
 * @throws {ShapeError} if D is odd
 * @see Su et al. 2021, "RoFormer: Enhanced Transformer with Rotary Position Embedding"
 */
export function rope(x: tf.Tensor, { theta = 10_000 } = {}): tf.Tensor {
  expectRank("rope", x, 4);
  const [, , context, width] = x.shape;
  if (width % 2 !== 0) throw new ShapeError(`rope needs heads of even width, but got ${width}.`);
  const turned = { context, width, theta };
  return differentiable({
    inputs: [x],
    forward: () => ({ output: rotate([x], { ...turned, direction: 1 })[0], saved: [] }),
    backward: (dy) => rotate([dy], { ...turned, direction: -1 }),
  });
}

const rotate = defineHostKernel({
  name: "DialsRope",
  outputShapes: ([x]) => [x],
  run([x], [y], { context, width, theta, direction }) {
    const half = width / 2;
    const { cos, sin } = angles(context, width, theta);
    for (let row = 0, position = 0; row < x.length; row += width) {
      const at = position * half;
      for (let i = 0; i < half; i++) {
        const c = cos[at + i];
        const s = direction * sin[at + i];
        const first = x[row + i];
        const second = x[row + half + i];
        y[row + i] = first * c - second * s;
        y[row + half + i] = second * c + first * s;
      }
      position = position + 1 === context ? 0 : position + 1;
    }
  },
});

interface Angles {
  /** Cosines, row-major (T, D/2). */
  readonly cos: Float32Array;
  /** Sines, row-major (T, D/2). */
  readonly sin: Float32Array;
}

const cache = new Map<string, Angles>();

/** The table of turns for every position; the handful of shapes a program uses are kept. */
function angles(context: number, width: number, theta: number): Angles {
  const key = `${context} ${width} ${theta}`;
  const known = cache.get(key);
  if (known) return known;
  const half = width / 2;
  const made = { cos: new Float32Array(context * half), sin: new Float32Array(context * half) };
  for (let position = 0; position < context; position++) {
    for (let i = 0; i < half; i++) {
      const angle = position * theta ** (-2 * i / width);
      made.cos[position * half + i] = Math.cos(angle);
      made.sin[position * half + i] = Math.sin(angle);
    }
  }
  if (cache.size >= 64) cache.clear();
  cache.set(key, made);
  return made;
}
