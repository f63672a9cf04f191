// The language of the vector kernels: every step of it, in each kind of code, against plain loops, for
// rows of every length and with guards around every array.

import { assert, assertEquals, assertThrows } from "@std/assert";
import { Random } from "../../../../lib/random.ts";
import { Arena } from "../../../../lib/tensor/arena/arena.ts";
import { createSharedMemory } from "../../../../lib/tensor/arena/pages.ts";
import type { KernelCode, Vector } from "../../../../lib/tensor/vectors/code.ts";
import type { KernelDefinition } from "../../../../lib/tensor/vectors/kernels.ts";
import { exponential, logistic } from "../../../../lib/tensor/vectors/math.ts";
import { runners } from "./runners.ts";

const arena = new Arena(createSharedMemory());
const random = new Random(1, "vector kernels");
const GUARD = -12345.5;
const GUARDS = 20;

/** An array with guards around it, at an address of any alignment that floats may have. */
function guarded(values: ArrayLike<number>): { address: number; read: () => number[] } {
  const bytes = 4 * (values.length + 2 * GUARDS + 16);
  const start = arena.allocate(bytes) + 4 * random.integer(16);
  const all = arena.floats(start, values.length + 2 * GUARDS).fill(GUARD);
  all.set(values, GUARDS);
  return {
    address: start + 4 * GUARDS,
    read() {
      const isWhole = (part: Float32Array) => part.every((value) => value === GUARD);
      assert(isWhole(all.subarray(0, GUARDS)), "wrote before the array");
      assert(isWhole(all.subarray(GUARDS + values.length)), "wrote behind the array");
      return [...all.subarray(GUARDS, GUARDS + values.length)];
    },
  };
}

const normals = (length: number) => Array.from({ length }, () => Math.fround(random.normal()));

/** A kernel that makes a row y of rows a and b, and a number s. */
function rowKernel(
  name: string,
  body: (code: KernelCode, values: { a: Vector; b: Vector; s: Vector }) => Vector,
): KernelDefinition {
  return {
    name,
    write(code) {
      const [rows, width] = [code.count(), code.count()];
      const [a, b, y] = [code.pointer(), code.pointer(), code.pointer()];
      const s = code.number();
      const bytes = code.bytes(width);
      code.repeat(rows, () => {
        code.columns(
          width,
          () => code.store(y, body(code, { a: code.load(a), b: code.load(b), s })),
        );
        for (const pointer of [a, b, y]) code.advance(pointer, bytes);
      });
    },
  };
}

const f = Math.fround;
const rowOperations: [
  KernelDefinition,
  (a: number, b: number, s: number, place: number) => number,
][] = [
  [rowKernel("add", (code, { a, b }) => code.add(a, b)), (a, b) => a + b],
  [rowKernel("subtract", (code, { a, b }) => code.subtract(a, b)), (a, b) => a - b],
  [rowKernel("subtract from 2", (code, { a }) => code.subtract(code.constant(2), a)), (a) => 2 - a],
  [rowKernel("divide", (code, { a, b }) => code.divide(a, b)), (a, b) => a / b],
  [rowKernel("scale", (code, { a, s }) => code.multiply(a, s)), (a, _, s) => a * s],
  [rowKernel("max", (code, { a, b }) => code.max(a, b)), (a, b) => Math.max(a, b)],
  [rowKernel("min", (code, { a, b }) => code.min(a, b)), (a, b) => Math.min(a, b)],
  [rowKernel("root", (code, { a }) => code.root(code.multiply(a, a))), (a) => Math.abs(a)],
  [rowKernel("a·b + s", (code, { a, b, s }) => code.multiplyAdd(a, b, s)), (a, b, s) => a * b + s],
  [
    rowKernel(
      "a·b + a, with a still needed",
      (code, { a, b }) => code.add(code.multiplyAdd(a, b, a), a),
    ),
    (a, b) => a * b + 2 * a,
  ],
  [
    rowKernel("s − a·a", (code, { a, s }) => code.multiplySubtract(a, a, s)),
    (a, _, s) => s - a * a,
  ],
  [
    rowKernel("3·a + b", (code, { a, b }) => code.multiplyAdd(code.constant(3), a, b)),
    (a, b) => 3 * a + b,
  ],
  [
    rowKernel("a·b + 3", (code, { a, b }) => code.multiplyAdd(a, b, code.constant(3))),
    (a, b) => a * b + 3,
  ],
  [
    rowKernel("3 − a·b", (code, { a, b }) => code.multiplySubtract(a, b, code.constant(3))),
    (a, b) => 3 - a * b,
  ],
  [
    rowKernel("places, and bits that are multiplied, shifted and masked", (code, { a }) => {
      const seven = code.multiplyBits(code.places(), code.constantBits(7));
      const odd = code.shift("rightSigned", code.shift("left", code.xor(seven, seven), 31), 31);
      const bit = code.shift("left", code.addBits(seven, odd), 31); // of the lowest bit of 7 · place
      return code.and(a, code.shift("rightSigned", bit, 31));
    }),
    (a, _b, _s, place) => place % 2 === 1 ? a : 0,
  ],
  [rowKernel("exponential", (code, { a }) => exponential(code, a)), Math.exp],
  [rowKernel("logistic", (code, { a }) => logistic(code, a)), (a) => 1 / (1 + Math.exp(-a))],
];

