// Every fused operation against its definition in plain tfjs operations, forward and backward, and
// its backward against finite differences.

import { assert, assertAlmostEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { ShapeError } from "../../../lib/errors.ts";
import { Random } from "../../../lib/random.ts";
import { gelu, geluExact, relu2, swiglu } from "../../../lib/tensor/activations.ts";
import { add } from "../../../lib/tensor/add.ts";
import { causalAttention } from "../../../lib/tensor/attention.ts";
import { type BackendName, useBackend } from "../../../lib/tensor/backend.ts";
import { crossEntropy, IGNORED } from "../../../lib/tensor/cross_entropy.ts";
import { dropout } from "../../../lib/tensor/dropout.ts";
import { embedding } from "../../../lib/tensor/embedding.ts";
import { layerNorm } from "../../../lib/tensor/layer_norm.ts";
import { agreement, linear } from "../../../lib/tensor/linear.ts";
import { logProbabilities } from "../../../lib/tensor/log_probabilities.ts";
import { rmsNorm } from "../../../lib/tensor/rms_norm.ts";
import { rope } from "../../../lib/tensor/rope.ts";

type Inputs = tf.Tensor[];

interface Operation {
  name: string;
  inputs: () => Inputs;
  fused: (inputs: Inputs) => tf.Tensor;
  definition: (inputs: Inputs) => tf.Tensor;
}

const random = new Random(7, "operations");
const normal = (...shape: number[]) =>
  tf.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
    shape,
  );
const ids = () => tf.tensor([3, 0, 3, 2, 1, 3], [2, 3], "int32");
const targets = () => tf.tensor([4, IGNORED, 0, 2, 2, IGNORED], [6], "int32");
const counted = [0, 2, 3, 4]; // the rows of `targets` that are not ignored

