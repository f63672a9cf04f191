import { assert, assertEquals } from "@std/assert";
import { exponential } from "../../../lib/generate/exponential.ts";

Deno.test("the exponential is right to twelve digits wherever it is a normal number", () => {
  for (let i = 0; i <= 70_800; i++) {
    const expected = Math.exp(-i / 100);
    assert(Math.abs(exponential(-i / 100) - expected) <= 1e-12 * expected, String(-i / 100));
  }
  assertEquals(exponential(0), 1);
});

Deno.test("the exponential of what is far below is 0, and of no number none", () => {
  for (const x of [-708.1, -1e300, -Infinity]) assertEquals(exponential(x), 0);
  assertEquals(exponential(NaN), NaN);
});
