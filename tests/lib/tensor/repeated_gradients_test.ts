// Passes that are recorded and repeated, against passes that are computed anew.

import { assert, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { Random } from "../../../lib/random.ts";
import type { ModelOptions } from "../../../lib/model/config.ts";
import { Transformer } from "../../../lib/model/transformer.ts";
import { arenaBackend, regionOf, regionView } from "../../../lib/tensor/arena/regions.ts";
import { useBackend } from "../../../lib/tensor/backend.ts";
import { valueAndGradients } from "../../../lib/tensor/gradients.ts";
import { RepeatedGradients } from "../../../lib/tensor/repeated_gradients.ts";
import { IGNORED } from "../../../lib/tensor/cross_entropy.ts";

const sizes = { vocabularySize: 11, context: 9, layers: 2, width: 16, heads: 4, kvHeads: 2 };
const models: Record<string, ModelOptions> = {
  "gpt2": { ...sizes, norm: "layernorm", positions: "learned", activation: "gelu", bias: true },
  "llama": { ...sizes, qkNorm: true },
  "tied": { ...sizes, tiedHead: true, activation: "gelu_exact", norm: "layernorm" },
};

/** A model over numbers that change, and what changes them. */
function changing(options: ModelOptions) {
  const random = new Random(3, "repeated");
  const model = Transformer.create(options);
  const ids = () => tf.tensor2d(new Int32Array(18), [2, 9], "int32");
  const [inputs, targets] = [ids(), ids()];
  const view = (tensor: tf.Tensor) => arenaBackend().view(tensor);
  const change = () => {
    for (const tokens of [inputs, targets]) {
      view(tokens).forEach((_, i, all) => all[i] = random.integer(11));
    }
    view(targets)[random.integer(18)] = IGNORED;
    for (const variable of model.parameters.values()) {
      view(variable).forEach((value, i, all) => all[i] = value + 0.01 * random.normal());
    }
  };
  change();
  const variables = [...model.parameters.values()];
  const loss = () => model.loss(inputs, targets);
  const dispose = () => {
    model.dispose();
    tf.dispose([inputs, targets]);
  };
  return { inputs, change, loss, variables, dispose };
}

const read = (gradients: readonly tf.Tensor[]) => gradients.map((g) => [...g.dataSync()]);

for (const backend of ["native", "wasm"] as const) {
  for (const [name, options] of Object.entries(models)) {
    Deno.test(`${backend}: repeated passes of ${name} give the numbers of new ones`, async () => {
      try {
        await useBackend(backend);
      } catch (error) {
        return console.log(`left out: ${(error as Error).message}`);
      }
      const { change, loss, variables, dispose } = changing(options);
      const passes = new RepeatedGradients(loss, variables);
      for (const weight of [1, 0.5, 1, 2]) {
        change();
        const seed = tf.scalar(weight);
        const expected = valueAndGradients(loss, variables, { seed });
        const found = passes.compute({ weight });
        assertEquals(found.loss, weight * expected.value.dataSync()[0]);
        assertEquals(read(found.gradients), read(expected.gradients));
        tf.dispose([seed, expected.value, ...expected.gradients]);
      }
      passes.dispose();
      dispose();
    });
  }
}

for (const [name, options] of Object.entries(models)) {
  Deno.test(`the loss of ${name} is gone through once, however often it is computed`, async () => {
    await useBackend("auto");
    const { loss, variables, dispose } = changing(options);
    let times = 0;
    const counted = () => {
      times++;
      return loss();
    };
    const passes = new RepeatedGradients(counted, variables);
    for (let i = 0; i < 5; i++) passes.compute({ weight: 1 });
    assertEquals(times, 1);
    passes.dispose();
    dispose();
  });
}

Deno.test("repeated passes make no tensor and take no memory, and give all back at the end", async () => {
  await useBackend("auto");
  const { pages } = arenaBackend().arena;
  const { change, loss, variables, dispose } = changing(models.llama);
  const [tensors, bytes] = [tf.memory().numTensors, pages.bytesTaken()];
  for (let round = 0; round < 3; round++) {
    const passes = new RepeatedGradients(loss, variables);
    passes.compute({ weight: 1 });
    const [held, taken] = [tf.memory().numTensors, pages.bytesTaken()];
    for (let i = 0; i < 10; i++) {
      change();
      passes.compute({ weight: 1 });
      assertEquals([tf.memory().numTensors, pages.bytesTaken()], [held, taken]);
    }
    passes.dispose();
    assertEquals(tf.memory().numTensors, tensors);
  }
  assert(pages.bytesTaken() - bytes < 3 * 2 ** 20, "recordings leave memory behind");
  dispose();
});

Deno.test("work in the memory of passes leaves them as they are", async () => {
  await useBackend("auto");
  const { loss, variables, dispose } = changing(models.gpt2);
  const passes = new RepeatedGradients(loss, variables);
  const first = read(passes.compute({ weight: 1 }).gradients);
  const judged = passes.within(() => tf.tidy(loss));
  const alone = tf.tidy(loss);
  assertEquals(judged.dataSync(), alone.dataSync());
  tf.dispose([judged, alone]);
  assertEquals(read(passes.compute({ weight: 1 }).gradients), first);
  passes.dispose();
  dispose();
});

Deno.test("a change of what computes is noticed", async () => {
  await useBackend("wasm");
  const { loss, variables, dispose } = changing(models.llama);
  const passes = new RepeatedGradients(loss, variables);
  passes.compute({ weight: 1 });
  const report = await useBackend("auto");
  const { value, gradients } = valueAndGradients(loss, variables);
  assertEquals(read(passes.compute({ weight: 1 }).gradients), read(gradients), report.line);
  tf.dispose([value, ...gradients]);
  passes.dispose();
  dispose();
});

Deno.test("what tfjs's own kernels compute, or JavaScript reads, is computed anew each time", async () => {
  await useBackend("auto");
  const a = tf.variable(tf.tensor1d([1, 2]));
  const losses: Record<string, () => tf.Scalar> = {
    "a kernel of tfjs": () => tf.sum(tf.square(a)) as tf.Scalar,
    "values that are read": () => tf.sum(tf.mul(a, a.dataSync()[0])) as tf.Scalar,
  };
  for (const [name, loss] of Object.entries(losses)) {
    const passes = new RepeatedGradients(loss, [a]);
    for (const start of [1, 5, -3]) {
      regionView(regionOf(a)).set([start, 2]);
      const { value, gradients } = valueAndGradients(loss, [a]);
      const found = passes.compute({ weight: 1 });
      assertEquals([found.loss], [...value.dataSync()], name);
      assertEquals(read(found.gradients), read(gradients), name);
      tf.dispose([value, ...gradients]);
    }
    passes.dispose();
  }
  a.dispose();
});

Deno.test("a repeated pass refuses what a new one refuses", async () => {
  await useBackend("auto");
  const { inputs, loss, variables, dispose } = changing(models.llama);
  const passes = new RepeatedGradients(loss, variables);
  passes.compute({ weight: 1 });
  arenaBackend().view(inputs)[4] = 11;
  assertThrows(() => passes.compute({ weight: 1 }), RangeError, "the id 11");
  passes.dispose();
  dispose();
});
