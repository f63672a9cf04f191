// What a model should not forget: while it practises one thing, it goes on learning from batches of others.

import * as tf from "@tensorflow/tfjs";
import { ConfigError } from "../errors.ts";
import type { Transformer } from "../model/transformer.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import type { TrainingData } from "../train/training_data.ts";

/** Options of {@linkcode replayLoss}. */
export interface ReplayOptions {
  /** What is learned from beside rewards, as conversations that were learned from before. Nothing by default. */
  readonly replay?: TrainingData;
  /** How much its loss weighs. Default 1. */
  readonly replayWeight?: number;
  /** Rows of the model's context that a batch may fill. Default 8. */
  readonly replayBatch?: number;
}

/**
 * Checks that what is replayed has the tokens that the model reads.
 *
 * @throws {ConfigError} if it was made by another tokenizer
 */
export function expectReplay({ replay }: ReplayOptions, tokenizer: Tokenizer): void {
  if (replay === undefined || replay.tokenizer === tokenizer) return;
  throw new ConfigError(
    "What is replayed was made by another tokenizer than the model's: its ids would mean something else.",
  );
}

/**
 * The losses that a step adds: that of one batch, as in training; none without data.
 *
 * @see Ouyang et al. 2022, "Training language models to follow instructions with human feedback", section 3.5, where
 * such batches are of what was read in pre-training
 */
export function replayLoss(
  model: Transformer,
  { replay, replayWeight = 1, replayBatch = 8 }: ReplayOptions,
  draw: { seed: number; step: number },
): (() => tf.Scalar)[] {
  if (replay === undefined) return [];
  const rows = replay.sample({ batch: replayBatch, context: model.config.context, ...draw });
  const { batch, context } = rows;
  return [() => {
    const inputs = tf.tensor2d(rows.inputs, [batch, context], "int32");
    const targets = tf.tensor2d(rows.targets, [batch, context], "int32");
    return tf.mul(model.loss(inputs, targets), replayWeight);
  }];
}
