// Products in WebAssembly against their definition, in a memory of their own.

import { assert, assertEquals } from "@std/assert";
import { Random } from "../../../../lib/random.ts";
import type { Region } from "../../../../lib/tensor/products/product.ts";
import { WasmProducts } from "../../../../lib/tensor/products/wasm_products.ts";
import { assertProduct, operandSizes, randomCase } from "./plain_product.ts";

const PAGE = 65536;
const GUARD_VALUE = -12345.5;

for (const relaxed of [true, false]) {
  Deno.test(`WebAssembly products of 600 random shapes agree with the definition, relaxed SIMD ${relaxed}`, () => {
    const random = new Random(1, `wasm ${relaxed}`);
    const memory = new WebAssembly.Memory({ initial: 64, maximum: 64, shared: true });
    const scratch = { start: 32 * PAGE, floats: 0 }; // the upper half
    const products = new WasmProducts({
      memory,
      allocate(bytes) {
        scratch.floats = bytes / 4;
        return scratch.start;
      },
      free() {},
    }, { relaxed });
    for (let i = 0; i < 600; i++) {
      const [accumulate, bias] = [random.uniform() < 0.3, random.uniform() < 0.3];
      const given = { ...randomCase(random, { most: 150 }), accumulate, bias };
      const all = new Float32Array(memory.buffer);
      all.fill(GUARD_VALUE);
      let top = 1 + random.integer(16); // any alignment that floats may have
      const sizes = [...Object.values(operandSizes(given)), given.n];
      const [a, b, c, row] = sizes.map((size) => {
        const view = all.subarray(top, top + size);
        for (let at = 0; at < size; at++) view[at] = random.normal();
        top += size + 1 + random.integer(16);
        return view;
      });
      const [copyA, copyB] = [a.slice(), b.slice()];
      const before = c.slice();
      const regions = { a: regionOf(a), b: regionOf(b), c: regionOf(c) };
      products.multiply({ ...regions, ...given }, { bias: bias ? regionOf(row) : undefined });
      const values = { a: copyA, b: copyB, c, before, bias: bias ? row : undefined };
      assertProduct(values, given);
      for (const view of [a, b, c, row]) view.fill(GUARD_VALUE);
      const untouched = all.subarray(0, scratch.start / 4);
      const behind = all.subarray(scratch.start / 4 + scratch.floats);
      assert(isGuard(untouched) && isGuard(behind), `wrote elsewhere: ${JSON.stringify(given)}`);
    }
  });
}

function regionOf({ byteOffset, length }: Float32Array): Region {
  return { address: byteOffset, length };
}

/** `every` takes ten times as long, and there is much to look at. */
function isGuard(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] !== GUARD_VALUE) return false;
  return true;
}

Deno.test("WebAssembly products survive memory that grows under them", () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 8, shared: true });
  const products = new WasmProducts({
    memory,
    allocate: (bytes) => memory.grow(Math.ceil(bytes / PAGE)) * PAGE,
    free() {},
  });
  const views = () => [16, 64, 128].map((start) => new Float32Array(memory.buffer, start, 4));
  views()[0].set([1, 2, 3, 4]);
  views()[1].set([5, 6, 7, 8]);
  const [a, b, c] = views().map(regionOf);
  products.multiply({ a, b, c, m: 2, n: 2, k: 2 });
  assertEquals([...views()[2]], [19, 22, 43, 50]);
});
