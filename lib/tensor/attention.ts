// Causal self-attention with grouped key and value heads.

import * as tf from "@tensorflow/tfjs";
import { ShapeError } from "../errors.ts";
import { defineArenaKernel } from "./arena/kernel.ts";
import { type AttentionShape, statisticsSize } from "./attention/shape.ts";
import { expectRank } from "./expect.ts";
import { computed, defineOperation, type Named } from "./operation.ts";

/**
 * Scaled dot-product attention in which a position sees itself and what came before.
 * Consecutive query heads share a key/value head when there are fewer of those. On the arena's backend
 * the scores of all positions never exist at once, forward or backward.
 *
 * @param query shape (B, T, H, D)
 * @param memory `key` and `value`, each of shape (B, T, G, D), where G divides H
 * @returns shape (B, T, H, D)
 * @throws {ShapeError} if the shapes do not fit each other, or G does not divide H
 * @see Vaswani et al. 2017, "Attention Is All You Need"; Ainslie et al. 2023, "GQA"
 */
export function causalAttention(
  query: tf.Tensor,
  { key, value }: { key: tf.Tensor; value: tf.Tensor },
): tf.Tensor {
  for (const tensor of [query, key, value]) expectRank("causalAttention", tensor, 4);
  const [batch, context, heads, width] = query.shape;
  const groups = key.shape[2]!;
  if (groups === 0 || heads % groups !== 0) {
    throw new ShapeError(
      `causalAttention needs key heads that divide the query heads, but got ${groups} for ${heads}.`,
    );
  }
  for (const { shape } of [key, value]) {
    if (shape.join() !== [batch, context, groups, width].join()) {
      throw new ShapeError(
        `causalAttention of queries (${query.shape}) needs keys and values of shape ` +
          `(${batch}, ${context}, ${groups}, ${width}), but got (${shape}).`,
      );
    }
  }
  return operation({ query, key, value });
}

/** The sizes of attention on tensors, which lie without gaps. */
function shapeOf(query: number[], key: number[]): AttentionShape {
  const [batch, context, heads, width] = query;
  const groups = key[2];
  const [rowQuery, rowKey] = [heads * width, groups * width];
  return { batch, context, heads, groups, width, rowQuery, rowKey, rowValue: rowKey };
}

const operation = defineOperation({
  name: "DialsAttention",
  outputs: ([query, key]) => [query, [statisticsSize(shapeOf(query, key))]],
  run({ inputs: [query, key, value], outputs: [output, statistics], attention }) {
    attention.forward(shapeOf(query.shape, key.shape), {
      query: query.region,
      key: key.region,
      value: value.region,
      output: output.region,
      statistics: statistics.region,
    });
  },
  saves: ["query", "key", "value"],
  gradients(dy, [query, key, value, statistics]) {
    const gradients = attentionGradient({ query, key, value, statistics, dy });
    return computed(["query", "key", "value"], gradients);
  },
  composed,
});

const attentionGradient = defineArenaKernel({
  name: "DialsAttentionGradient",
  outputs: ([query, key, value]) => [query, key, value],
  run({ inputs, outputs, attention }) {
    const [query, key, value, statistics, dy] = inputs.map(({ region }) => region);
    const [queryGradient, keyGradient, valueGradient] = outputs.map(({ region }) => region);
    attention.backward(shapeOf(inputs[0].shape, inputs[1].shape), {
      ...{ query, key, value, statistics, outputGradient: dy },
      ...{ queryGradient, keyGradient, valueGradient },
    });
  },
});

/** The definition, in plain tfjs. */
function composed({ query, key, value }: Named): tf.Tensor {
  const [batch, context, heads, width] = query.shape as [number, number, number, number];
  const groups = key.shape[2]!;
  const byHead = (x: tf.Tensor) => tf.transpose(x, [0, 2, 1, 3]); // (B, heads, T, D)
  // The query heads of a group are laid under each other, so that no key has to be repeated.
  const rows = heads / groups * context;
  const stacked = tf.reshape(byHead(query), [batch, groups, rows, width]);
  const scores = tf.matMul(stacked, byHead(key), false, true); // (B, G, rows, T)
  const hidden = Float32Array.from(
    { length: rows * context },
    (_, i) => i % context <= Math.floor(i / context) % context ? 0 : -1e9,
  );
  const scaled = tf.mul(scores, 1 / Math.sqrt(width));
  const weights = tf.softmax(tf.add(scaled, tf.tensor2d(hidden, [rows, context])));
  const mixed = tf.matMul(weights, byHead(value)); // (B, G, rows, D)
  return byHead(tf.reshape(mixed, [batch, heads, context, width]));
}
