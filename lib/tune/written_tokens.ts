// Rows of tokens of which the model wrote some, and how likely it finds those.

import * as tf from "@tensorflow/tfjs";
import type { Batch } from "../corpus/batches.ts";
import type { Transformer } from "../model/transformer.ts";
import { IGNORED } from "../tensor/cross_entropy.ts";
import { embedding } from "../tensor/embedding.ts";
import { logProbabilities } from "../tensor/log_probabilities.ts";
import { targetPlaces } from "../train/target_places.ts";

/** A text as tokens, and which of them the model wrote or should write. */
export interface WrittenText {
  readonly ids: Uint32Array;
  /** For each id 1 if it was written, 0 if it was given. */
  readonly mask: Uint8Array;
}

/** Rows are a multiple of this many tokens long, so that there are few different shapes. */
const STEP = 8;

/** The length of the row that a text needs: each token but the last is an input. */
export function rowLength({ ids }: WrittenText): number {
  return Math.ceil((ids.length - 1) / STEP) * STEP;
}

/**
 * Lays texts out, a row each. Targets are the tokens after the inputs where those were written, and ignored elsewhere;
 * what follows the end of a text is neither a target nor seen by one.
 *
 * @param options.most rows are not longer than this; by default as long as the longest text needs
 */
export function writtenRows(
  texts: readonly WrittenText[],
  { most = Infinity }: { most?: number } = {},
): Batch {
  const batch = texts.length;
  const context = Math.min(most, Math.max(...texts.map(rowLength)));
  const inputs = new Int32Array(batch * context); // (B, T)
  const targets = new Int32Array(batch * context).fill(IGNORED); // (B, T)
  for (const [row, { ids, mask }] of texts.entries()) {
    const at = row * context;
    inputs.set(ids.subarray(0, -1), at);
    for (let i = 1; i < ids.length; i++) {
      if (mask[i] === 1) targets[at + i - 1] = ids[i];
    }
  }
  return { inputs, targets, batch, context };
}

/**
 * How likely the model finds each written token after what stands before it. Only of those places the scores of the
 * whole vocabulary are computed: most of a row is its prompt.
 *
 * @returns nats, shape (B, T); 0 where nothing was written
 */
export function writtenLogProbabilities(model: Transformer, rows: Batch): tf.Tensor2D {
  const { inputs, batch, context } = rows;
  const { places, targets, count } = targetPlaces(rows);
  // Where nothing was written, what is found at the first place without a target: 0.
  const back = new Int32Array(rows.targets.length).fill(count);
  for (let i = 0; i < count; i++) back[places[i]] = i;
  const at = tf.tensor1d(places, "int32");
  const hidden = model.hidden(tf.tensor2d(inputs, [batch, context], "int32"), { at }); // (N, D)
  const scores = model.scores(hidden); // (N, V)
  const found = logProbabilities(scores, tf.tensor1d(targets, "int32")); // (N)
  const spread = embedding(tf.reshape(found, [-1, 1]), tf.tensor1d(back, "int32")); // (B·T, 1)
  return tf.reshape(spread, [batch, context]);
}

/** The sum of {@linkcode writtenLogProbabilities} over each row: how likely the whole answer is; shape (B). */
export function textLogProbabilities(model: Transformer, rows: Batch): tf.Tensor1D {
  return tf.sum(writtenLogProbabilities(model, rows), -1);
}
