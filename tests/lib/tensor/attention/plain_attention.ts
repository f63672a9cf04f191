// What every fused attention is compared with: the definition, in float64.

import type { AttentionShape } from "../../../../lib/tensor/attention/shape.ts";

/** Values of the operands, and the gradient of what comes out. */
export interface AttentionValues {
  readonly query: Float32Array;
  readonly key: Float32Array;
  readonly value: Float32Array;
  readonly outputGradient: Float32Array;
}

/** What comes out, and the gradients of what goes in. All lie without gaps. */
export interface AttentionResults {
  readonly output: Float64Array;
  readonly queryGradient: Float64Array;
  readonly keyGradient: Float64Array;
  readonly valueGradient: Float64Array;
}

/** Computes both passes, one query after the other. */
export function plainAttention(
  { query, key, value, outputGradient }: AttentionValues,
  shape: AttentionShape,
): AttentionResults {
  const { batch, context, heads, groups, width } = shape;
  const [ofQueries, ofKeys] = [heads * width, groups * width];
  const results = {
    output: new Float64Array(batch * context * ofQueries),
    queryGradient: new Float64Array(batch * context * ofQueries),
    keyGradient: new Float64Array(batch * context * ofKeys),
    valueGradient: new Float64Array(batch * context * ofKeys),
  };
  const scale = 1 / Math.sqrt(width);
  for (let text = 0; text < batch; text++) {
    for (let head = 0; head < heads; head++) {
      const group = Math.floor(head / (heads / groups));
      for (let i = 0; i < context; i++) {
        const at = (position: number, row: number, which: number) =>
          (text * context + position) * row + which * width;
        const [q, out] = [at(i, shape.rowQuery, head), at(i, ofQueries, head)];
        const seen = Array.from({ length: i + 1 }, (_, j) => j);
        const dot = (x: Float32Array, startX: number, y: Float32Array, startY: number) => {
          let sum = 0;
          for (let d = 0; d < width; d++) sum += x[startX + d] * y[startY + d];
          return sum;
        };
        const scores = seen.map((j) => scale * dot(query, q, key, at(j, shape.rowKey, group)));
        const max = scores.reduce((a, b) => Math.max(a, b));
        const powers = scores.map((score) => Math.exp(score - max));
        const sum = powers.reduce((a, b) => a + b);
        const weights = powers.map((power) => power / sum);
        const gradients = seen.map((j) =>
          dot(outputGradient, out, value, at(j, shape.rowValue, group))
        );
        const mean = weights.reduce((total, weight, j) => total + weight * gradients[j], 0);
        for (const j of seen) {
          const [k, v] = [at(j, shape.rowKey, group), at(j, shape.rowValue, group)];
          const own = at(j, ofKeys, group);
          const ofScore = scale * weights[j] * (gradients[j] - mean);
          for (let d = 0; d < width; d++) {
            results.output[out + d] += weights[j] * value[v + d];
            results.valueGradient[own + d] += weights[j] * outputGradient[out + d];
            results.queryGradient[out + d] += ofScore * key[k + d];
            results.keyGradient[own + d] += ofScore * query[q + d];
          }
        }
      }
    }
  }
  return results;
}
