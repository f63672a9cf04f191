// Where a model looks: the share that each token has in what a head takes, for every layer and head.

import * as tf from "@tensorflow/tfjs";
import type { Transformer } from "../model/transformer.ts";

/**
 * The attention of every head to a text.
 *
 * @param tokens at most as many as the model's context
 * @returns for each layer and each of its heads a matrix of rows: what the token of that row looks at, shares
 * that sum to 1
 * @throws {ConfigError} if there are more tokens than the model sees
 */
export function attentionShares(
  model: Transformer,
  tokens: ArrayLike<number>,
): Float64Array[][][] {
  const layers: Float64Array[][][] = [];
  tf.tidy(() => {
    const input = tf.tensor2d(Array.from(tokens), [1, tokens.length], "int32");
    model.hidden(input, {
      watch(_, { query, key }) {
        const [, , groups] = key.shape;
        const [q, k] = [query.dataSync<"float32">(), key.dataSync<"float32">()];
        const { heads, headWidth } = model.config;
        const shape = { length: tokens.length, heads, groups: groups!, width: headWidth };
        layers.push(Array.from({ length: heads }, (_, head) => sharesOf(q, k, { ...shape, head })));
      },
    });
  });
  return layers;
}

interface HeadShape {
  readonly length: number;
  readonly heads: number;
  readonly groups: number;
  readonly width: number;
  readonly head: number;
}

/** The softmax of one head's scores; queries are (T, H, D), keys (T, G, D). */
function sharesOf(
  query: Float32Array,
  key: Float32Array,
  { length, heads, groups, width, head }: HeadShape,
): Float64Array[] {
  const group = Math.floor(head * groups / heads);
  return Array.from({ length }, (_, row) => {
    const shares = new Float64Array(length);
    const q = query.subarray((row * heads + head) * width, (row * heads + head + 1) * width);
    let largest = -Infinity;
    for (let past = 0; past <= row; past++) {
      const k = key.subarray((past * groups + group) * width, (past * groups + group + 1) * width);
      shares[past] = q.reduce((sum, value, i) => sum + value * k[i], 0) / Math.sqrt(width);
      largest = Math.max(largest, shares[past]);
    }
    let sum = 0;
    for (let past = 0; past <= row; past++) {
      shares[past] = Math.exp(shares[past] - largest);
      sum += shares[past];
    }
    return shares.map((share, past) => past <= row ? share / sum : 0);
  });
}
