// How likely each given token was, as a differentiable operation: what preferences and reinforcement are made of.

import * as tf from "@tensorflow/tfjs";
import { ShapeError } from "../errors.ts";
import { IGNORED } from "./cross_entropy.ts";
import { differentiable } from "./differentiable.ts";
import { expectRank } from "./expect.ts";

/**
 * log softmax(logits)[target] of each row, in nats.
 *
 * @param logits shape (N, V)
 * @param targets int32, shape (N), each from 0 to V − 1 or {@linkcode IGNORED}
 * @returns shape (N); 0 where the target is ignored
 * @throws {ShapeError} if there is not one target for each row
 */
export function logProbabilities(logits: tf.Tensor, targets: tf.Tensor): tf.Tensor1D {
  expectRank("logProbabilities", logits, 2);
  const [rows, vocabulary] = logits.shape;
  if (targets.size !== rows) {
    throw new ShapeError(
      `logProbabilities needs a target for each row, but got ${targets.size} for ${rows} rows.`,
    );
  }
  return differentiable({
    inputs: [logits],
    forward: () =>
      tf.tidy(() => {
        const chosen = tf.cast(tf.oneHot(targets as tf.Tensor1D, vocabulary), "float32"); // (N, V)
        const counted = tf.cast(tf.notEqual(targets, IGNORED), "float32"); // (N)
        const all = tf.logSoftmax(logits as tf.Tensor2D); // (N, V)
        const output = tf.mul(tf.sum(tf.mul(all, chosen), -1), counted); // (N)
        return { output, saved: [tf.exp(all), chosen, counted] };
      }),
    backward: (dy, [probabilities, chosen, counted]) => {
      const weight = tf.expandDims(tf.mul(dy, counted), -1); // (N, 1)
      return [tf.mul(tf.sub(chosen, probabilities), weight)];
    },
  }) as tf.Tensor1D;
}
