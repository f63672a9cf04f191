// Arithmetic of optimisers on flat arrays that lie in the arena: parameters, their gradients and what is
// remembered of them. All arrays of a call are of one length and may be parts of larger ones.

import { arenaBackend } from "./arena/regions.ts";
import type { KernelDefinition } from "./vectors/kernels.ts";

/** What AdamW moves, and what it remembers; all in the arena. */
export interface AdamWArrays {
  readonly values: Float32Array;
  readonly gradient: Float32Array;
  /** The mean of the gradients. */
  readonly first: Float32Array;
  /** The mean of their squares. */
  readonly second: Float32Array;
}

/** The numbers of one AdamW step. */
export interface AdamWStep {
  /** What the gradient is multiplied by first. */
  readonly scale: number;
  readonly beta1: number;
  readonly beta2: number;
  /** What the values are multiplied by. */
  readonly keep: number;
  /** The learning rate, divided by what the first mean has yet to grow. */
  readonly rate: number;
  /** What the root of the second mean is multiplied by. */
  readonly correction: number;
  readonly epsilon: number;
}

/** Moves `values` by `rate · first / (√second · correction + epsilon)` after both means have moved. */
export function moveByAdamW(arrays: AdamWArrays, step: AdamWStep): void {
  const { values, gradient, first, second } = arrays;
  const { scale, beta1, beta2, keep, rate, correction, epsilon } = step;
  run(adamW, [values, gradient, first, second], [
    ...[scale, beta1, 1 - beta1, beta2, 1 - beta2],
    ...[keep, -rate, correction, epsilon],
  ]);
}

/** y = a · x + b · y. */
export function blend(
  y: Float32Array,
  x: Float32Array,
  { a, b }: { a: number; b: number },
): void {
  run(blendKernel, [y, x], [a, b]);
}

/** y = x, multiplied by `factor`. */
export function scaleInto(y: Float32Array, x: Float32Array, factor: number): void {
  run(scaleKernel, [y, x], [factor]);
}

/** y = y + x. */
export function addInto(y: Float32Array, x: Float32Array): void {
  run(addKernel, [y, x], []);
}

/** The sum of the squares, added up in many lanes. */
export function sumOfSquares(x: Float32Array): number {
  const { arena, compute: { kernels } } = arenaBackend();
  const result = arena.allocate(4);
  kernels.run(squaresKernel, [x.length, addressOf(x), result]);
  const [sum] = arena.floats(result, 1);
  arena.free(result, 4);
  return sum;
}

function run(
  kernel: KernelDefinition,
  arrays: readonly Float32Array[],
  numbers: readonly number[],
): void {
  const [{ length }] = arrays;
  for (const array of arrays) {
    if (array.length !== length) {
      throw new RangeError(`Arrays of ${length} and ${array.length} numbers cannot meet.`);
    }
  }
  arenaBackend().compute.kernels.run(kernel, [length, ...arrays.map(addressOf), ...numbers]);
}

function addressOf(array: Float32Array): number {
  if (!arenaBackend().arena.holds(array)) {
    throw new RangeError("Flat arithmetic needs arrays in the arena; see allocateRegion.");
  }
  return array.byteOffset;
}

const adamW: KernelDefinition = {
  name: "AdamW",
  write(code) {
    const size = code.count();
    const [values, gradient, first, second] = Array.from({ length: 4 }, () => code.pointer());
    const [scale, beta1, rest1, beta2, rest2, keep, back, correction, epsilon] = Array.from(
      { length: 9 },
      () => code.number(),
    );
    code.columns(size, () => {
      const g = code.multiply(code.load(gradient), scale);
      const m = code.multiplyAdd(g, rest1, code.multiply(code.load(first), beta1));
      code.store(first, m);
      const square = code.multiply(g, g);
      const v = code.multiplyAdd(square, rest2, code.multiply(code.load(second), beta2));
      code.store(second, v);
      const size = code.multiplyAdd(code.root(v), correction, epsilon);
      const move = code.divide(code.multiply(m, back), size);
      code.store(values, code.multiplyAdd(code.load(values), keep, move));
    });
  },
};

const blendKernel: KernelDefinition = {
  name: "blend",
  write(code) {
    const [size, y, x] = [code.count(), code.pointer(), code.pointer()];
    const [a, b] = [code.number(), code.number()];
    code.columns(size, () => {
      code.store(y, code.multiplyAdd(code.load(x), a, code.multiply(code.load(y), b)));
    });
  },
};

const scaleKernel: KernelDefinition = {
  name: "scale",
  write(code) {
    const [size, y, x] = [code.count(), code.pointer(), code.pointer()];
    const factor = code.number();
    code.columns(size, () => code.store(y, code.multiply(code.load(x), factor)));
  },
};

const addKernel: KernelDefinition = {
  name: "add",
  write(code) {
    const [size, y, x] = [code.count(), code.pointer(), code.pointer()];
    code.columns(size, () => code.store(y, code.add(code.load(y), code.load(x))));
  },
};

const squaresKernel: KernelDefinition = {
  name: "sum of squares",
  write(code) {
    const [size, x, y] = [code.count(), code.pointer(), code.pointer()];
    const sum = code.variable(0);
    code.columns(size, () => {
      const value = code.load(x);
      code.gatherProduct(sum, value, value);
    });
    code.storeFirst(y, code.sum(sum));
  },
};
