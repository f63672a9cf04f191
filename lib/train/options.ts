// The hyperparameters of a training run, with their defaults and limits.

import { ConfigError } from "../errors.ts";
import { givenOptions } from "../options.ts";

/** What can be chosen of a training run. */
export interface TrainingOptions {
  /** Optimiser steps of the whole run. */
  steps: number;
  /** Sequences in a batch. Default 12. */
  batch?: number;
  /** Tokens in a sequence; by default the model's context. */
  context?: number;
  /** Batches whose gradients are averaged into one step. Default 1. */
  accumulate?: number;
  /** The highest learning rate. Default 3e-3. */
  learningRate?: number;
  /** The learning rate at the end, as a share of the highest. Default 0.1. */
  finalShare?: number;
  /** Steps in which the learning rate climbs. Default 100, or a tenth of a short run. */
  warmup?: number;
  /** Decoupled weight decay of the matrices. Default 0.1. */
  weightDecay?: number;
  /** Default 0.9. */
  beta1?: number;
  /** Default 0.99. */
  beta2?: number;
  /** Longest gradient norm that is not scaled down. Default 1. */
  clip?: number;
  /** Steps between evaluations of the whole validation split. Default 250; the last step always has one. */
  evaluateEvery?: number;
  /** Names the batches that are drawn. Default 1. */
  seed?: number;
  /** A file that keeps the run, written every `checkpointEvery` steps, at the end and when stopped. */
  checkpoint?: string;
  /** Default 250. */
  checkpointEvery?: number;
  /** Whether to go on from the checkpoint, where there is one. Default false. */
  resume?: boolean;
  /** Ends the run after the step under way; by default the interrupt of the notebook's cell. */
  signal?: AbortSignal;
}

/** Every hyperparameter decided. */
export type CompleteTrainingOptions =
  & Required<Omit<TrainingOptions, "checkpoint" | "signal">>
  & Pick<TrainingOptions, "checkpoint" | "signal">;

/** The range of a number; `above` leaves `least` out, `below` leaves `most` out. */
interface Limit {
  readonly least: number;
  readonly most?: number;
  readonly whole?: true;
  readonly above?: true;
  readonly below?: true;
}

const LIMITS: Readonly<Record<string, Limit>> = {
  steps: { least: 1, whole: true },
  batch: { least: 1, whole: true },
  context: { least: 1, whole: true },
  accumulate: { least: 1, whole: true },
  learningRate: { least: 0, above: true },
  finalShare: { least: 0, most: 1 },
  warmup: { least: 0, whole: true },
  weightDecay: { least: 0 },
  beta1: { least: 0, most: 1, below: true },
  beta2: { least: 0, most: 1, below: true },
  clip: { least: 0, above: true },
  evaluateEvery: { least: 1, whole: true },
  seed: { least: 0, whole: true },
  checkpointEvery: { least: 1, whole: true },
};

/**
 * The options with every default filled in.
 *
 * @param modelContext the longest sequence the model takes
 * @throws {ConfigError} naming the first hyperparameter out of its range
 */
export function trainingOptions(
  options: TrainingOptions,
  { modelContext }: { modelContext: number },
): CompleteTrainingOptions {
  const given = givenOptions(options, [...Object.keys(LIMITS), "checkpoint", "resume", "signal"]);
  const complete: CompleteTrainingOptions = {
    batch: 12,
    context: modelContext,
    accumulate: 1,
    learningRate: 3e-3,
    finalShare: 0.1,
    warmup: Math.min(100, Math.ceil(options.steps / 10)),
    weightDecay: 0.1,
    beta1: 0.9,
    beta2: 0.99,
    clip: 1,
    evaluateEvery: 250,
    seed: 1,
    checkpointEvery: 250,
    resume: false,
    ...given,
  };
  for (const [name, { least, most = Infinity, whole, above, below }] of Object.entries(LIMITS)) {
    const value = complete[name as keyof CompleteTrainingOptions] as number;
    const fits = Number.isFinite(value) && (above ? value > least : value >= least) &&
      (below ? value < most : value <= most);
    if (!fits || (whole && !Number.isInteger(value))) {
      const kind = whole ? "a whole number" : "a number";
      const range = most !== Infinity
        ? `from ${least} to ${below ? "below " : ""}${most}`
        : above
        ? `above ${least}`
        : `from ${least} up`;
      throw new ConfigError(`${name} must be ${kind} ${range}, but got ${value}.`);
    }
  }
  if (complete.context > modelContext) {
    throw new ConfigError(
      `context is ${complete.context}, but the model sees at most ${modelContext} tokens.`,
    );
  }
  if (complete.resume && complete.checkpoint === undefined) {
    throw new ConfigError("resume goes on from a checkpoint: say which file with checkpoint.");
  }
  return complete;
}
