import { assertEquals } from "@std/assert";
import { PairTable } from "../../../lib/tokenizer/pair_table.ts";

Deno.test("a pair table keeps every pair while it grows", () => {
  const table = new PairTable();
  for (let left = 0; left < 100; left++) {
    for (let right = 0; right < 100; right++) table.set(left, right * right, left * 100 + right);
  }
  assertEquals(table.size, 10_000);
  for (let left = 0; left < 100; left++) {
    for (let right = 0; right < 100; right++) {
      assertEquals(table.get(left, right * right), left * 100 + right);
    }
  }
  assertEquals(table.get(100, 0), -1);
});

Deno.test("a pair that is set again has its new value only", () => {
  const table = new PairTable();
  table.set(1, 2, 3);
  table.set(1, 2, 4);
  assertEquals([table.get(1, 2), table.get(2, 1), table.size], [4, -1, 1]);
});
