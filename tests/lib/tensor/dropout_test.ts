import { assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/tensor/backend.ts";
import { dropout, type DropoutOptions } from "../../../lib/tensor/dropout.ts";

await useBackend("auto");

const options: DropoutOptions = { rate: 0.25, seed: 3, site: 1 };

function dropped(size: number, changed: Partial<DropoutOptions> = {}): number[] {
  return tf.tidy(() => [...dropout(tf.ones([size]), { ...options, ...changed }).dataSync()]);
}

Deno.test("dropout leaves out its share and keeps the mean", () => {
  const values = dropped(100_000);
  const gone = values.filter((value) => value === 0).length;
  assertAlmostEquals(gone / values.length, 0.25, 0.01);
  assertAlmostEquals(values.reduce((sum, value) => sum + value, 0) / values.length, 1, 0.01);
  for (const value of values) if (value !== 0) assertAlmostEquals(value, 1 / 0.75, 1e-6);
});

Deno.test("a batch in two parts loses the numbers that the whole would have lost", () => {
  assertEquals([...dropped(60), ...dropped(40, { first: 60 })], dropped(100));
});

Deno.test("another seed or another site leaves out other numbers", () => {
  assertEquals(dropped(100), dropped(100));
  assertNotEquals(dropped(100), dropped(100, { seed: 4 }));
  assertNotEquals(dropped(100), dropped(100, { site: 2 }));
});
