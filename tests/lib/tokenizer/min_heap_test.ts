import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { MinHeap } from "../../../lib/tokenizer/min_heap.ts";

Deno.test("a heap gives its entries sorted by key, then by tie", () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 300 }), (entries) => {
    const heap = new MinHeap();
    for (const [key, tie] of entries) heap.push(key, tie);
    const taken: number[][] = [];
    for (; heap.size > 0; heap.pop()) taken.push([heap.key, heap.tie]);
    assertEquals(taken, entries.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]));
  }));
});
