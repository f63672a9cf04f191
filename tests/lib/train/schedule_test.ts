import { assertAlmostEquals, assertEquals } from "@std/assert";
import { warmupCosine } from "../../../lib/train/schedule.ts";

const schedule = { learningRate: 2, finalShare: 0.1, warmup: 4, steps: 104 };

Deno.test("the learning rate climbs straight to its highest", () => {
  assertEquals([0, 1, 2, 3].map((step) => warmupCosine(step, schedule)), [0.5, 1, 1.5, 2]);
});

Deno.test("the learning rate falls along half a cosine to its final share", () => {
  assertAlmostEquals(warmupCosine(4, schedule), 2);
  assertAlmostEquals(warmupCosine(54, schedule), 1.1);
  assertAlmostEquals(warmupCosine(104, schedule), 0.2);
});
