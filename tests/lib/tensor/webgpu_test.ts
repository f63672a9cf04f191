// The webgpu backend on whatever adapter there is, in software or not.

import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { ConfigError } from "../../../lib/errors.ts";
import { Transformer } from "../../../lib/model/transformer.ts";
import { useBackend } from "../../../lib/tensor/backend.ts";
import { valueAndGradients } from "../../../lib/tensor/gradients.ts";

/** Whether there is an adapter; what to install is said where there is none. */
async function hasAdapter(): Promise<boolean> {
  try {
    await useBackend("webgpu");
    return true;
  } catch (error) {
    console.log(`Not tested here: ${(error as Error).message}`);
    return false;
  }
}

Deno.test("webgpu: a model's loss, logits and gradients are those of cpu", async () => {
  if (!await hasAdapter()) return;
  const results: number[][][] = [];
  for (const backend of ["cpu", "webgpu"] as const) {
    await useBackend(backend);
    const model = Transformer.create({
      ...{ vocabularySize: 11, context: 9, layers: 2, width: 16, heads: 4, kvHeads: 2 },
    });
    const ids = (start: number) =>
      tf.tensor2d(Int32Array.from({ length: 18 }, (_, i) => (i * i + start) % 11), [2, 9], "int32");
    const variables = [...model.parameters.values()];
    const { value, gradients } = valueAndGradients(() => model.loss(ids(1), ids(2)), variables);
    const all = await Promise.all([value, model.logits(ids(3)), ...gradients].map((x) => x.data()));
    results.push(all.map((values) => [...values]));
  }
  const [expected, actual] = results;
  expected.forEach((values, i) => {
    values.forEach((value, j) => assertAlmostEquals(actual[i][j], value, 1e-5));
  });
});

Deno.test("webgpu: the line names the adapter, and reading at once is refused with what to do", async () => {
  if (!await hasAdapter()) return;
  const { line } = await useBackend("webgpu");
  assert(line.startsWith("webgpu: "), line);
  const x = tf.square(tf.tensor1d([1, 2]));
  assertThrows(() => x.dataSync(), Error, "await tensor.data()");
  assertEquals([...await x.data()], [1, 4]);
  assertEquals([...x.dataSync()], [1, 4]); // read once, it is known
  await useBackend("auto");
});

Deno.test("webgpu: where no adapter is found, the refusal says what to install", async () => {
  const { gpu } = navigator;
  const replace = (value: unknown) =>
    Object.defineProperty(navigator, "gpu", { configurable: true, value });
  try {
    replace({ requestAdapter: () => Promise.resolve(null) });
    await assertRejects(() => useBackend("webgpu"), ConfigError, "no GPU was found");
  } finally {
    replace(gpu);
  }
});
