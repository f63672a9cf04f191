// Causal self-attention with grouped key and value heads.

import * as tf from "@tensorflow/tfjs";
import { ShapeError } from "../errors.ts";
import { defineArenaKernel } from "./arena/kernel.ts";
import { expectRank } from "./expect.ts";
import { defineOperation } from "./operation.ts";
import type { Integer, KernelCode } from "./vectors/code.ts";
import type { KernelDefinition } from "./vectors/kernels.ts";
import { exponential } from "./vectors/math.ts";

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
  return softmaxOperation({ scores }, { scale });
}

const softmaxOperation = defineOperation({
  name: "DialsCausalSoftmax",
  outputs: ([scores]) => [scores],
  run({ inputs: [scores], outputs: [y], attributes: { scale }, kernels }) {
    const squares = scores.size / scores.width ** 2;
    kernels.run(forward, [squares, scores.width, scale, scores.address, y.address]);
  },
  saves: [],
  savesOutput: true,
  gradients: (dy, [y], attributes) => ({ scores: () => softmaxGradient({ y, dy }, attributes)[0] }),
  composed({ scores }, { scale }) {
    const [rows, context] = scores.shape.slice(-2);
    const hidden = Float32Array.from(
      { length: rows * context },
      (_, i) => i % context <= Math.floor(i / context) % context ? 0 : -1e9,
    );
    return tf.softmax(tf.add(tf.mul(scores, scale), tf.tensor2d(hidden, [rows, context])));
  },
});

const softmaxGradient = defineArenaKernel({
  name: "DialsCausalSoftmaxGradient",
  outputs: ([y]) => [y],
  run({ inputs: [y, dy], outputs: [dScores], attributes: { scale }, kernels }) {
    const sizes = [y.size / y.width ** 2, y.width, scale];
    kernels.run(backward, [...sizes, y.address, dy.address, dScores.address]);
  },
});

const forward: KernelDefinition = {
  name: "causal softmax",
  write(code) {
    const [squares, context] = [code.count(), code.count()];
    const scale = code.number();
    const [scores, y] = [code.pointer(), code.pointer()];
    overTriangle(code, { squares, context, rows: [scores, y], out: y }, (seen) => {
      const most = code.variable(-Infinity);
      code.columns(seen, () => code.gatherMax(most, code.load(scores)));
      const top = code.largest(most);
      const sum = code.variable(0);
      code.columns(seen, () => {
        const difference = code.subtract(code.load(scores), top);
        const e = exponential(code, code.multiply(difference, scale));
        code.store(y, e);
        code.gather(sum, e);
      });
      const share = code.divide(code.constant(1), code.sum(sum));
      code.columns(seen, () => code.store(y, code.multiply(code.load(y), share)));
    });
  },
};

const backward: KernelDefinition = {
  name: "gradient of causal softmax",
  write(code) {
    const [squares, context] = [code.count(), code.count()];
    const scale = code.number();
    const [y, dy, dScores] = [code.pointer(), code.pointer(), code.pointer()];
    overTriangle(code, { squares, context, rows: [y, dy, dScores], out: dScores }, (seen) => {
      const dot = code.variable(0);
      code.columns(seen, () => code.gatherProduct(dot, code.load(y), code.load(dy)));
      const mean = code.sum(dot);
      code.columns(seen, () => {
        const pull = code.multiply(code.load(y), scale);
        code.store(dScores, code.multiply(pull, code.subtract(code.load(dy), mean)));
      });
    });
  },
};

/** Goes through the rows of squares, of which each sees a column more than the one before; the rest of `out` becomes 0. */
function overTriangle(
  code: KernelCode,
  { squares, context, rows, out }: {
    squares: Integer;
    context: Integer;
    rows: readonly Integer[];
    out: Integer;
  },
  body: (seen: Integer) => void,
): void {
  const bytes = code.bytes(context);
  code.repeat(squares, () => {
    const [seen, hidden, behind] = [code.integer(1), code.copy(context), code.copy(out)];
    code.repeat(context, () => {
      code.advance(hidden, -1);
      code.advance(behind, 4);
      body(seen);
      code.columns(hidden, () => code.store(behind, code.constant(0)));
      for (const row of [...rows, behind]) code.advance(row, bytes);
      code.advance(seen, 1);
    });
  });
}
