// Rotary position embedding, forward beside backward (which turns the other way).

import * as tf from "@tensorflow/tfjs";
import { ShapeError } from "../errors.ts";
import { type Attributes, defineArenaKernel } from "./arena/kernel.ts";
import { allocateRegion, freeRegion, regionView } from "./arena/regions.ts";
import { expectRank } from "./expect.ts";
import { defineOperation } from "./operation.ts";
import type { Region } from "./products/product.ts";
import type { KernelDefinition } from "./vectors/kernels.ts";

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
 * @param x queries or keys, shape (B, T, H, D), D even
 * @returns same shape as `x`
 * @throws {ShapeError} if D is odd
 * @see Su et al. 2021, "RoFormer: Enhanced Transformer with Rotary Position Embedding"
 */
export function rope(
  x: tf.Tensor,
  { theta = 10_000, scaling = null }: { theta?: number; scaling?: RopeScaling | null } = {},
): tf.Tensor {
  expectRank("rope", x, 4);
  const width = x.shape[3]!;
  if (width % 2 !== 0) throw new ShapeError(`rope needs heads of even width, but got ${width}.`);
  return operation({ x }, { theta, ...scalingAttributes(scaling), direction: 1 });
}

/** Turns by the angles of the positions, or by their opposites if `direction` is −1. */
const turn = {
  name: "DialsRope",
  outputs: ([x]: number[][]) => [x],
  run({ inputs: [x], outputs: [y], attributes, kernels }) {
    const [batch, context, heads, width] = x.shape;
    const { cos, sin } = angleRegions({ context, width }, attributes);
    kernels.run(turnRows, [
      ...[batch, context, heads, width / 2, attributes.direction],
      ...[x.address, y.address, cos.address, sin.address],
    ]);
  },
} satisfies Parameters<typeof defineArenaKernel>[0];

const operation = defineOperation({
  ...turn,
  saves: [],
  gradients: (dy, _, attributes) => ({
    x: () => turnBack({ dy }, { ...attributes, direction: -1 })[0],
  }),
  composed({ x }, attributes) {
    const [, context, , width] = x.shape as [number, number, number, number];
    const { cos, sin } = angles({ context, width }, attributes);
    const table = (values: Float32Array) => {
      const half = tf.tensor(values, [context, 1, width / 2]);
      return tf.concat([half, half], -1); // (T, 1, D)
    };
    const [first, second] = tf.split(x, 2, -1);
    const turned = tf.concat([tf.neg(second), first], -1);
    return tf.add(tf.mul(x, table(cos)), tf.mul(turned, table(sin)));
  },
});

const turnBack = defineArenaKernel({ ...turn, name: "DialsRopeGradient" });

const turnRows: KernelDefinition = {
  name: "rope",
  write(code) {
    const [batch, context, heads, half] = [code.count(), code.count(), code.count(), code.count()];
    const direction = code.number();
    const [x, y, cosines, sines] = [code.pointer(), code.pointer(), code.pointer(), code.pointer()];
    const bytes = code.bytes(half);
    code.repeat(batch, () => {
      const [cos, sin] = [code.copy(cosines), code.copy(sines)];
      code.repeat(context, () => {
        code.repeat(heads, () => {
          const [x2, y2] = [code.copy(x), code.copy(y)];
          for (const pointer of [x2, y2]) code.advance(pointer, bytes);
          code.columns(half, () => {
            const [first, second] = [code.load(x), code.load(x2)];
            const [c, s] = [code.load(cos), code.multiply(code.load(sin), direction)];
            code.store(y, code.multiplySubtract(second, s, code.multiply(first, c)));
            code.store(y2, code.multiplyAdd(first, s, code.multiply(second, c)));
          });
          for (const pointer of [x, x, y, y]) code.advance(pointer, bytes);
        });
        for (const pointer of [cos, sin]) code.advance(pointer, bytes);
      });
    });
  },
};

interface TableSize {
  readonly context: number;
  readonly width: number;
}

interface AngleRegions {
  /** Cosines, (T, D/2). */
  readonly cos: Region;
  /** Sines, (T, D/2). */
  readonly sin: Region;
}

/** The handful of tables that a program uses. */
const tables = new Map<string, AngleRegions>();
const MOST_TABLES = 64;

/** The tables of `angles` in the arena. */
function angleRegions(size: TableSize, attributes: Attributes): AngleRegions {
  const { theta, factor, low, high, original } = attributes;
  const key = [size.context, size.width, theta, factor, low, high, original].join(" ");
  const known = tables.get(key);
  if (known) return known;
  if (tables.size >= MOST_TABLES) {
    for (const table of tables.values()) Object.values(table).forEach(freeRegion);
    tables.clear();
  }
  const { cos, sin } = angles(size, attributes);
  const made = { cos: allocateRegion(cos.length), sin: allocateRegion(sin.length) };
  regionView(made.cos).set(cos);
  regionView(made.sin).set(sin);
  tables.set(key, made);
  return made;
}

/** How far each pair of coordinates is turned at each position: two tables of (T, D/2). */
function angles(
  { context, width }: TableSize,
  attributes: Attributes,
): { cos: Float32Array; sin: Float32Array } {
  const scaling = scalingOf(attributes);
  const frequencies = ropeFrequencies(width, { theta: attributes.theta, scaling });
  const half = width / 2;
  const cos = new Float32Array(context * half);
  const sin = new Float32Array(context * half);
  for (let position = 0; position < context; position++) {
    for (let i = 0; i < half; i++) {
      cos[position * half + i] = Math.cos(position * frequencies[i]);
      sin[position * half + i] = Math.sin(position * frequencies[i]);
    }
  }
  return { cos, sin };
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
