// The hyperparameters of a training run, with their defaults and limits.

import { ConfigError } from "../errors.ts";
import { givenOptions } from "../options.ts";
import { SCHEDULES } from "./schedule.ts";

/** The rules for moving parameters. */
export const OPTIMIZERS = ["adamw", "muon", "sgd"] as const;

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
  /**
   * The rule that moves the parameters. `muon` moves the matrices of the blocks, and leaves the rest to
   * `adamw`. Default `adamw`.
   */
  optimizer?: typeof OPTIMIZERS[number];
  /** The highest learning rate. Default 3e-3 for `adamw`, 1e-2 for `muon`, 0.1 for `sgd`. */
  learningRate?: number;
  /** How the learning rate falls: `cosine`, `linear` or `trapezoid`. Default `cosine`. */
  schedule?: typeof SCHEDULES[number];
  /** The learning rate at the end, as a share of the highest. Default 0.1. */
  finalShare?: number;
  /** Steps in which the learning rate climbs. Default 100, or a tenth of a short run. */
  warmup?: number;
  /** The share of the run in which the rate of a trapezoid falls. Default 0.4. */
  cooldown?: number;
  /** Decoupled weight decay of the matrices. Default 0.1. */
  weightDecay?: number;
  /** Default 0.9. */
  beta1?: number;
  /** Default 0.99. */
  beta2?: number;
  /** The momentum of `muon`, by default 0.95, and of `sgd`, by default 0.9. */
  momentum?: number;
  /** With `muon`: the learning rate of what AdamW moves, as a share of that of the matrices. Default 0.3. */
  restShare?: number;
  /** Longest gradient norm that is not scaled down. Default 1. */
  clip?: number;
  /**
   * What stays at each step of a moving average of the parameters, such as 0.99. The average is what is
   * evaluated then, and what the model and the file have at the end. Default 0: none.
   */
  ema?: number;
  /** The share of what each block adds that is left out by chance. Default 0. */
  dropout?: number;
  /** A loss so many nats above the smoothed one ends the run; Infinity lets it go on. Default 3. */
  spikeLimit?: number;
  /** Steps between evaluations of the whole validation split. Default 250; the last step always has one. */
  evaluateEvery?: number;
  /** Names the batches that are drawn, and what dropout leaves out. Default 1. */
  seed?: number;
  /**
   * A folder that keeps the run: `config.json`, `metrics.jsonl` with a line for each step, and
   * `checkpoint.safetensors`, written every `checkpointEvery` steps, at the end and when stopped.
   */
  folder?: string;
  /** Steps between checkpoints; a run that goes wrong goes back to the last. Default 250. */
  checkpointEvery?: number;
  /** Whether to go on from the folder's checkpoint, where there is one. Default false. */
  resume?: boolean;
  /**
   * Workers that share each batch; by default as many as are fastest here for this model. 0 trains on the
   * thread that calls, which hears nothing else between two steps.
   */
  workers?: number;
  /** Ends the run after the step under way; by default the interrupt of the notebook's cell. */
  signal?: AbortSignal;
}

type Optional = "folder" | "signal" | "workers";

/** Every hyperparameter decided, but for the number of workers, which depends on the model. */
export type CompleteTrainingOptions =
  & Required<Omit<TrainingOptions, Optional>>
  & Pick<TrainingOptions, Optional>;

/** The range of a number; `above` leaves `least` out, `below` leaves `most` out. */
interface Limit {
  readonly least: number;
  readonly most?: number;
  readonly whole?: true;
  readonly above?: true;
  readonly below?: true;
  readonly endless?: true;
}

const SHARE = { least: 0, most: 1 };
const SHARE_BELOW_1 = { least: 0, most: 1, below: true } as const;

const LIMITS: Readonly<Record<string, Limit>> = {
  steps: { least: 1, whole: true },
  batch: { least: 1, whole: true },
  context: { least: 1, whole: true },
  accumulate: { least: 1, whole: true },
  learningRate: { least: 0, above: true },
  finalShare: SHARE,
  warmup: { least: 0, whole: true },
  cooldown: SHARE,
  weightDecay: { least: 0 },
  beta1: SHARE_BELOW_1,
  beta2: SHARE_BELOW_1,
  momentum: SHARE_BELOW_1,
  restShare: { least: 0, above: true },
  clip: { least: 0, above: true, endless: true },
  ema: SHARE_BELOW_1,
  dropout: SHARE_BELOW_1,
  spikeLimit: { least: 0, above: true, endless: true },
  evaluateEvery: { least: 1, whole: true },
  seed: { least: 0, whole: true },
  checkpointEvery: { least: 1, whole: true },
  workers: { least: 0, most: 256, whole: true },
};

const CHOICES = { optimizer: OPTIMIZERS, schedule: SCHEDULES } as const;

/** What suits each optimiser. */
const OF_OPTIMIZER = {
  adamw: { learningRate: 3e-3, momentum: 0 },
  muon: { learningRate: 1e-2, momentum: 0.95 },
  sgd: { learningRate: 0.1, momentum: 0.9 },
} as const;

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
  const given = givenOptions(options, [
    ...Object.keys(LIMITS),
    ...Object.keys(CHOICES),
    "folder",
    "resume",
    "signal",
  ]);
  for (const [name, allowed] of Object.entries(CHOICES)) {
    const value = given[name as keyof typeof CHOICES];
    if (value !== undefined && !(allowed as readonly string[]).includes(value)) {
      throw new ConfigError(`${name} must be one of ${allowed.join(", ")}, but got ${value}.`);
    }
  }
  const { optimizer = "adamw" } = given;
  const complete: CompleteTrainingOptions = {
    batch: 12,
    context: modelContext,
    accumulate: 1,
    optimizer,
    ...OF_OPTIMIZER[optimizer],
    schedule: "cosine",
    finalShare: 0.1,
    warmup: Math.min(100, Math.ceil(options.steps / 10)),
    cooldown: 0.4,
    weightDecay: 0.1,
    beta1: 0.9,
    beta2: 0.99,
    restShare: 0.3,
    clip: 1,
    ema: 0,
    dropout: 0,
    spikeLimit: 3,
    evaluateEvery: 250,
    seed: 1,
    checkpointEvery: 250,
    resume: false,
    ...given,
  };
  for (const [name, limit] of Object.entries(LIMITS)) {
    const value = complete[name as keyof CompleteTrainingOptions];
    if (value !== undefined) expectInRange(name, value as number, limit);
  }
  if (complete.context > modelContext) {
    throw new ConfigError(
      `context is ${complete.context}, but the model sees at most ${modelContext} tokens.`,
    );
  }
  if (complete.folder === "") throw new ConfigError("folder is empty; name one, or leave it out.");
  if (complete.resume && complete.folder === undefined) {
    throw new ConfigError("resume goes on from a checkpoint: say in which folder the run is.");
  }
  return complete;
}

function expectInRange(name: string, value: number, limit: Limit): void {
  const { least, most = Infinity, whole, above, below, endless } = limit;
  const isNumber = typeof value === "number" &&
    (endless ? !Number.isNaN(value) : Number.isFinite(value));
  const fits = isNumber && (above ? value > least : value >= least) &&
    (below ? value < most : value <= most);
  if (fits && (!whole || Number.isInteger(value))) return;
  const kind = whole ? "a whole number" : "a number";
  const range = most !== Infinity
    ? `from ${least} to ${below ? "below " : ""}${most}`
    : above
    ? `above ${least}`
    : `from ${least} up`;
  throw new ConfigError(`${name} must be ${kind} ${range}, but got ${value}.`);
}
