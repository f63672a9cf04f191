// Whoever copies a panel of B bit by bit must copy all of it, and no row beyond it.

import { assert, assertEquals } from "@std/assert";
import {
  type CopyingSpread,
  cutRuns,
  endsOf,
  rowsOf,
  spreadCopying,
  spreadFetching,
} from "../../../../lib/tensor/products/spread.ts";
import { UNROLL } from "../../../../lib/tensor/products/sums.ts";

Deno.test("the blocks of a panel copy every row of the next one, at the pace of their rounds", () => {
  for (let count = 1; count < 30; count++) {
    for (let k = 0; k < 200; k++) {
      const spread = spreadCopying([{ rows: 3, count }], k);
      if (spread === undefined) continue;
      const copied = Array.from({ length: count }, (_, block) => rowsOf(spread, block));
      assertEquals(copied.reduce((sum, rows) => sum + rows, 0), k);
      assertEquals(copied[0], 0);
      assert(copied.every((rows) => rows >= 0 && rows * spread.rounds * UNROLL <= k));
    }
  }
});

Deno.test("a panel is copied by the panel before it where there are blocks and steps enough", () => {
  const spread: CopyingSpread = { first: 1, blocks: 12, rows: 57, all: 684, rounds: 3 };
  assertEquals(spreadCopying([{ rows: 14, count: 10 }, { rows: 13, count: 4 }], 684), spread);
  assertEquals(spreadCopying([{ rows: 14, count: 4 }], 684), undefined);
  assertEquals(spreadCopying([{ rows: 14, count: 14 }], 3), undefined);
});

Deno.test("blocks between the ends of a spread ask for as many rows each, and all of them for every row", () => {
  for (let count = 1; count < 30; count++) {
    for (const all of [1, 8, 16, 32, 48, 128]) {
      const blocks = [{ rows: 3, count }];
      const spread = spreadFetching(blocks, all);
      const runs = cutRuns(blocks, endsOf(spread));
      const asked = runs.map(({ first, count }) => count * rowsOf(spread, first));
      assertEquals(asked.reduce((sum, rows) => sum + rows, 0), all);
    }
  }
});

Deno.test("runs of blocks are cut where something ends", () => {
  const blocks = [{ rows: 3, count: 4 }, { rows: 2, count: 2 }];
  assertEquals(cutRuns(blocks, [1, 5]), [
    { first: 0, rows: 3, count: 1 },
    { first: 1, rows: 3, count: 3 },
    { first: 4, rows: 2, count: 1 },
    { first: 5, rows: 2, count: 1 },
  ]);
  assertEquals(cutRuns(blocks, []), [
    { first: 0, rows: 3, count: 4 },
    { first: 4, rows: 2, count: 2 },
  ]);
});
