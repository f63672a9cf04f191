// How much arithmetic a model needs, and how much the machine can do.

import * as tf from "@tensorflow/tfjs";
import type { ModelConfig } from "../model/config.ts";
import { parameterSpecs } from "../model/parameters.ts";

/**
 * Operations of the matrix products for one token of training: each number of a matrix is multiplied and added once
 * forward and twice backward, and attention compares each position with all `context` others (the mask
 * spares none here, as is the custom).
 *
 * @see Chowdhery et al. 2022, "PaLM", appendix B
 */
export function flopsPerToken(config: ModelConfig, { context }: { context: number }): number {
  let matrices = 0;
  for (const { name, shape } of parameterSpecs(config)) {
    const isTable = name === "positions" || (name === "embedding" && !config.tiedHead);
    if (shape.length === 2 && !isTable) matrices += shape[0] * shape[1];
  }
  const { layers, heads, headWidth } = config;
  return 6 * matrices + 12 * layers * heads * headWidth * context;
}

/** A product like those of a small model's feed-forward layer. */
const [M, K, N] = [384, 128, 512];

/**
 * Operations a second of this thread's matrix products, in the best of many.
 *
 * @param options.milliseconds how long to measure
 */
export function measurePeak({ milliseconds = 20 } = {}): number {
  return tf.tidy(() => {
    const a = tf.ones([M, K]);
    const b = tf.ones([K, N]);
    tf.matMul(a, b).dispose(); // compiles
    let best = Infinity;
    const end = performance.now() + milliseconds;
    do {
      const start = performance.now();
      for (let i = 0; i < 4; i++) tf.matMul(a, b).dispose();
      best = Math.min(best, performance.now() - start);
    } while (performance.now() < end);
    return 4 * 2 * M * K * N / (Math.max(best, 1e-3) / 1000);
  });
}
