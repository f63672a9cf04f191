import { assertAlmostEquals, assertEquals } from "@std/assert";
import { learningRateAt, type Schedule } from "../../../lib/train/schedule.ts";

const cosine: Schedule = {
  schedule: "cosine",
  learningRate: 2,
  finalShare: 0.1,
  warmup: 4,
  cooldown: 0.4,
  steps: 104,
};
const linear: Schedule = { ...cosine, schedule: "linear" };
const trapezoid: Schedule = { ...cosine, schedule: "trapezoid", steps: 100 };

for (const schedule of [cosine, linear, trapezoid]) {
  Deno.test(`${schedule.schedule}: the learning rate climbs straight to its highest`, () => {
    const rates = [0, 1, 2, 3].map((step) => learningRateAt(step, schedule));
    assertEquals(rates, [0.5, 1, 1.5, 2]);
  });

  Deno.test(`${schedule.schedule}: the learning rate ends at its final share`, () => {
    assertAlmostEquals(learningRateAt(schedule.steps, schedule), 0.2);
  });
}

Deno.test("cosine: the learning rate falls along half a cosine", () => {
  assertAlmostEquals(learningRateAt(4, cosine), 2);
  assertAlmostEquals(learningRateAt(29, cosine), 0.2 + 1.8 * (1 + Math.SQRT1_2) / 2);
  assertAlmostEquals(learningRateAt(54, cosine), 1.1);
});

Deno.test("linear: the learning rate falls straight", () => {
  assertAlmostEquals(learningRateAt(29, linear), 2 - 0.25 * 1.8);
  assertAlmostEquals(learningRateAt(54, linear), 1.1);
});

Deno.test("trapezoid: the learning rate stays, and falls straight in the last part", () => {
  assertEquals([4, 30, 60].map((step) => learningRateAt(step, trapezoid)), [2, 2, 2]);
  assertAlmostEquals(learningRateAt(80, trapezoid), 1.1);
});
