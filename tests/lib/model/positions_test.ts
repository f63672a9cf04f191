// What is asked of some positions alone is what it is among all.

import { assert } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import type { ModelOptions } from "../../../lib/model/config.ts";
import { Transformer } from "../../../lib/model/transformer.ts";
import { useBackend } from "../../../lib/tensor/backend.ts";

await useBackend();

const MODELS: ModelOptions[] = [
  { vocabularySize: 50, context: 16, layers: 3, width: 32, heads: 4, kvHeads: 2 },
  { vocabularySize: 50, context: 16, layers: 1, width: 32, heads: 1, activation: "relu2" },
  {
    ...{ vocabularySize: 50, context: 16, layers: 2, width: 32, heads: 2, tiedHead: false },
    ...{ norm: "layernorm", positions: "learned", activation: "gelu", bias: true },
  },
  {
    ...{ vocabularySize: 50, context: 16, layers: 2, width: 32, heads: 2 },
    lora: { rank: 2, alpha: 4, targets: ["query", "up", "down"] },
  },
];

Deno.test("scores of some positions are those that they have among all, and so are their gradients", () => {
  for (const options of MODELS) {
    const model = Transformer.create(options);
    for (const variable of model.parameters.values()) {
      tf.tidy(() =>
        variable.assign(tf.add(variable, tf.randomNormal(variable.shape, 0, 0.1, "float32", 5)))
      );
    }
    const tokens = tf.tensor2d(Array.from({ length: 24 }, (_, i) => i * i % 50), [2, 12], "int32");
    const at = tf.tensor1d([3, 11, 12, 20, 3], "int32");
    const weights = tf.randomNormal([5, 50], 0, 1, "float32", 6);
    const alone = () => model.scores(model.hidden(tokens, { at }));
    const among = () => tf.gather(tf.reshape(model.logits(tokens), [24, 50]), at);
    const [some, all] = [alone, among].map((scores) =>
      tf.tidy(() => {
        const { value, grads } = tf.variableGrads(() => tf.sum(tf.mul(scores(), weights)));
        const gradients = [...model.parameters.values()].map(({ name }) => grads[name]);
        return [scores(), value, ...gradients].map((tensor) => [...tensor.dataSync()]);
      })
    );
    for (const [i, values] of all.entries()) {
      const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      // The gradient of a key's bias is 0 but for rounding.
      const most = 1e-5 * scale + 1e-6;
      values.forEach((value, j) => assert(Math.abs(some[i][j] - value) <= most));
    }
    model.dispose();
  }
});
