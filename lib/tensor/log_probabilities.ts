// How likely each given token was, as a differentiable operation: what preferences and reinforcement are made of.

import * as tf from "@tensorflow/tfjs";
import { ShapeError } from "../errors.ts";
import { defineArenaKernel } from "./arena/kernel.ts";
import { countTargets, IGNORED, measureRows } from "./cross_entropy.ts";
import { expectRank } from "./expect.ts";
import { canRead } from "./host_view.ts";
import { defineOperation, type Named } from "./operation.ts";
import type { KernelDefinition } from "./vectors/kernels.ts";
import { exponential } from "./vectors/math.ts";

/**
 * log softmax(logits)[target] of each row, in nats.
 *
 * @param logits shape (N, V)
 * @param targets int32, shape (N), each from 0 to V − 1 or {@linkcode IGNORED}
 * @returns shape (N); 0 where the target is ignored
 * @throws {ShapeError} if there is not one target for each row
 * @throws {RangeError} if a target is outside the vocabulary
 */
export function logProbabilities(logits: tf.Tensor, targets: tf.Tensor): tf.Tensor1D {
  expectRank("logProbabilities", logits, 2);
  const [rows] = logits.shape;
  if (targets.size !== rows) {
    throw new ShapeError(
      `logProbabilities needs a target for each row, but got ${targets.size} for ${rows} rows.`,
    );
  }
  return operation({ logits, targets }) as tf.Tensor1D;
}

/** Beside its output it finds the largest logit and the sum of exponentials of each row. */
const operation = defineOperation({
  name: "DialsLogProbabilities",
  outputs: ([[rows]]) => [[rows], [rows, 2]],
  run({ inputs: [logits, targets], outputs: [y, rows], kernels }) {
    const { width } = logits;
    const [scores, wanted] = [logits.values, targets.values];
    countTargets("logProbabilities", wanted, width);
    kernels.run(measureRows, [targets.size, width, logits.address, rows.address]);
    const [values, measured] = [y.values, rows.values];
    for (let n = 0; n < wanted.length; n++) {
      values[n] = wanted[n] === IGNORED
        ? 0
        : scores[n * width + wanted[n]] - measured[2 * n] - Math.log(measured[2 * n + 1]);
    }
  },
  saves: ["logits", "targets"],
  gradients: (dy, [logits, targets, rows]) => ({
    logits() {
      const [gradient, weights] = gradientKernel({ logits, targets, rows, dy });
      weights.dispose();
      return gradient;
    },
  }),
  composed,
});

const gradientKernel = defineArenaKernel({
  name: "DialsLogProbabilitiesGradient",
  outputs: ([logits, targets]) => [logits, targets],
  run({ inputs: [logits, targets, rows, dy], outputs: [gradient, weights], kernels }) {
    const { width } = logits;
    const [wanted, slopes, shares] = [targets.values, dy.values, weights.values];
    for (let n = 0; n < wanted.length; n++) shares[n] = wanted[n] === IGNORED ? 0 : slopes[n];
    kernels.run(spread, [
      ...[targets.size, width],
      ...[logits.address, rows.address, weights.address, gradient.address],
    ]);
    const values = gradient.values;
    for (let n = 0; n < wanted.length; n++) {
      if (wanted[n] !== IGNORED) values[n * width + wanted[n]] += slopes[n];
    }
  },
});

/** Takes from each row's logits their share of its weight. */
const spread: KernelDefinition = {
  name: "gradient of log-probabilities",
  write(code) {
    const [count, width] = [code.count(), code.count()];
    const [logits, rows] = [code.pointer(), code.pointer()];
    const [weights, gradient] = [code.pointer(), code.pointer()];
    const bytes = code.bytes(width);
    code.repeat(count, () => {
      const most = code.broadcast(rows);
      code.advance(rows, 4);
      const weight = code.subtract(code.constant(0), code.broadcast(weights));
      const share = code.divide(weight, code.broadcast(rows));
      code.columns(width, () => {
        const e = exponential(code, code.subtract(code.load(logits), most));
        code.store(gradient, code.multiply(e, share));
      });
      for (const pointer of [rows, weights]) code.advance(pointer, 4);
      for (const pointer of [logits, gradient]) code.advance(pointer, bytes);
    });
  },
};

/** The definition, in plain tfjs. */
function composed({ logits, targets }: Named): tf.Tensor {
  const vocabulary = logits.shape[1]!;
  if (canRead()) countTargets("logProbabilities", targets.dataSync(), vocabulary);
  const chosen = tf.oneHot(targets, vocabulary); // (N, V), nothing where it is IGNORED
  return tf.sum(tf.mul(tf.logSoftmax(logits), chosen), -1);
}
