import { assert, assertEquals } from "@std/assert";
import { modelConfig } from "../../../lib/model/config.ts";
import { chooseOptimizer } from "../../../lib/train/choose_optimizer.ts";
import { parameterLayout } from "../../../lib/train/layout.ts";
import { trainingOptions } from "../../../lib/train/options.ts";
import { divide } from "../../../lib/train/shards.ts";

const layout = parameterLayout(
  modelConfig({
    vocabularySize: 65,
    layers: 3,
    width: 48,
    heads: 4,
    norm: "layernorm",
    bias: true,
  }),
);

for (const name of ["adamw", "muon"] as const) {
  const optimizer = chooseOptimizer(
    trainingOptions({ steps: 1, optimizer: name }, { modelContext: 64 }),
  );
  for (const workers of [1, 2, 3, 4]) {
    Deno.test(`${name}: ${workers} workers have every number once, and about as many each`, () => {
      const shares = divide(layout.slots, { optimizer, workers });
      const times = new Uint8Array(layout.size);
      for (const { slot, start, end } of shares.flat()) {
        for (let i = start; i < end; i++) times[slot.offset + i]++;
        if (!optimizer.isDivisible(slot)) assertEquals([start, end], [0, slot.size]);
        assertEquals((slot.offset + start) % 16, 0);
      }
      for (const { offset, size } of layout.slots) {
        assert(times.subarray(offset, offset + size).every((count) => count === 1));
      }
      const loads = shares.map((share) => share.reduce((sum, r) => sum + r.end - r.start, 0));
      assert(Math.max(...loads) < 1.2 * Math.min(...loads) + 64, `loads ${loads}`);
    });
  }
}
