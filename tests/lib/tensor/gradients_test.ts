// The backward pass against tfjs's own.

import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { Transformer } from "../../../lib/model/transformer.ts";
import { useBackend } from "../../../lib/tensor/backend.ts";
import { valueAndGradients } from "../../../lib/tensor/gradients.ts";

const ids = (start: number) =>
  tf.tensor2d(Int32Array.from({ length: 18 }, (_, i) => (i * i + start) % 11), [2, 9], "int32");

for (const backend of ["native", "wasm", "cpu"] as const) {
  for (const arch of ["gpt2", "llama"] as const) {
    Deno.test(`${backend}: gradients of ${arch} are those of tfjs, and leave nothing behind`, async () => {
      try {
        await useBackend(backend);
      } catch (error) {
        console.log(`left out: ${(error as Error).message}`);
        return;
      }
      const model = Transformer.create({
        ...{ vocabularySize: 11, context: 9, layers: 2, width: 16, heads: 4, kvHeads: 2 },
        ...arch === "gpt2"
          ? { norm: "layernorm", positions: "learned", activation: "gelu", bias: true } as const
          : {},
      });
      const variables = [...model.parameters.values()];
      const [inputs, targets] = [ids(1), ids(2)];
      const loss = () => model.loss(inputs, targets);
      const expected = tf.variableGrads(loss, variables);
      for (let round = 0; round < 3; round++) {
        const before = tf.memory().numTensors;
        const { value, gradients } = valueAndGradients(loss, variables);
        assertEquals(tf.memory().numTensors, before + 1 + variables.length);
        assertAlmostEquals(value.dataSync()[0], expected.value.dataSync()[0], 1e-6);
        variables.forEach(({ name, shape }, i) => {
          assertEquals(gradients[i].shape, shape);
          const values = expected.grads[name].dataSync();
          gradients[i].dataSync().forEach((g, j) => assertAlmostEquals(g, values[j], 1e-6));
        });
        tf.dispose([value, ...gradients]);
      }
      model.dispose();
    });
  }
}

Deno.test("a variable that does nothing gets zeros, and one used twice the sum", async () => {
  await useBackend("auto");
  const [a, b] = [tf.variable(tf.tensor1d([1, 2])), tf.variable(tf.tensor1d([3, 4]))];
  const { gradients } = valueAndGradients(
    () => tf.sum(tf.add(a, tf.add(tf.mul(a, a), a))) as tf.Scalar,
    [a, b],
  );
  assertEquals(gradients.map((g) => [...g.dataSync()]), [[4, 6], [0, 0]]);
});

Deno.test("an error on the way forward or back leaves no tape behind", async () => {
  await useBackend("auto");
  const a = tf.variable(tf.tensor1d([1, 2]));
  assertThrows(
    () =>
      valueAndGradients(() => {
        tf.square(a);
        throw new Error("no");
      }, [a]),
    Error,
    "no",
  );
  const { gradients: [gradient] } = valueAndGradients(() => tf.sum(tf.square(a)) as tf.Scalar, [a]);
  assert(gradient.dataSync().join() === "2,4");
});
