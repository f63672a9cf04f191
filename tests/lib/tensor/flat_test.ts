// The arithmetic of optimisers against plain loops, on parts of arrays of every length.

import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Random } from "../../../lib/random.ts";
import { allocateRegion, regionView } from "../../../lib/tensor/arena/regions.ts";
import { type BackendName, useBackend } from "../../../lib/tensor/backend.ts";
import { addInto, blend, moveByAdamW, scaleInto, sumOfSquares } from "../../../lib/tensor/flat.ts";

const random = new Random(1, "flat");

/** An array in the arena, between numbers that must stay as they are. */
function flat(length: number, from: () => number = () => random.normal()): Float32Array {
  const all = regionView(allocateRegion(length + 10)).fill(7);
  const part = all.subarray(5, 5 + length);
  for (let i = 0; i < length; i++) part[i] = from();
  return part;
}

function assertUntouched(array: Float32Array): void {
  const { buffer, byteOffset, length } = array;
  for (const start of [byteOffset - 20, byteOffset + 4 * length]) {
    assertEquals([...new Float32Array(buffer, start, 5)], [7, 7, 7, 7, 7]);
  }
}

for (const backend of ["native", "wasm", "cpu"] as BackendName[]) {
  Deno.test(`${backend}: AdamW, blends and sums of arrays of every length are those of plain loops`, async () => {
    try {
      await useBackend(backend);
    } catch (error) {
      console.log(`left out: ${(error as Error).message}`);
      return;
    }
    const step = {
      ...{ scale: 0.7, beta1: 0.9, beta2: 0.99, keep: 0.999, rate: 0.01, correction: 3 },
      epsilon: 1e-8,
    };
    for (let length = 1; length < 70; length++) {
      const [values, gradient, first] = [flat(length), flat(length), flat(length)];
      const second = flat(length, () => random.normal() ** 2);
      const before = [values, gradient, first, second].map((array) => [...array]);
      moveByAdamW({ values, gradient, first, second }, step);
      for (let i = 0; i < length; i++) {
        const g = before[1][i] * step.scale;
        const m = step.beta1 * before[2][i] + (1 - step.beta1) * g;
        const v = step.beta2 * before[3][i] + (1 - step.beta2) * g * g;
        assertAlmostEquals(first[i], m, 1e-6);
        assertAlmostEquals(second[i], v, 1e-6);
        const move = step.rate * m / (Math.sqrt(v) * step.correction + step.epsilon);
        assertAlmostEquals(values[i], step.keep * before[0][i] - move, 1e-5);
      }
      const [y, x] = [flat(length), flat(length)];
      const expected = [...y].map((value, i) => 2 * (0.25 * x[i] + 0.75 * value) + x[i]);
      blend(y, x, { a: 0.25, b: 0.75 });
      scaleInto(y, y, 2);
      addInto(y, x);
      expected.forEach((value, i) => assertAlmostEquals(y[i], value, 1e-6));
      const squares = [...y].reduce((sum, value) => sum + value * value, 0);
      assertAlmostEquals(sumOfSquares(y), squares, 1e-5 * squares);
      [values, gradient, first, second, y, x].forEach(assertUntouched);
    }
  });
}

Deno.test("arrays outside the arena or of different lengths are refused", () => {
  assertThrows(() => addInto(new Float32Array(4), new Float32Array(4)), RangeError, "the arena");
  assertThrows(() => addInto(flat(4), flat(5)), RangeError, "4 and 5");
  assert(sumOfSquares(flat(0)) === 0);
});
