// Rotary position embedding, forward beside backward (which turns the other way).

import type * as tf from "@tensorflow/tfjs";
import { ShapeError } from "../errors.ts";
import { differentiable } from "./differentiable.ts";
import { expectRank } from "./expect.ts";
import { type Attributes, defineHostKernel } from "./host_kernel.ts";

/**
 * How rotary angles are slowed down, so that a model reaches further than it was first trained for.
 * `linear` divides every frequency by `factor`. `llama3` divides the slow ones, leaves the fast ones, and
 * goes over between: a wave is slow if fewer than `lowFrequency` of it fit into `originalContext` tokens, and
 * fast if more than `highFrequency` do.
 */
export type RopeScaling =
  | { readonly kind: "linear"; readonly factor: number }
  | {
    readonly kind: "llama3";
    readonly factor: number;
    readonly lowFrequency: number;
    readonly highFrequency: number;
    readonly originalContext: number;
  };

/**
 * Rotary positions: coordinates i and i + D/2 of a head are turned together by the angle
 * `position · theta^(−2i/D)`, so that a query and a key meet at an angle that tells their distance.
 *
 * @param x queries or keys, shape (B, H, T, D), D even
 * @returns same shape as `x`
 * @throws {ShapeError} if D is odd
 * @see Su et al. 2021, "RoFormer: Enhanced Transformer with Rotary Position Embedding"
 */
export function rope(
  x: tf.Tensor,
  { theta = 10_000, scaling = null }: { theta?: number; scaling?: RopeScaling | null } = {},
): tf.Tensor {
  expectRank("rope", x, 4);
  const [, , context, width] = x.shape;
  if (width % 2 !== 0) throw new ShapeError(`rope needs heads of even width, but got ${width}.`);
  const turned = { context, width, theta, ...scalingAttributes(scaling) };
  return differentiable({
    inputs: [x],
    forward: () => ({ output: rotate([x], { ...turned, direction: 1 })[0], saved: [] }),
    backward: (dy) => rotate([dy], { ...turned, direction: -1 }),
  });
}

const rotate = defineHostKernel({
  name: "DialsRope",
  outputShapes: ([x]) => [x],
  run([x], [y], { direction, ...shape }) {
    const { context, width } = shape;
    const half = width / 2;
    const { cos, sin } = angles(shape);
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
function angles(attributes: Attributes): Angles {
  const { context, width, theta, factor, low, high, original } = attributes;
  const key = `${context} ${width} ${theta} ${factor} ${low} ${high} ${original}`;
  const known = cache.get(key);
  if (known) return known;
  const frequencies = ropeFrequencies(width, { theta, scaling: scalingOf(attributes) });
  const half = width / 2;
  const made = { cos: new Float32Array(context * half), sin: new Float32Array(context * half) };
  for (let position = 0; position < context; position++) {
    for (let i = 0; i < half; i++) {
      made.cos[position * half + i] = Math.cos(position * frequencies[i]);
      made.sin[position * half + i] = Math.sin(position * frequencies[i]);
    }
  }
  if (cache.size >= 64) cache.clear();
  cache.set(key, made);
  return made;
}

/** The angle between neighbouring positions for each pair of coordinates, shape (width / 2). */
export function ropeFrequencies(
  width: number,
  { theta, scaling }: { theta: number; scaling: RopeScaling | null },
): Float64Array {
  return Float64Array.from({ length: width / 2 }, (_, i) => {
    const frequency = theta ** (-2 * i / width);
    return scaling === null ? frequency : frequency * slowed(frequency, scaling);
  });
}

/** What a frequency is multiplied by: from 1 / factor, for the slow, to 1. */
function slowed(frequency: number, scaling: RopeScaling): number {
  const least = 1 / scaling.factor;
  if (scaling.kind === "linear") return least;
  const { lowFrequency, highFrequency, originalContext } = scaling;
  const waves = originalContext * frequency / (2 * Math.PI);
  const share = (waves - lowFrequency) / (highFrequency - lowFrequency);
  return least + (1 - least) * Math.min(1, Math.max(0, share));
}

/** The scaling as plain numbers, which is what steers a kernel; none is a factor of 0. */
function scalingAttributes(scaling: RopeScaling | null): Attributes {
  if (scaling === null) return { factor: 0 };
  if (scaling.kind === "linear") return { factor: scaling.factor };
  const { factor, lowFrequency: low, highFrequency: high, originalContext: original } = scaling;
  return { factor, low, high, original };
}

function scalingOf({ factor, low, high, original }: Attributes): RopeScaling | null {
  if (factor === 0) return null;
  return original === undefined ? { kind: "linear", factor } : {
    kind: "llama3",
    factor,
    lowFrequency: low,
    highFrequency: high,
    originalContext: original,
  };
}
