// Cross entropy from logits, forward beside backward.

import * as tf from "@tensorflow/tfjs";
import { ShapeError } from "../errors.ts";
import { ARENA_BACKEND } from "./arena/backend.ts";
import { isTapeOn, share } from "./arena/engine.ts";
import { defineArenaKernel, type Operand } from "./arena/kernel.ts";
import { numberwise } from "./arena/rows.ts";
import { canRead } from "./host_view.ts";
import type { Integer, KernelCode, Vector } from "./vectors/code.ts";
import type { KernelDefinition } from "./vectors/kernels.ts";
import { exponential } from "./vectors/math.ts";

/** A target that is not learned from and does not count: padding, or the words of the other side. */
export const IGNORED = -1;

/**
 * The mean of −log softmax(logits)[target], in nats, over the targets that are not {@linkcode IGNORED}.
 *
 * @param logits shape (..., V)
 * @param targets int32, shape (...), each from 0 to V − 1 or IGNORED
 * @returns a scalar; 0 if every target is ignored
 * @throws {ShapeError} if there is not one target for each row
 * @throws {RangeError} if a target is outside the vocabulary
 */
export function crossEntropy(logits: tf.Tensor, targets: tf.Tensor): tf.Scalar {
  const rows = logits.shape.slice(0, -1);
  if (logits.rank === 0 || targets.shape.join() !== rows.join()) {
    throw new ShapeError(
      `crossEntropy needs a target for each row, but got targets of shape (${targets.shape}) for ` +
        `logits of shape (${logits.shape}).`,
    );
  }
  if (tf.getBackend() !== ARENA_BACKEND) return composed(logits, targets);
  // The gradient is computed on the way, but only where somebody will ask for it.
  return isTapeOn() ? lossAndGradient(logits, targets) : lossAlone(logits, targets);
}

/** The definition, in plain tfjs. */
function composed(logits: tf.Tensor, targets: tf.Tensor): tf.Scalar {
  const vocabulary = logits.shape[logits.rank - 1];
  if (canRead()) countTargets("crossEntropy", targets.dataSync(), vocabulary);
  return tf.tidy(() => {
    const counts = tf.cast(tf.notEqual(targets, IGNORED), "float32");
    const rows = tf.oneHot(targets, vocabulary); // nothing where it is IGNORED
    const chosen = tf.sum(tf.mul(tf.logSoftmax(logits), rows), -1);
    return tf.div(tf.neg(tf.sum(chosen)), tf.maximum(tf.sum(counts), 1)) as tf.Scalar;
  });
}

/** On the tape: what the backward pass needs is computed on the way. */
function lossAndGradient(logits: tf.Tensor, targets: tf.Tensor): tf.Scalar {
  const operation = tf.customGrad((logits, save) => {
    const [value, rows, gradient] = both(
      { logits: logits as tf.Tensor, targets },
      { rows: targets.size },
    );
    rows.dispose();
    (save as tf.GradSaveFunc)([gradient]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, [gradient]: tf.Tensor[]) => {
        scale({ gradient, dy });
        return share(gradient);
      },
    };
  });
  return operation(logits) as tf.Scalar;
}

function lossAlone(logits: tf.Tensor, targets: tf.Tensor): tf.Scalar {
  const [value, rows] = loss({ logits, targets }, { rows: targets.size });
  rows.dispose();
  return value as tf.Scalar;
}

/** The loss, and the largest logit and the sum of exponentials of each row. */
const loss = defineArenaKernel({
  name: "DialsCrossEntropy",
  outputs: (_, { rows }) => [[], [rows, 2]],
  run({ inputs: [logits, targets], outputs: [value, rows], kernels }) {
    const counted = countTargets("crossEntropy", targets.values, logits.width);
    kernels.run(measureRows, [targets.size, logits.width, logits.address, rows.address]);
    value.values[0] = meanLoss({ logits, targets, rows }, counted);
  },
});

