// The recipe: a model and its training from one dial, the depth. Each rule says why it is as it is.

import { ConfigError } from "../errors.ts";
import { givenOptions } from "../options.ts";
import { modelConfig, type ModelOptions } from "../model/config.ts";
import { parameterCount } from "../model/parameters.ts";
import type { TrainingOptions } from "./options.ts";

/** What {@linkcode recipe} is told. */
export interface RecipeOptions {
  /** Number of layers, from 1; everything else follows. Default 4, which trains in about a minute. */
  depth?: number;
  /** Number of tokens that the tokenizer knows. */
  vocabularySize: number;
  /** Tokens to train on; by default two for each parameter. */
  tokens?: number;
}

/** What a recipe decides, for `Transformer.create` and `train`. */
export interface Recipe {
  readonly model: ModelOptions;
  readonly training: TrainingOptions;
}

/** Width of a layer's residual stream for each layer. */
const WIDTH_PER_LAYER = 32;
const HEAD_WIDTH = 32;
/** Positions that a model sees, for each layer. */
const CONTEXT_PER_LAYER = 16;
/** Tokens of a step. */
const STEP_TOKENS = 1536;
const TOKENS_PER_PARAMETER = 2;
/** Evaluations of a run. */
const EVALUATIONS = 10;

/**
 * A model and its training, from the depth alone. They suit each other, and what is said of them can still be changed:
 * spread the parts and put your own dials behind.
 *
 * @throws {ConfigError} if an option is out of its range
 * @example
 * ```ts
 * const { vocabularySize } = tokenizer;
 * const { model, training } = recipe({ depth: 4, vocabularySize });
 * await watch(train(Transformer.create(model), data, { ...training, seed: 2 }));
 * ```
 */
export function recipe(options: RecipeOptions): Recipe {
  const given = givenOptions(options, ["depth", "vocabularySize", "tokens"]);
  const { depth = 4, vocabularySize } = given;
  expectCount("depth", depth);
  const model: ModelOptions = {
    vocabularySize,
    layers: depth,
    // Depth and width grow together, as in nanochat, so that neither starves the other.
    width: WIDTH_PER_LAYER * depth,
    // Heads of one width: a deeper model gets more of them, and each finds as much.
    heads: WIDTH_PER_LAYER * depth / HEAD_WIDTH,
    // A small model makes little of what lies far back, and attention over it costs time.
    context: CONTEXT_PER_LAYER * depth,
    // Queries and keys of one length: about a fifth fewer steps to a loss (on tinyshakespeare 1.916 after 250,
    // where it was 1.918 after 300 without).
    qkNorm: true,
  };
  const config = modelConfig(model);
  const { tokens = TOKENS_PER_PARAMETER * parameterCount(config) } = given;
  expectCount("tokens", tokens);
  const batch = Math.max(1, Math.round(STEP_TOKENS / config.context));
  const steps = Math.ceil(tokens / (batch * config.context));
  return {
    model,
    training: {
      // Muon's work for a step is the same for any batch, so batches are twice as large as they were best without: 180
      // steps of 1,536 tokens come to 1.859, 300 of 768 in a little more time to 1.874.
      batch,
      // A tenth of what is optimal for a given amount of arithmetic (Hoffmann et al. 2022): a learner's minutes
      // are worth more than the last hundredths.
      steps,
      // Fewer than half the steps of AdamW to a loss of 1.90, each of which costs a third to a half more.
      optimizer: "muon",
      // Muon's updates have one length whatever the width, so that the rate need not change with it. Of 6e-3, 1e-2
      // and 2e-2 the middle one was best at depth 4; on tinyshakespeare twice as much is 0.007 better at depths 2 and 3,
      // and half as much 0.024 at depth 6.
      learningRate: 1e-2,
      // Embeddings learn faster still: 1.862 after 300 steps, where an equal rate came to 1.874.
      restShare: 2,
      // Straight down to nothing: the last part of a run gains most from small steps.
      schedule: "linear",
      finalShare: 0,
      warmup: Math.min(20, Math.ceil(steps / 10)),
      evaluateEvery: Math.max(1, Math.ceil(steps / EVALUATIONS)),
    },
  };
}

function expectCount(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 1) return;
  throw new ConfigError(`${name} must be a whole number from 1 up, but got ${value}.`);
}
