import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { mergeByHeap, mergeByScan } from "../../../lib/tokenizer/bpe_merge.ts";
import { PairTable } from "../../../lib/tokenizer/pair_table.ts";

/** Rules over the ids 0 to 3 and what merges of them make. */
function randomRules(choices: number[]): { ranks: PairTable; results: Uint32Array } {
  const ranks = new PairTable();
  choices.forEach((choice, rank) => {
    const ids = 4 + rank;
    const left = choice % ids;
    const right = Math.floor(choice / ids) % ids;
    ranks.set(left, right, rank);
  });
  return { ranks, results: Uint32Array.from(choices, (_, rank) => 4 + rank) };
}

Deno.test("the heap for long pieces merges as the scan for short ones", () => {
  const piece = fc.array(fc.nat(3), { maxLength: 200 });
  const rules = fc.array(fc.nat(1000), { maxLength: 30 });
  fc.assert(
    fc.property(piece, rules, (ids, choices) => {
      const byScan = Uint32Array.from(ids);
      const byHeap = Uint32Array.from(ids);
      const scanned = mergeByScan(byScan, ids.length, randomRules(choices));
      const heaped = mergeByHeap(byHeap, ids.length, randomRules(choices));
      assertEquals(byHeap.subarray(0, heaped), byScan.subarray(0, scanned));
    }),
    { numRuns: 2000 },
  );
});

Deno.test("of equal pairs the leftmost is merged first", () => {
  const ranks = new PairTable();
  ranks.set(0, 0, 0);
  const ids = Uint32Array.of(0, 0, 0);
  assertEquals(mergeByScan(ids, 3, { ranks, results: Uint32Array.of(1) }), 2);
  assertEquals([...ids.subarray(0, 2)], [1, 0]);
});