for (const [name, start] of runners) {
  const runner = start?.(arena);
  if (runner === undefined) continue;

  for (const [kernel, definition] of rowOperations) {
    Deno.test(`${name}: ${kernel.name} of rows of every length`, () => {
      for (let width = 0; width < 70; width++) {
        const rows = width % 3;
        const [a, b] = [normals(rows * width), normals(rows * width)];
        const arrays = [guarded(a), guarded(b), guarded(a)];
        const s = f(random.normal());
        runner.run(kernel, [rows, width, ...arrays.map(({ address }) => address), s]);
        const [isA, isB, y] = arrays.map(({ read }) => read());
        assertEquals(isA, a);
        assertEquals(isB, b);
        y.forEach((value, i) => {
          const expected = definition(a[i], b[i], s, i % width);
          const size = Math.abs(a[i]) + Math.abs(b[i]) + Math.abs(s) + Math.abs(expected) + 3;
          assert(Math.abs(value - expected) <= 2e-7 * size, `${value}, not ${expected}`);
        });
      }
    });
  }

  Deno.test(`${name}: sums, products and maxima along rows of every length`, () => {
    const kernel: KernelDefinition = {
      name: "reductions",
      write(code) {
        const width = code.count();
        const [a, b, y] = [code.pointer(), code.pointer(), code.pointer()];
        const [sum, product, most] = [0, 0, -Infinity].map((start) => code.variable(start));
        code.columns(width, () => {
          const [left, right] = [code.load(a), code.load(b)];
          code.gather(sum, code.add(left, code.constant(1)));
          code.gatherProduct(product, code.add(left, code.constant(1)), right);
          code.gatherMax(most, code.subtract(left, code.constant(10)));
        });
        for (const result of [code.sum(sum), code.sum(product), code.largest(most)]) {
          code.storeFirst(y, result);
          code.advance(y, 4);
        }
      },
    };
    for (let width = 1; width < 70; width++) {
      const [a, b] = [normals(width), normals(width)];
      const arrays = [guarded(a), guarded(b), guarded([0, 0, 0])];
      runner.run(kernel, [width, ...arrays.map(({ address }) => address)]);
      const [sum, product, most] = arrays[2].read();
      const close = (x: number, y: number) => assert(Math.abs(x - y) < 1e-4, `${x}, not ${y}`);
      close(sum, a.reduce((s, x) => s + x + 1, 0));
      close(product, a.reduce((s, x, i) => s + (x + 1) * b[i], 0));
      close(most, Math.max(...a) - 10);
    }
  });

  Deno.test(`${name}: rows chosen by index are gathered`, () => {
    const kernel: KernelDefinition = {
      name: "gather rows",
      write(code) {
        const [count, width] = [code.count(), code.count()];
        const [ids, table, y] = [code.pointer(), code.pointer(), code.pointer()];
        const bytes = code.bytes(width);
        code.repeat(count, () => {
          const row = code.copy(table);
          code.advance(row, code.product(code.loadInteger(ids), bytes));
          code.columns(width, () => code.store(y, code.load(row)));
          code.advance(ids, 4);
          code.advance(y, bytes);
        });
      },
    };
    const [width, table] = [21, normals(5 * 21)];
    const ids = arena.allocate(16);
    arena.integers(ids, 4).set([3, 0, 4, 3]);
    const [from, to] = [guarded(table), guarded(new Float32Array(4 * width))];
    runner.run(kernel, [4, width, ids, from.address, to.address]);
    assertEquals(
      to.read(),
      [3, 0, 4, 3].flatMap((id) => table.slice(id * width, (id + 1) * width)),
    );
  });

  Deno.test(`${name}: the exponential is right to two units in the last place`, () => {
    const kernel = rowKernel("exponential", (code, { a }) => exponential(code, a));
    const x = Float32Array.from({ length: 20_000 }, (_, i) => -87 + i * 0.00878);
    const arrays = [guarded(x), guarded(x), guarded(x)];
    runner.run(kernel, [1, x.length, ...arrays.map(({ address }) => address), 0]);
    arrays[2].read().forEach((y, i) => {
      const expected = Math.exp(x[i]);
      assert(Math.abs(y / expected - 1) < 2 * 2 ** -23, `e^${x[i]} is ${expected}, not ${y}`);
    });
  });

  Deno.test(`${name}: the exponential keeps its bounds, and what is no number`, () => {
    const kernel = rowKernel("exponential", (code, { a }) => exponential(code, a));
    const x = [-Infinity, -1000, 1000, Infinity, NaN, 0];
    const arrays = [guarded(x), guarded(x), guarded(x)];
    runner.run(kernel, [1, x.length, ...arrays.map(({ address }) => address), 0]);
    const y = arrays[2].read();
    assert(y[0] < 2e-38 && y[1] < 2e-38 && y[2] > 3e38 && y[3] > 3e38, `${y}`);
    assert(Number.isNaN(y[4]) && y[5] === 1, `${y}`);
  });

  Deno.test(`${name}: a kernel with a wrong number of arguments is not run`, () => {
    assertThrows(() => runner.run(rowOperations[0][0], [1, 2]), RangeError, "takes 6 arguments");
  });
}
