// Which products get code of their own.

import { assertEquals } from "@std/assert";
import { adaptiveProducts } from "../../../../lib/tensor/products/adaptive.ts";
import type { GeneratedProducts } from "../../../../lib/tensor/products/dispatch.ts";

Deno.test("code is generated for a shape once the work on it is worth it", () => {
  const taken: string[] = [];
  const generated = { multiply: () => taken.push("generated") } as unknown as GeneratedProducts;
  const multiply = adaptiveProducts(generated, () => taken.push("otherwise"));
  const nowhere = { address: 0, length: 0 };
  const product = (m: number) => ({
    ...{ a: nowhere, b: nowhere, c: nowhere },
    ...{ m, n: 100, k: 100 },
  });
  multiply(product(1000)); // 2 · 10⁷ operations: at once
  for (let i = 0; i < 7; i++) multiply(product(100)); // 2 · 10⁶ each: from the fifth time on
  multiply(product(101)); // another shape
  assertEquals(taken, [
    "generated",
    ...Array(4).fill("otherwise"),
    ...Array(3).fill("generated"),
    "otherwise",
  ]);
});
