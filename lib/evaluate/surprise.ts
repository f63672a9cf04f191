// How surprised a model is by each token of a text.

import * as tf from "@tensorflow/tfjs";
import { logSoftmax } from "../generate/log_probabilities.ts";
import type { Transformer } from "../model/transformer.ts";

/**
 * The surprise at each token after the first, −ln p in nats. Of a text longer than the context each token is judged
 * with at least half a context before it, where the text has that much.
 *
 * @returns one number less than there are tokens
 */
export function surprises(model: Transformer, tokens: ArrayLike<number>): Float64Array {
  const { context, vocabularySize } = model.config;
  const ids = Array.from(tokens);
  const result = new Float64Array(Math.max(0, ids.length - 1));
  for (let done = 0, start = 0; done < result.length; start = done - (context >> 1)) {
    const from = Math.max(0, start);
    const inputs = ids.slice(from, from + context);
    const logits = tf.tidy(() =>
      model.logits(tf.tensor2d([inputs], [1, inputs.length], "int32")).dataSync<"float32">()
    );
    for (; done < result.length && done - from < inputs.length; done++) {
      const at = (done - from) * vocabularySize;
      result[done] = -logSoftmax(logits.slice(at, at + vocabularySize))[ids[done + 1]];
    }
  }
  return result;
}