/** The same, with the gradient of the logits. */
const both = defineArenaKernel({
  name: "DialsCrossEntropyAndGradient",
  outputs: ([logits], { rows }) => [[], [rows, 2], logits],
  run({ inputs: [logits, targets], outputs: [value, rows, gradient], kernels }) {
    const [width, wanted] = [logits.width, targets.values];
    const counted = countTargets("crossEntropy", wanted, width);
    const share = counted === 0 ? 0 : 1 / counted;
    kernels.run(differentiateRows, [
      ...[targets.size, width, share],
      ...[logits.address, rows.address, gradient.address],
    ]);
    value.values[0] = meanLoss({ logits, targets, rows }, counted);
    const slopes = gradient.values;
    for (let n = 0; n < wanted.length; n++) {
      if (wanted[n] === IGNORED) slopes.fill(0, n * width, (n + 1) * width);
      else slopes[n * width + wanted[n]] -= share;
    }
  },
});

/** Multiplies the gradient, of which there is no other use, by that of the loss. */
const scale = defineArenaKernel({
  name: "DialsCrossEntropyScale",
  outputs: () => [],
  run({ inputs: [gradient, dy], kernels }) {
    if (dy.values[0] === 1) return;
    kernels.run(multiplyByNumber, [gradient.size, gradient.address, dy.address, gradient.address]);
  },
});

const multiplyByNumber = numberwise("multiply");

/**
 * How many targets count.
 *
 * @throws {RangeError} if one is outside the vocabulary
 */
export function countTargets(
  operation: string,
  targets: ArrayLike<number>,
  vocabulary: number,
): number {
  let counted = 0;
  for (let n = 0; n < targets.length; n++) {
    const target = targets[n];
    if (target === IGNORED) continue;
    if (!(target >= 0 && target < vocabulary)) {
      throw new RangeError(
        `${operation} got the target ${target}, but the vocabulary has ids from 0 to ${
          vocabulary - 1
        }.`,
      );
    }
    counted++;
  }
  return counted;
}

function meanLoss(
  { logits, targets, rows }: { logits: Operand; targets: Operand; rows: Operand },
  counted: number,
): number {
  const [scores, wanted, measured] = [logits.values, targets.values, rows.values];
  const width = logits.width;
  let total = 0;
  for (let n = 0; n < wanted.length; n++) {
    if (wanted[n] === IGNORED) continue;
    total += Math.log(measured[2 * n + 1]) + measured[2 * n] - scores[n * width + wanted[n]];
  }
  return counted === 0 ? 0 : total / counted;
}

/** The largest logit and the sum of exponentials of each row. Arguments: rows, width, logits, result. */
export const measureRows: KernelDefinition = {
  name: "cross entropy",
  write(code) {
    const [count, width] = [code.count(), code.count()];
    const [logits, rows] = [code.pointer(), code.pointer()];
    const bytes = code.bytes(width);
    code.repeat(count, () => {
      const top = largest(code, { logits, width });
      const sum = code.variable(0);
      code.columns(width, () => {
        code.gather(sum, exponential(code, code.subtract(code.load(logits), top)));
      });
      storeRow(code, rows, [top, code.sum(sum)]);
      code.advance(logits, bytes);
    });
  },
};

const differentiateRows: KernelDefinition = {
  name: "cross entropy and its gradient",
  write(code) {
    const [count, width] = [code.count(), code.count()];
    const share = code.number();
    const [logits, rows, gradient] = [code.pointer(), code.pointer(), code.pointer()];
    const bytes = code.bytes(width);
    code.repeat(count, () => {
      const top = largest(code, { logits, width });
      const sum = code.variable(0);
      code.columns(width, () => {
        const e = exponential(code, code.subtract(code.load(logits), top));
        code.store(gradient, e);
        code.gather(sum, e);
      });
      const total = code.sum(sum);
      storeRow(code, rows, [top, total]);
      const scale = code.divide(share, total);
      code.columns(width, () => code.store(gradient, code.multiply(code.load(gradient), scale)));
      for (const pointer of [logits, gradient]) code.advance(pointer, bytes);
    });
  },
};

function largest(code: KernelCode, { logits, width }: { logits: Integer; width: Integer }): Vector {
  const most = code.variable(-Infinity);
  code.columns(width, () => code.gatherMax(most, code.load(logits)));
  return code.largest(most);
}

function storeRow(code: KernelCode, rows: Integer, values: readonly Vector[]): void {
  for (const value of values) {
    code.storeFirst(rows, value);
    code.advance(rows, 4);
  }
}
