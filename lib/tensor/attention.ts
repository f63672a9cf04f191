// Causal self-attention with grouped key and value heads.

import * as tf from "@tensorflow/tfjs";
import { ShapeError } from "../errors.ts";
import { differentiable } from "./differentiable.ts";
import { expectRank } from "./expect.ts";
import { defineHostKernel } from "./host_kernel.ts";

/**
 * Scaled dot-product attention in which a position sees itself and what came before.
 * Consecutive query heads share a key/value head when there are fewer of those.
 *
 * @param query shape (B, H, T, D)
 * @param memory `key` and `value`, each of shape (B, G, T, D), where G divides H
 * @returns shape (B, H, T, D)
 * @throws {ShapeError} if G does not divide H
 * @see Vaswani et al. 2017, "Attention Is All You Need"; Ainslie et al. 2023, "GQA"
 */
export function causalAttention(
  query: tf.Tensor,
  memory: { key: tf.Tensor; value: tf.Tensor },
): tf.Tensor {
  expectRank("causalAttention", query, 4);
  const { key, value } = memory;
  const [batch, heads, context, width] = query.shape;
  const groups = key.shape[1]!;
  if (heads % groups !== 0) {
    throw new ShapeError(
      `causalAttention needs key heads that divide the query heads, but got ${groups} for ${heads}.`,
    );
  }
  // The query heads of a group are laid under each other, so that no key has to be repeated.
  const rows = heads / groups * context;
  const stacked = tf.reshape(query, [batch, groups, rows, width]);
  const scores = tf.matMul(stacked, key, false, true); // (B, G, rows, T)
  const weights = causalSoftmax(scores, { scale: 1 / Math.sqrt(width) }); // (B, G, rows, T)
  return tf.reshape(tf.matMul(weights, value), [batch, heads, context, width]);
}

/**
 * Softmax over `scale · scores`, where row r may look at columns 0 to r mod T; the others become 0.
 *
 * @param scores shape (..., R, T), R a multiple of T
 * @returns same shape as `scores`; each row sums to 1
 */
export function causalSoftmax(scores: tf.Tensor, { scale = 1 } = {}): tf.Tensor {
  return differentiable({
    inputs: [scores],
    forward() {
      const [output] = forward([scores], { scale, context: scores.shape[scores.rank - 1]! });
      return { output, saved: [output] };
    },
    backward: (dy, [y]) => backward([y, dy], { scale, context: y.shape[y.rank - 1]! }),
  });
}

const forward = defineHostKernel({
  name: "DialsCausalSoftmax",
  outputShapes: ([scores]) => [scores],
  run([scores], [y], { scale, context }) {
    for (let row = 0, seen = 1; row < scores.length; row += context) {
      let max = -Infinity;
      for (let i = row; i < row + seen; i++) if (scores[i] > max) max = scores[i];
      let sum = 0;
      for (let i = row; i < row + seen; i++) {
        const e = Math.exp((scores[i] - max) * scale);
        y[i] = e;
        sum += e;
      }
      const inverse = 1 / sum;
      for (let i = row; i < row + seen; i++) y[i] *= inverse;
      y.fill(0, row + seen, row + context);
      seen = seen === context ? 1 : seen + 1;
    }
  },
});

const backward = defineHostKernel({
  name: "DialsCausalSoftmaxGrad",
  outputShapes: ([y]) => [y],
  run([y, dy], [dScores], { scale, context }) {
    for (let row = 0, seen = 1; row < y.length; row += context) {
      let dot = 0;
      for (let i = row; i < row + seen; i++) dot += y[i] * dy[i];
      for (let i = row; i < row + seen; i++) dScores[i] = scale * y[i] * (dy[i] - dot);
      dScores.fill(0, row + seen, row + context);
      seen = seen === context ? 1 : seen + 1;
    }
  },
});