const operations: Operation[] = [
  {
    name: "rmsNorm",
    inputs: () => [normal(2, 3, 8), normal(8)],
    fused: ([x, gain]) => rmsNorm(x, gain),
    definition: ([x, gain]) => {
      const meanSquare = tf.mean(tf.square(x), -1, true); // (..., 1)
      return tf.mul(tf.mul(x, tf.rsqrt(tf.add(meanSquare, 1e-5))), gain);
    },
  },
  {
    name: "layerNorm",
    inputs: () => [normal(2, 3, 8), normal(8), normal(8)],
    fused: ([x, gain, bias]) => layerNorm(x, { gain, bias }),
    definition: ([x, gain, bias]) => {
      const centred = tf.sub(x, tf.mean(x, -1, true));
      const variance = tf.mean(tf.square(centred), -1, true); // (..., 1)
      return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, 1e-5))), gain), bias);
    },
  },
  {
    name: "layerNorm without a bias",
    inputs: () => [normal(2, 3, 8), normal(8)],
    fused: ([x, gain]) => layerNorm(x, { gain }),
    definition: ([x, gain]) => {
      const centred = tf.sub(x, tf.mean(x, -1, true));
      const variance = tf.mean(tf.square(centred), -1, true); // (..., 1)
      return tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, 1e-5))), gain);
    },
  },
  {
    name: "geluExact",
    inputs: () => [normal(3, 20)],
    fused: ([x]) => geluExact(x),
    definition: ([x]) => tf.mul(x, tf.div(tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2))), 2)),
  },
  {
    name: "relu2",
    inputs: () => [normal(3, 20)],
    fused: ([x]) => relu2(x),
    definition: ([x]) => tf.square(tf.relu(x)),
  },
  {
    name: "dropout",
    inputs: () => [normal(3, 20)],
    fused: ([x]) => dropout(x, { rate: 0.3, seed: 5, site: 2 }),
    definition: ([x]) => tf.mul(x, dropout(tf.ones([3, 20]), { rate: 0.3, seed: 5, site: 2 })),
  },
  {
    name: "add",
    inputs: () => [normal(2, 3, 5), normal(2, 3, 5)],
    fused: ([x, y]) => add(x, y),
    definition: ([x, y]) => tf.add(x, y),
  },
  {
    name: "add of the same to each part",
    inputs: () => [normal(4, 3, 5), normal(3, 5)],
    fused: ([x, y]) => add(x, y),
    definition: ([x, y]) => tf.add(x, y),
  },
  {
    name: "linear",
    inputs: () => [normal(2, 3, 5), normal(5, 7)],
    fused: ([x, weight]) => linear(x, weight),
    definition: ([x, weight]) => tf.reshape(tf.matMul(tf.reshape(x, [6, 5]), weight), [2, 3, 7]),
  },
  {
    name: "linear from and to heads",
    inputs: () => [normal(2, 3, 2, 5), normal(10, 8)],
    fused: ([x, weight]) => linear(x, weight, { heads: 4 }),
    definition: ([x, weight]) =>
      tf.reshape(tf.matMul(tf.reshape(x, [6, 10]), weight), [2, 3, 4, 2]),
  },
  {
    name: "agreement",
    inputs: () => [normal(2, 3, 5), normal(7, 5)],
    fused: ([x, table]) => agreement(x, table),
    definition: ([x, table]) =>
      tf.reshape(tf.matMul(tf.reshape(x, [6, 5]), table, false, true), [2, 3, 7]),
  },
  {
    name: "linear with a bias",
    inputs: () => [normal(2, 3, 5), normal(5, 7), normal(7)],
    fused: ([x, weight, bias]) => linear(x, weight, { bias }),
    definition: ([x, weight, bias]) =>
      tf.add(tf.reshape(tf.matMul(tf.reshape(x, [6, 5]), weight), [2, 3, 7]), bias),
  },
  {
    name: "embedding",
    inputs: () => [normal(4, 5)],
    fused: ([table]) => embedding(table, ids()),
    definition: ([table]) =>
      tf.reshape(tf.matMul(tf.cast(tf.oneHot(tf.reshape(ids(), [6]), 4), "float32"), table), [
        2,
        3,
        5,
      ]),
  },
  {
    name: "rope",
    inputs: () => [normal(2, 5, 2, 6)],
    fused: ([x]) => rope(x, { theta: 100 }),
    definition: ([x]) => {
      const angle = (t: number, i: number) => t * 100 ** (-2 * (i % 3) / 6);
      const table = (f: (a: number) => number) =>
        tf.tensor3d(
          Array.from(
            { length: 5 },
            (_, t) => [Array.from({ length: 6 }, (_, i) => f(angle(t, i)))],
          ),
        );
      const [first, second] = tf.split(x, 2, -1);
      const turned = tf.concat([tf.neg(second), first], -1);
      return tf.add(tf.mul(x, table(Math.cos)), tf.mul(turned, table(Math.sin)));
    },
  },
  {
    name: "causalAttention with grouped heads",
    inputs: () => [normal(2, 5, 4, 6), normal(2, 5, 2, 6), normal(2, 5, 2, 6)],
    fused: ([query, key, value]) => causalAttention(query, { key, value }),
    definition: ([query, key, value]) => {
      const byHead = (x: tf.Tensor) => tf.transpose(x, [0, 2, 1, 3]);
      const repeated = (x: tf.Tensor) =>
        byHead(tf.gather(x, tf.tensor1d([0, 0, 1, 1], "int32"), 2));
      const scores = tf.matMul(byHead(query), repeated(key), false, true);
      return byHead(tf.matMul(maskedSoftmax(scores, 1 / Math.sqrt(6)), repeated(value)));
    },
  },
  {
    name: "causalAttention of more positions than are treated together",
    inputs: () => [normal(1, 70, 2, 3), normal(1, 70, 2, 3), normal(1, 70, 2, 3)],
    fused: ([query, key, value]) => causalAttention(query, { key, value }),
    definition: ([query, key, value]) => {
      const [q, k, v] = [query, key, value].map((x) => tf.transpose(x, [0, 2, 1, 3]));
      const scores = tf.matMul(q, k, false, true);
      const mixed = tf.matMul(maskedSoftmax(scores, 1 / Math.sqrt(3)), v);
      return tf.transpose(mixed, [0, 2, 1, 3]);
    },
  },
  {
    name: "gelu",
    inputs: () => [normal(3, 7)],
    fused: ([x]) => gelu(x),
    definition: ([x]) => {
      const inner = tf.mul(tf.add(x, tf.mul(tf.pow(x, 3), 0.044715)), Math.sqrt(2 / Math.PI));
      return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1));
    },
  },
  {
    name: "swiglu",
    inputs: () => [normal(3, 7), normal(3, 7)],
    fused: ([gate, up]) => swiglu(gate, up),
    definition: ([gate, up]) => tf.mul(tf.mul(gate, tf.sigmoid(gate)), up),
  },
  {
    name: "logProbabilities",
    inputs: () => [normal(6, 5)],
    fused: ([logits]) => logProbabilities(logits, targets()),
    definition: ([logits]) => {
      const wanted = tf.cast(tf.oneHot(targets() as tf.Tensor1D, 5), "float32");
      return tf.sum(tf.mul(tf.logSoftmax(logits), wanted), -1);
    },
  },
  {
    name: "crossEntropy",
    inputs: () => [normal(6, 5)],
    fused: ([logits]) => crossEntropy(logits, targets()),
    definition: ([logits]) => {
      const rows = tf.gather(logits, tf.tensor1d(counted, "int32"));
      const wanted = tf.oneHot(
        tf.gather(targets(), tf.tensor1d(counted, "int32")) as tf.Tensor1D,
        5,
      );
      return tf.mean(tf.neg(tf.sum(tf.mul(tf.logSoftmax(rows), wanted), -1)));
    },
  },
];

