// What a model should not forget: while it practises one thing, it goes on learning from batches of others.

import type { Batch } from "../corpus/batches.ts";
import { ConfigError } from "../errors.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { rowsOf } from "../train/batch_source.ts";
import { countTargets } from "../train/target_places.ts";
import type { TrainingData } from "../train/training_data.ts";

/** Options of {@linkcode drawReplay}. */
export interface ReplayOptions {
  /** What is learned from beside rewards, as conversations that were learned from before. Nothing by default. */
  readonly replay?: TrainingData;
  /** How much its loss weighs. Default 1. */
  readonly replayWeight?: number;
  /** Rows of the model's context that a batch may fill. Default 8. */
  readonly replayBatch?: number;
}

/** What is replayed in a step. */
export interface Replayed {
  readonly batch: Batch;
  /** What its mean loss is multiplied by. */
  readonly weight: number;
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
 * The batch of a step, and how much its loss weighs; nothing without data.
 *
 * @see Ouyang et al. 2022, "Training language models to follow instructions with human feedback", section 3.5, where
 * such batches are of what was read in pre-training
 */
export function drawReplay(
  { replay, replayWeight = 1, replayBatch = 8 }: ReplayOptions,
  draw: { context: number; seed: number; step: number },
): Replayed | undefined {
  if (replay === undefined) return undefined;
  return { batch: replay.sample({ batch: replayBatch, ...draw }), weight: replayWeight };
}

/** One of `workers` parts of a batch: its rows, and their part of its loss. */
export function replayPart(
  replayed: Replayed | undefined,
  share: { rank: number; workers: number },
): Replayed | undefined {
  if (replayed === undefined) return undefined;
  const { batch, weight } = replayed;
  const rows = rowsOf(batch, share);
  const [part, whole] = [countTargets(rows), countTargets(batch)];
  return part === 0 ? undefined : { batch: rows, weight: weight * part / whole };
}
