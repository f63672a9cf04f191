// Products by the C interface of BLAS against their definition: with Accelerate on macOS, with OpenBLAS
// where Debian or Ubuntu have it.

import { assert } from "@std/assert";
import { Random } from "../../../../lib/random.ts";
import { ACCELERATE, CblasProducts } from "../../../../lib/tensor/products/cblas_products.ts";
import { GuardedMemory } from "./machine.ts";
import { assertProduct, operandSizes, randomCase } from "./plain_product.ts";

const LIBRARIES = [ACCELERATE, "libopenblas.so.0", "libcblas.so.3", "libblas.so.3"];

Deno.test("products of 500 random shapes by BLAS's C interface agree with the definition", () => {
  const random = new Random(1);
  const memory = new GuardedMemory(random);
  const products = open(memory);
  if (products === undefined) {
    console.log(`Not tested: none of ${LIBRARIES.join(", ")} is here.`);
    return;
  }
  for (let i = 0; i < 500; i++) {
    memory.clear();
    const [accumulate, bias] = [random.uniform() < 0.3, random.uniform() < 0.3];
    const given = { ...randomCase(random, { most: 100 }), accumulate, bias };
    const sizes = operandSizes(given);
    const [a, b, c] = [memory.take(sizes.a), memory.take(sizes.b), memory.take(sizes.c)];
    const row = given.bias ? memory.take(given.n) : undefined;
    const before = c.view.slice();
    const regions = { a: a.region, b: b.region, c: c.region };
    products.multiply({ ...given, ...regions }, { bias: row?.region });
    const values = { a: a.view, b: b.view, c: c.view, before, bias: row?.view };
    assertProduct(values, given);
    assert([a, b, c].every((guarded) => guarded.isIntact()), JSON.stringify(given));
  }
});

function open(memory: GuardedMemory): CblasProducts | undefined {
  for (const library of LIBRARIES) {
    try {
      return new CblasProducts(library, { memory });
    } catch {
      // Not this one; having none is told.
    }
  }
  return undefined;
}
