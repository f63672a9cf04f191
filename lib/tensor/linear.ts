// Linear layers, forward beside backward.

import * as tf from "@tensorflow/tfjs";
import { ShapeError } from "../errors.ts";
import { type ArenaKernel, defineArenaKernel } from "./arena/kernel.ts";
import { sumRows } from "./arena/rows.ts";
import { expectLastAxis, expectRank } from "./expect.ts";
import { defineOperation } from "./operation.ts";

/**
 * `x · weight + bias`, one product for all rows of `x`. A row may be several axes long, as the heads of
 * attention are, and come out as several.
 *
 * @param x shape (..., I), or (..., H, I / H)
 * @param weight learned, shape (I, O)
 * @param options `bias`, shape (O), none if it is left out; `heads`, in how many parts a row comes out
 * @returns shape (..., O), or (..., heads, O / heads)
 * @throws {ShapeError} if `weight` is no matrix, its rows are not as many as a row of `x` has numbers, or
 * `heads` does not divide its columns
 */
export function linear(
  x: tf.Tensor,
  weight: tf.Tensor,
  { bias, heads = 0 }: { bias?: tf.Tensor; heads?: number } = {},
): tf.Tensor {
  expectRank("linear", weight, 2);
  const [inner, columns] = weight.shape as [number, number];
  if (outerAxes(x.shape, inner) === undefined) {
    throw new ShapeError(
      `linear needs rows of ${inner} numbers, but got a tensor of shape (${x.shape}).`,
    );
  }
  if (heads > 0 && columns % heads !== 0) {
    throw new ShapeError(`linear cannot cut rows of ${columns} numbers into ${heads} heads.`);
  }
  if (bias === undefined) return plain({ x, weight }, { heads });
  expectLastAxis("linear", bias, columns);
  return biased({ x, weight, bias }, { heads });
}

/**
 * `x · tableᵀ`: how well each row of `x` agrees with each row of `table`, as where the embedding is
 * also the head.
 *
 * @param x shape (..., D)
 * @param table learned, shape (V, D)
 * @returns shape (..., V)
 * @throws {ShapeError} if `table` is no matrix, or its rows are not as long as those of `x`
 */
export function agreement(x: tf.Tensor, table: tf.Tensor): tf.Tensor {
  expectRank("agreement", table, 2);
  expectLastAxis("agreement", x, table.shape[1]!);
  return transposed({ x, table });
}

/** The axes of `shape` before those that make up a row of `inner` numbers, or undefined. */
function outerAxes(shape: readonly number[], inner: number): number[] | undefined {
  let axes = shape.length;
  for (let size = 1; axes > 0 && (size < inner || axes === shape.length); axes--) {
    size *= shape[axes - 1];
    if (size === inner) return shape.slice(0, axes - 1);
  }
  return undefined;
}

function outputShape(x: readonly number[], weight: readonly number[], heads: number): number[] {
  const [inner, columns] = weight;
  const row = heads > 0 ? [heads, columns / heads] : [columns];
  return [...outerAxes(x, inner)!, ...row];
}

type Run = ArenaKernel["run"];

/** y = x · weight. */
const multiplyRows: Run = ({ inputs: [x, weight], outputs: [y], multiply }) => {
  const [k, n] = weight.shape;
  multiply({ a: x.region, b: weight.region, c: y.region, m: x.size / k, k, n });
};

const plain = defineOperation({
  name: "DialsLinear",
  outputs: ([x, weight], { heads }) => [outputShape(x, weight, heads)],
  run: multiplyRows,
  saves: ["x", "weight"],
  gradients: productGradients,
  composed: ({ x, weight }, { heads }) => composed(x, weight, { heads }),
});

const biased = defineOperation({
  name: "DialsLinearWithBias",
  outputs: ([x, weight], { heads }) => [outputShape(x, weight, heads)],
  run({ inputs: [x, weight, bias], outputs: [y], multiply }) {
    const [k, n] = weight.shape;
    const operands = { a: x.region, b: weight.region, c: y.region };
    multiply({ ...operands, m: x.size / k, k, n }, { bias: bias.region });
  },
  saves: ["x", "weight"],
  gradients: (dy, saved) => ({
    ...productGradients(dy, saved),
    bias: () => biasGradient({ dy, weight: saved[1] })[0],
  }),
  composed: ({ x, weight, bias }, { heads }) => composed(x, weight, { bias, heads }),
});

function productGradients(dy: tf.Tensor, [x, weight]: tf.Tensor[]) {
  return {
    x: () => inputGradient({ dy, weight, x })[0],
    weight: () => weightGradient({ x, dy, weight })[0],
  };
}

const inputGradient = defineArenaKernel({
  name: "DialsLinearInputGradient",
  outputs: ([, , x]) => [x],
  run({ inputs: [dy, weight], outputs: [dx], multiply }) {
    const [n, k] = weight.shape;
    const operands = { a: dy.region, b: weight.region, c: dx.region };
    multiply({ ...operands, m: dy.size / k, k, n, transposeB: true });
  },
});

const weightGradient = defineArenaKernel({
  name: "DialsLinearWeightGradient",
  outputs: ([, , weight]) => [weight],
  run({ inputs: [x, dy], outputs: [dWeight], multiply }) {
    const [m, n] = dWeight.shape;
    const operands = { a: x.region, b: dy.region, c: dWeight.region };
    multiply({ ...operands, m, k: x.size / m, n, transposeA: true });
  },
});

const biasGradient = defineArenaKernel({
  name: "DialsLinearBiasGradient",
  outputs: ([, weight]) => [[weight[1]]],
  run({ inputs: [dy], outputs: [dBias], kernels }) {
    kernels.run(sumRows, [dy.size / dBias.size, dBias.size, dy.address, dBias.address]);
  },
});

const transposed = defineOperation({
  name: "DialsAgreement",
  outputs: ([x, table]) => [[...x.slice(0, -1), table[0]]],
  run({ inputs: [x, table], outputs: [y], multiply }) {
    const [n, k] = table.shape;
    const operands = { a: x.region, b: table.region, c: y.region };
    multiply({ ...operands, m: x.size / k, k, n, transposeB: true });
  },
  saves: ["x", "table"],
  gradients: (dy, [x, table]) => ({
    x: () => agreementInputGradient({ dy, table, x })[0],
    table: () => agreementTableGradient({ dy, x, table })[0],
  }),
  composed: ({ x, table }) => composed(x, tf.transpose(table), { heads: 0 }),
});

const agreementInputGradient = defineArenaKernel({
  name: "DialsAgreementInputGradient",
  outputs: ([, , x]) => [x],
  run: multiplyRows,
});

const agreementTableGradient = defineArenaKernel({
  name: "DialsAgreementTableGradient",
  outputs: ([, , table]) => [table],
  run({ inputs: [dy, x], outputs: [dTable], multiply }) {
    const [m, n] = dTable.shape;
    const operands = { a: dy.region, b: x.region, c: dTable.region };
    multiply({ ...operands, m, k: x.size / n, n, transposeA: true });
  },
});

/** The definition, in plain tfjs. */
function composed(
  x: tf.Tensor,
  weight: tf.Tensor,
  { bias, heads }: { bias?: tf.Tensor; heads: number },
): tf.Tensor {
  const y = tf.matMul(tf.reshape(x, [-1, weight.shape[0]]), weight);
  return tf.reshape(bias ? tf.add(y, bias) : y, outputShape(x.shape, weight.shape, heads));
}