for (const { name, inputs, fused, definition } of operations) {
  for (const backend of ["cpu", "wasm", "native", "webgpu"] as const) {
    Deno.test(`${name} agrees with its definition on the ${backend} backend`, async () => {
      if (!await isAvailable(backend)) return;
      const { values, shapes } = draw(inputs);
      const actual = await valueAndGradients(fused, { values, shapes });
      await useBackend("cpu"); // tfjs's own backends lack gradients that some definitions need
      const expected = await valueAndGradients(definition, { values, shapes });
      assertAllClose(actual, expected);
    });
  }

  Deno.test(`gradient of ${name} matches finite differences`, async () => {
    await useBackend("cpu");
    const { values, shapes } = draw(inputs);
    const [, ...gradients] = await valueAndGradients(fused, { values, shapes });
    const step = 1e-2; // float32 rounds differences of smaller steps away
    values.forEach((value, input) => {
      for (let i = 0; i < value.length; i += 3) {
        const shifted = (by: number) =>
          scalar(
            fused,
            values.map((v, j) => j === input ? v.map((x, k) => k === i ? x + by : x) : v),
            shapes,
          );
        const slope = (shifted(step) - shifted(-step)) / (2 * step);
        assertAlmostEquals(gradients[input][i], slope, 2e-2 * Math.max(1, Math.abs(slope)));
      }
    });
  });
}

Deno.test("rmsNorm refuses a gain of another length than the last axis", async () => {
  await useBackend("cpu");
  assertThrows(() => rmsNorm(normal(2, 8), normal(7)), ShapeError, "last axis of 7");
});

Deno.test("linear refuses rows of another length, and heads that do not divide", async () => {
  await useBackend("cpu");
  assertThrows(() => linear(normal(2, 6), normal(5, 7)), ShapeError, "rows of 5 numbers");
  assertThrows(() => linear(normal(2, 5), normal(5, 7), { heads: 2 }), ShapeError, "into 2 heads");
});

Deno.test("embedding refuses an id without a row", async () => {
  await useBackend("cpu");
  assertThrows(
    () => embedding(normal(4, 5), tf.tensor1d([4], "int32")),
    RangeError,
    "ids from 0 to 3",
  );
});

Deno.test("crossEntropy of nothing but ignored targets is 0 and moves nothing", async () => {
  await useBackend("cpu");
  const none = tf.tensor1d([IGNORED, IGNORED], "int32");
  const logits = normal(2, 5);
  const { value, grad } = tf.valueAndGrad((x) => crossEntropy(x, none))(logits);
  assert(value.dataSync()[0] === 0);
  assert(grad.dataSync().every((g) => g === 0));
});

function draw(inputs: Operation["inputs"]): { values: number[][]; shapes: number[][] } {
  return tf.tidy(() => {
    const made = inputs();
    return {
      values: made.map((tensor) => [...tensor.dataSync()]),
      shapes: made.map((tensor) => tensor.shape),
    };
  });
}

/** Softmax over the columns that a row may see, by adding −∞ to the others. */
function maskedSoftmax(scores: tf.Tensor, scale: number): tf.Tensor {
  const [rows, columns] = scores.shape.slice(-2);
  const mask = tf.tensor2d(
    Array.from(
      { length: rows },
      (_, r) => Array.from({ length: columns }, (_, c) => c <= r % columns ? 0 : -1e9),
    ),
  );
  return tf.softmax(tf.add(tf.mul(scores, scale), mask));
}

/** A scalar that depends on every output in its own way, so that no gradient cancels. */
function scalarOf(y: tf.Tensor): tf.Scalar {
  const weights = tf.tensor(Array.from({ length: y.size }, (_, i) => Math.sin(i + 1)), y.shape);
  return tf.sum(tf.mul(y, weights)) as tf.Scalar;
}

function scalar(f: Operation["fused"], values: number[][], shapes: number[][]): number {
  return tf.tidy(() =>
    scalarOf(f(values.map((value, i) => tf.tensor(value, shapes[i])))).dataSync()[0]
  );
}

/** The output of `f`, then the gradient of each input. */
async function valueAndGradients(
  f: Operation["fused"],
  { values, shapes }: { values: number[][]; shapes: number[][] },
): Promise<number[][]> {
  const results = tf.tidy(() => {
    const inputs = values.map((value, i) => tf.tensor(value, shapes[i]));
    const gradients = tf.grads((...args: tf.Tensor[]) => scalarOf(f(args)))(inputs);
    return [f(inputs), ...gradients];
  });
  const read = await Promise.all(results.map((tensor) => tensor.data()));
  tf.dispose(results);
  return read.map((row) => [...row]);
}

function assertAllClose(actual: number[][], expected: number[][]): void {
  expected.forEach((row, i) => {
    const scale = Math.max(1, ...row.map(Math.abs));
    row.forEach((value, j) => assertAlmostEquals(actual[i][j], value, 2e-5 * scale));
  });
}

/** Whether this machine has `backend`; it is in use then. */
async function isAvailable(backend: BackendName): Promise<boolean> {
  try {
    await useBackend(backend);
    return true;
  } catch (error) {
    console.log(`left out: ${(error as Error).message}`);
    return false;
  }
}
