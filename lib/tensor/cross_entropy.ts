// Cross entropy from logits, forward beside backward.

import * as tf from "@tensorflow/tfjs";
import { ShapeError } from "../errors.ts";
import { differentiable } from "./differentiable.ts";
import { expectRank } from "./expect.ts";
import { defineHostKernel } from "./host_kernel.ts";

/** A target that is not learned from and does not count: padding, or the words of the other side. */
export const IGNORED = -1;

/**
 * The mean of −log softmax(logits)[target], in nats, over the targets that are not {@linkcode IGNORED}.
 *
 * @param logits shape (N, V)
 * @param targets int32, shape (N), each from 0 to V − 1 or IGNORED
 * @returns a scalar; 0 if every target is ignored
 * @throws {ShapeError} if there is not one target for each row
 * @throws {RangeError} if a target is outside the vocabulary
 */
export function crossEntropy(logits: tf.Tensor, targets: tf.Tensor): tf.Scalar {
  expectRank("crossEntropy", logits, 2);
  if (targets.size !== logits.shape[0]) {
    throw new ShapeError(
      `crossEntropy needs a target for each row, but got ${targets.size} for ${
        logits.shape[0]
      } rows.`,
    );
  }
  return differentiable({
    inputs: [logits],
    forward() {
      const [output, probabilities] = forward([logits, targets]);
      return { output, saved: [probabilities, targets] };
    },
    backward(dy, [probabilities, targets]) {
      return backward([probabilities, targets, dy]);
    },
  }) as tf.Scalar;
}

const forward = defineHostKernel({
  name: "DialsCrossEntropy",
  outputShapes: ([logits]) => [[], logits],
  run([logits, targets], [loss, probabilities]) {
    const vocabulary = logits.length / targets.length;
    let total = 0;
    let counted = 0;
    for (let n = 0; n < targets.length; n++) {
      const row = n * vocabulary;
      let max = -Infinity;
      for (let i = row; i < row + vocabulary; i++) if (logits[i] > max) max = logits[i];
      let sum = 0;
      for (let i = row; i < row + vocabulary; i++) {
        const e = Math.exp(logits[i] - max);
        probabilities[i] = e;
        sum += e;
      }
      const inverse = 1 / sum;
      for (let i = row; i < row + vocabulary; i++) probabilities[i] *= inverse;
      const target = targets[n];
      if (target === IGNORED) continue;
      if (!(target >= 0 && target < vocabulary)) {
        throw new RangeError(
          `crossEntropy got the target ${target}, but the vocabulary has ids from 0 to ${
            vocabulary - 1
          }.`,
        );
      }
      total += Math.log(sum) + max - logits[row + target];
      counted++;
    }
    loss[0] = counted === 0 ? 0 : total / counted;
  },
});

const backward = defineHostKernel({
  name: "DialsCrossEntropyGrad",
  outputShapes: ([probabilities]) => [probabilities],
  run([probabilities, targets, dy], [dLogits]) {
    const vocabulary = probabilities.length / targets.length;
    let counted = 0;
    for (let n = 0; n < targets.length; n++) if (targets[n] !== IGNORED) counted++;
    const scale = counted === 0 ? 0 : dy[0] / counted;
    for (let n = 0; n < targets.length; n++) {
      const row = n * vocabulary;
      if (targets[n] === IGNORED) {
        dLogits.fill(0, row, row + vocabulary);
        continue;
      }
      for (let i = row; i < row + vocabulary; i++) dLogits[i] = probabilities[i] * scale;
      dLogits[row + targets[n]] -= scale;
    }
  },
});
