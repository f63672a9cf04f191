// Rows of tokens of which the model wrote some, and how likely it finds those.

import * as tf from "@tensorflow/tfjs";
import type { Transformer } from "../model/transformer.ts";
import { IGNORED } from "../tensor/cross_entropy.ts";
import { logProbabilities } from "../tensor/log_probabilities.ts";

/** A text as tokens, and which of them the model wrote or should write. */
export interface WrittenText {
  readonly ids: Uint32Array;
  /** For each id 1 if it was written, 0 if it was given. */
  readonly mask: Uint8Array;
}

/** Texts side by side, a row each. */
export interface WrittenRows {
  /** int32, shape (B, T). */
  readonly inputs: Int32Array;
  /** The token after each input where it was written, and IGNORED elsewhere; shape (B, T). */
  readonly targets: Int32Array;
  readonly batch: number;
  readonly context: number;
}

/** Rows are a multiple of this many tokens long, so that there are few different shapes. */
const STEP = 8;

/** Lays texts out as rows of one length. */
export function writtenRows(texts: readonly WrittenText[]): WrittenRows {
  const longest = Math.max(...texts.map(({ ids }) => ids.length - 1));
  const context = Math.ceil(longest / STEP) * STEP;
  const inputs = new Int32Array(texts.length * context);
  const targets = new Int32Array(texts.length * context).fill(IGNORED);
  for (const [row, { ids, mask }] of texts.entries()) {
    inputs.set(ids.subarray(0, -1), row * context);
    for (let i = 1; i < ids.length; i++) {
      if (mask[i] === 1) targets[row * context + i - 1] = ids[i];
    }
  }
  return { inputs, targets, batch: texts.length, context };
}

/**
 * How likely the model finds each written token after what stands before it.
 *
 * @returns nats, shape (B, T); 0 where nothing was written
 */
export function writtenLogProbabilities(model: Transformer, rows: WrittenRows): tf.Tensor2D {
  const { inputs, targets, batch, context } = rows;
  const logits = model.logits(tf.tensor2d(inputs, [batch, context], "int32")); // (B, T, V)
  const flat = tf.reshape(logits, [batch * context, -1]); // (B·T, V)
  return tf.reshape(logProbabilities(flat, tf.tensor1d(targets, "int32")), [batch, context]);
}

/** The sum of {@linkcode writtenLogProbabilities} over each row: how likely the whole answer is; shape (B). */
export function textLogProbabilities(model: Transformer, rows: WrittenRows): tf.Tensor1D {
  return tf.sum(writtenLogProbabilities(model, rows), -1);
}
