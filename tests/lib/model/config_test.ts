import { assert, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { ConfigError } from "../../../lib/errors.ts";
import { modelConfig, type ModelOptions } from "../../../lib/model/config.ts";
import { Transformer } from "../../../lib/model/transformer.ts";
import { useBackend } from "../../../lib/tensor/backend.ts";

const wrong: [Partial<ModelOptions>, string][] = [
  [{ heads: 5, width: 128 }, "heads must divide the width, but got 5 heads for a width of 128."],
  [{ kvHeads: 3 }, "kvHeads must divide heads, but got 3 for 4 heads."],
  [{ layers: 0 }, "layers must be a whole number from 1 up, but got 0."],
  [
    { layers: { toString: 0 } as unknown as number },
    'layers must be a whole number from 1 up, but got {"toString":0}.',
  ],
  [{ vocabularySize: -2 }, "vocabularySize must be a whole number from 1 up, but got -2."],
  [{ norm: "batchnorm" as "rmsnorm" }, "norm must be layernorm or rmsnorm, but got batchnorm."],
  [{ layer: 3 } as Partial<ModelOptions>, "There is no option layer; there are vocabularySize"],
  [{ normEpsilon: -1 }, "normEpsilon must be a number from 0 up, but got -1."],
  [{ ropeTheta: 0 }, "ropeTheta must be a number above 0, but got 0."],
  [{ bias: 1 as unknown as boolean }, "bias must be true or false or attention"],
  [{ qkNorm: 1 as unknown as boolean }, "qkNorm must be true or false, but got 1."],
  [{ ropeScaling: { kind: "linear", factor: 0 } }, "ropeScaling must be null, { kind"],
  [{ ropeScaling: { kind: "toString" } as unknown as null }, "ropeScaling must be null, { kind"],
  [{ noRopeLayers: [4] }, "noRopeLayers must list layers from 0 to 3, but got [4]."],
  [{ heads: 4, width: 12 }, "a head is 3 wide"],
];
for (const [option, sentence] of wrong) {
  Deno.test(`a model with ${JSON.stringify(option)} is refused`, () => {
    assertThrows(() => modelConfig({ vocabularySize: 65, ...option }), ConfigError, sentence);
  });
}

Deno.test("what is not said of a model is chosen to fit the rest", () => {
  const { kvHeads, headWidth, mlpWidth } = modelConfig({ vocabularySize: 65, width: 96, heads: 6 });
  assertEquals({ kvHeads, headWidth, mlpWidth }, { kvHeads: 6, headWidth: 16, mlpWidth: 256 });
});

Deno.test("the same seed starts a model with the same numbers, another seed with others", async () => {
  await useBackend("auto");
  const numbers = (seed: number) =>
    [...Transformer.create({ vocabularySize: 9, width: 16, layers: 1, seed }).values().values()]
      .map((values) => [...values]);
  assertEquals(numbers(3), numbers(3));
  assertEquals(numbers(3).join() === numbers(4).join(), false);
});

Deno.test("a LayerNorm may go without its bias, an RMSNorm has none", () => {
  assert(modelConfig({ vocabularySize: 9, norm: "layernorm" }).normBias);
  assert(!modelConfig({ vocabularySize: 9 }).normBias);
  const model = Transformer.create({
    vocabularySize: 9,
    norm: "layernorm",
    normBias: false,
    layers: 1,
    width: 8,
    heads: 2,
  });
  assertEquals([...model.parameters.keys()].filter((name) => name.endsWith("bias")), []);
  assertThrows(
    () => modelConfig({ vocabularySize: 9, normBias: true }),
    ConfigError,
    "an RMSNorm has no bias",
  );
});

Deno.test("a model may have a single head", async () => {
  await useBackend("auto");
  const model = Transformer.create({ vocabularySize: 9, width: 16, layers: 1, heads: 1 });
  const ids = tf.tensor2d([[1, 2, 3], [4, 5, 6]], undefined, "int32");
  assertEquals(model.logits(ids).shape, [2, 3, 9]);
  const { grads } = tf.variableGrads(() => model.loss(ids, ids));
  assertEquals(Object.keys(grads).length, model.parameters.size);
  model.dispose();
});
