// The model against Hugging Face transformers, on tiny models of three families.

import { assert, assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import * as tf from "@tensorflow/tfjs";
import { huggingFaceSource } from "../../../lib/formats/hugging_face/parameters.ts";
import { readHuggingFace } from "../../../lib/formats/hugging_face/read.ts";
import type { Transformer } from "../../../lib/model/transformer.ts";
import { allocateRegion, regionOf, regionView } from "../../../lib/tensor/arena/regions.ts";
import { useBackend } from "../../../lib/tensor/backend.ts";
import { AdamW } from "../../../lib/train/adamw.ts";
import { parameterLayout } from "../../../lib/train/layout.ts";
import type { Piece } from "../../../lib/train/optimizer.ts";
import { sumOfSquares } from "../../../lib/train/sums.ts";
import { FIXTURES, isPresent } from "../../fixtures.ts";

interface Expected {
  input_ids: number[][];
  target_ids: number[][];
  loss: number;
  logits_last: number[][];
  gradients: Record<string, { l2: number; sum: number }>;
  greedy_continuation_of_first_8_ids: number[];
  adamw_losses: { values: number[] };
}

const TOLERANCE = 1e-4;

for (const family of ["gpt2", "llama", "llama-gqa-tied"]) {
  const folder = new URL(`models/${family}/`, FIXTURES);
  const claim = (what: string, check: (model: Transformer, expected: Expected) => void) => {
    Deno.test({
      name: `${family}: ${what}`,
      ignore: !isPresent(folder),
      async fn() {
        await useBackend("auto");
        const expected = JSON.parse(await Deno.readTextFile(new URL("expected.json", folder)));
        const { model } = await readHuggingFace(fromFileUrl(folder));
        check(model, expected);
        model.dispose();
      },
    });
  };

  claim("the loss is that of transformers", (model, expected) => {
    assertClose(model.loss(...batch(expected)).dataSync()[0], expected.loss, "loss");
  });

  claim("the logits are those of transformers", (model, expected) => {
    const logits = model.logits(tf.tensor2d(expected.input_ids, undefined, "int32")).arraySync();
    expected.logits_last.forEach((row, b) => {
      const last = logits[b][logits[b].length - 1];
      // A logit near zero carries the rounding of those it was made from, so the row sets the scale.
      const scale = Math.max(...row.map(Math.abs));
      row.forEach((value, i) => {
        assert(Math.abs(last[i] - value) <= TOLERANCE * scale, `logit ${i}: ${last[i]}, ${value}`);
      });
    });
  });

  claim("every gradient is that of transformers", (model, expected) => {
    const gradients = gradientsByHuggingFaceName(model, expected);
    assertEquals(Object.keys(gradients).sort(), Object.keys(expected.gradients).sort());
    for (const [name, { l2, sum }] of Object.entries(expected.gradients)) {
      const values = gradients[name];
      const norm = Math.hypot(...values);
      const total = values.reduce((a, b) => a + b, 0);
      if (l2 > 1e-6) assertClose(norm, l2, `l2 of ${name}`);
      // A sum cancels: its error is measured against what was added up.
      const mass = values.reduce((a, b) => a + Math.abs(b), 0);
      assert(Math.abs(total - sum) <= TOLERANCE * mass + 1e-6, `sum of ${name}: ${total}, ${sum}`);
    }
  });

  claim("the most likely continuation is that of transformers", (model, expected) => {
    const wanted = expected.greedy_continuation_of_first_8_ids;
    const ids = wanted.slice(0, 8);
    while (ids.length < wanted.length) {
      const logits = model.logits(tf.tensor2d([ids], undefined, "int32")).arraySync()[0];
      const last = logits[logits.length - 1];
      ids.push(last.indexOf(Math.max(...last)));
    }
    assertEquals(ids, wanted);
  });

  claim("five steps of AdamW give the losses of PyTorch's", (model, expected) => {
    const optimizer = new AdamW({
      beta1: 0.9,
      beta2: 0.95,
      epsilon: 1e-8,
      weightDecay: 0.1,
      decays: () => true,
    });
    const { slots } = parameterLayout(model.config);
    const regionWith = (values: Float32Array) => {
      const region = allocateRegion(values.length);
      regionView(region).set(values);
      return region;
    };
    const state = slots.map(({ size }) => [0, 1].map(() => regionWith(new Float32Array(size))));
    const losses = expected.adamw_losses.values.map((_, i) => {
      const { value, grads } = tf.variableGrads(
        () => model.loss(...batch(expected)),
        [...model.parameters.values()],
      );
      const pieces = slots.map((slot, at): Piece => {
        const variable = model.parameters.get(slot.name)!;
        const gradient = regionOf(grads[variable.name]);
        return { slot, values: regionOf(variable), gradient, state: state[at] };
      });
      const norm = Math.sqrt(
        pieces.reduce((sum, { gradient }) => sum + sumOfSquares(gradient), 0),
      );
      optimizer.update(pieces, { step: i + 1, learningRate: 1e-3, scale: Math.min(1, 1 / norm) });
      return value.dataSync()[0];
    });
    losses.forEach((loss, i) => assertClose(loss, expected.adamw_losses.values[i], `step ${i}`));
  });
}

function batch(expected: Expected): [tf.Tensor2D, tf.Tensor2D] {
  return [
    tf.tensor2d(expected.input_ids, undefined, "int32"),
    tf.tensor2d(expected.target_ids, undefined, "int32"),
  ];
}

/** Our gradients, put together where Hugging Face keeps several of our parameters in one. */
function gradientsByHuggingFaceName(
  model: Transformer,
  expected: Expected,
): Record<string, number[]> {
  const { grads } = tf.variableGrads(
    () => model.loss(...batch(expected)),
    [...model.parameters.values()],
  );
  const gathered: Record<string, number[]> = {};
  for (const [name, variable] of model.parameters) {
    const source = huggingFaceSource(model.config, name);
    (gathered[source.name] ??= []).push(...grads[variable.name].dataSync());
  }
  return gathered;
}

function assertClose(actual: number, expected: number, what: string): void {
  const error = Math.abs(actual - expected) / Math.abs(expected);
  assert(error <= TOLERANCE, `${what}: ${actual} is ${error} away from ${expected}`);
}
