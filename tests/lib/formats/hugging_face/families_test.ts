// Models of every family that is read, against the logits, losses and gradients that Hugging Face transformers
// computes of the same files; make_fixtures.py made them.

import { assert, assertEquals } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import * as tf from "@tensorflow/tfjs";
import { huggingFaceTensors } from "../../../../lib/formats/hugging_face/parameters.ts";
import { readHuggingFace } from "../../../../lib/formats/hugging_face/read.ts";
import { readSafetensors, type StoredTensor } from "../../../../lib/formats/safetensors.ts";
import type { Transformer } from "../../../../lib/model/transformer.ts";
import { useBackend } from "../../../../lib/tensor/backend.ts";

const FIXTURES = fromFileUrl(new URL("fixtures", import.meta.url));
const TOLERANCE = 1e-4;

await useBackend("auto");
for (const { name } of Deno.readDirSync(FIXTURES)) {
  Deno.test(`${name}: logits, loss and every gradient are those of transformers`, async () => {
    const folder = join(FIXTURES, name);
    const { model } = await readHuggingFace(folder);
    const { tensors: expected } = await readSafetensors(join(folder, "expected.safetensors"));
    const inputs = ids(expected.get("inputs")!);
    const targets = ids(expected.get("targets")!);
    const logits = tf.tidy(() => model.logits(inputs).dataSync<"float32">().slice());
    assertClose(logits, expected.get("logits")!.values, "logits");
    const { loss, gradients } = lossAndGradients(model, inputs, targets);
    assertClose([loss], expected.get("loss")!.values, "loss");
    const wanted = [...expected].filter(([key]) => key.startsWith("gradient."));
    assertEquals(wanted.map(([key]) => key).sort(), [...gradients.keys()].sort());
    // What adding a bias to every key changes is the same in each score, and softmax forgets it: the
    // gradient of such a bias is rounding, and is measured against the others.
    const largest = Math.max(...wanted.map(([, { values }]) => Math.hypot(...values)));
    for (const [key, { values }] of wanted) {
      assertClose(gradients.get(key)!, values, key, /k_proj\.bias/.test(key) ? largest : undefined);
    }
    model.dispose();
  });
}

function ids({ values, shape }: StoredTensor): tf.Tensor2D {
  return tf.tensor2d(Int32Array.from(values), shape as [number, number], "int32");
}

/** The loss, and the gradients under the names and in the shapes that transformers gives them. */
function lossAndGradients(
  model: Transformer,
  inputs: tf.Tensor2D,
  targets: tf.Tensor2D,
): { loss: number; gradients: Map<string, Float32Array> } {
  const { value, grads } = tf.variableGrads(() => model.loss(inputs, targets), [
    ...model.parameters.values(),
  ]);
  const ours = new Map([...model.parameters].map((
    [name, variable],
  ) => [name, grads[variable.name].dataSync<"float32">()]));
  const gradients = huggingFaceTensors(model.config, ours)
    .map(({ name, values }): [string, Float32Array] => [`gradient.${name}`, values()]);
  return { loss: value.dataSync()[0], gradients: new Map(gradients) };
}

/** The distance between the two, against the length of what was expected or another yardstick. */
function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  what: string,
  yardstick = Math.hypot(...Array.from(expected)),
): void {
  assertEquals(actual.length, expected.length, what);
  const distance = Math.hypot(...Array.from(expected, (value, i) => value - actual[i]));
  assert(distance <= TOLERANCE * yardstick, `${what}: ${distance / yardstick} away`);
}
