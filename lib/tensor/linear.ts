// A linear layer, forward beside backward.

import * as tf from "@tensorflow/tfjs";
import { addRow, sumRows } from "./arena/rows.ts";
import { defineArenaKernel } from "./arena/kernel.ts";
import { expectLastAxis, expectRank } from "./expect.ts";
import { defineOperation } from "./operation.ts";

/**
 * `x · weight + bias`, one product for all rows of `x`.
 *
 * @param x shape (..., I)
 * @param weight learned, shape (I, O)
 * @param options `bias`, shape (O); none if it is left out
 * @returns shape (..., O)
 * @throws {ShapeError} if `weight` is no matrix, or has not as many rows as the last axis of `x` is long
 */
export function linear(
  x: tf.Tensor,
  weight: tf.Tensor,
  { bias }: { bias?: tf.Tensor } = {},
): tf.Tensor {
  expectRank("linear", weight, 2);
  expectLastAxis("linear", x, weight.shape[0]);
  if (bias === undefined) return plain({ x, weight });
  expectLastAxis("linear", bias, weight.shape[1]!);
  return biased({ x, weight, bias });
}

const outputShape = (x: number[], weight: number[]) => [...x.slice(0, -1), weight[1]];

const plain = defineOperation({
  name: "DialsLinear",
  outputs: ([x, weight]) => [outputShape(x, weight)],
  run({ inputs: [x, weight], outputs: [y], multiply }) {
    multiply({
      a: x.region,
      b: weight.region,
      c: y.region,
      ...{ m: x.size / x.width, k: x.width, n: y.width },
    });
  },
  saves: ["x", "weight"],
  gradients: productGradients,
  composed: ({ x, weight }) => composedProduct(x, weight),
});

const biased = defineOperation({
  name: "DialsLinearWithBias",
  outputs: ([x, weight]) => [outputShape(x, weight)],
  run({ inputs: [x, weight, bias], outputs: [y], multiply, kernels }) {
    const rows = x.size / x.width;
    multiply({
      a: x.region,
      b: weight.region,
      c: y.region,
      ...{ m: rows, k: x.width, n: y.width },
    });
    kernels.run(addRow, [rows, y.width, y.address, bias.address, y.address]);
  },
  saves: ["x", "weight"],
  gradients: (dy, saved) => ({
    ...productGradients(dy, saved),
    bias: () => biasGradient({ dy })[0],
  }),
  composed: ({ x, weight, bias }) => tf.add(composedProduct(x, weight), bias),
});

function productGradients(dy: tf.Tensor, [x, weight]: tf.Tensor[]) {
  return {
    x: () => inputGradient({ dy, weight })[0],
    weight: () => weightGradient({ x, dy })[0],
  };
}

const inputGradient = defineArenaKernel({
  name: "DialsLinearInputGradient",
  outputs: ([dy, weight]) => [[...dy.slice(0, -1), weight[0]]],
  run({ inputs: [dy, weight], outputs: [dx], multiply }) {
    multiply({
      a: dy.region,
      b: weight.region,
      c: dx.region,
      ...{ m: dy.size / dy.width, k: dy.width, n: dx.width, transposeB: true },
    });
  },
});

const weightGradient = defineArenaKernel({
  name: "DialsLinearWeightGradient",
  outputs: ([x, dy]) => [[x[x.length - 1], dy[dy.length - 1]]],
  run({ inputs: [x, dy], outputs: [dWeight], multiply }) {
    multiply({
      a: x.region,
      b: dy.region,
      c: dWeight.region,
      ...{ m: x.width, k: x.size / x.width, n: dy.width, transposeA: true },
    });
  },
});

const biasGradient = defineArenaKernel({
  name: "DialsLinearBiasGradient",
  outputs: ([dy]) => [[dy[dy.length - 1]]],
  run({ inputs: [dy], outputs: [dBias], kernels }) {
    kernels.run(sumRows, [dy.size / dy.width, dy.width, dy.address, dBias.address]);
  },
});

function composedProduct(x: tf.Tensor, weight: tf.Tensor): tf.Tensor {
  const y = tf.matMul(tf.reshape(x, [-1, weight.shape[0]]), weight);
  return tf.reshape(y, outputShape(x.shape, weight.shape));
}
