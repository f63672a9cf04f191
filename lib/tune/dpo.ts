// Direct preference optimisation: a model learns from pairs to write what is preferred.

import * as tf from "@tensorflow/tfjs";
import { breathe, cellSignal } from "../interrupt.ts";
import { Transformer } from "../model/transformer.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { Learner, type LearnerOptions } from "./learner.ts";
import {
  type EncodedPair,
  encodePairs,
  pairBatches,
  pairSummary,
  type Preference,
  type PreferencePoint,
} from "./preferences.ts";
import { dpoLoss, type PairLogProbabilities } from "./preference_loss.ts";
import { textLogProbabilities, writtenRows } from "./written_tokens.ts";

/** Options of {@linkcode preferDirectly}. */
export interface DirectPreferenceOptions extends LearnerOptions {
  steps: number;
  /** Pairs in a batch. Default 16. */
  batch?: number;
  /** Default 1e-4. */
  learningRate?: number;
  /** How strongly the model is held to what it was. Default 0.1. */
  beta?: number;
  /** Names the pairs that are drawn. Default 1. */
  seed?: number;
  /** Ends it after the step under way. Defaults to the running cell's signal. */
  signal?: AbortSignal;
}

/**
 * Makes chosen answers likelier and rejected ones less so, against a copy of the model as it was.
 *
 * @returns a point for each step; the model changes as they are read
 * @throws {ConfigError} if there is no pair, or one has the same answer twice
 * @see Rafailov et al. 2023, "Direct Preference Optimization"
 * @example
 * ```ts
 * for await (const { step, accuracy } of preferDirectly(model, tokenizer, pairs, { steps: 100 })) {
 *   console.log(step, accuracy);
 * }
 * ```
 */
export async function* preferDirectly(
  model: Transformer,
  tokenizer: Tokenizer,
  pairs: readonly Preference[],
  options: DirectPreferenceOptions,
): AsyncGenerator<PreferencePoint, void> {
  const { steps, batch = 16, learningRate = 1e-4, beta = 0.1, seed = 1 } = options;
  const signal = options.signal ?? cellSignal();
  const encoded = encodePairs(pairs, tokenizer);
  const reference = Transformer.fromValues(model.config, model.values());
  const learner = new Learner(model.parameters, options);
  const batches = pairBatches(encoded, { batch, seed });
  try {
    for (let step = 1; step <= steps && !signal?.aborted; step++) {
      const drawn = batches.next().value;
      const before = pairLogProbabilities(reference, drawn);
      let margins: Float32Array = new Float32Array(0);
      const loss = () => {
        const now = pairLogProbabilities(model, drawn);
        margins = tf.tidy(() => marginsOf(now, { reference: before, beta }).dataSync<"float32">());
        return dpoLoss(now, { reference: before, beta });
      };
      const learned = learner.step([loss], { learningRate });
      tf.dispose([before.chosen, before.rejected]);
      yield { step, ...learned, ...pairSummary(margins) };
      await breathe();
    }
  } finally {
    learner.dispose();
    reference.dispose();
  }
}

function pairLogProbabilities(
  model: Transformer,
  pairs: readonly EncodedPair[],
): PairLogProbabilities {
  const texts = [...pairs.map((pair) => pair.chosen), ...pairs.map((pair) => pair.rejected)];
  const rows = writtenRows(texts, { most: model.config.context });
  const all = tf.tidy(() => textLogProbabilities(model, rows)); // (2·B)
  const [chosen, rejected] = tf.split(all, 2) as tf.Tensor1D[];
  return { chosen, rejected };
}

/** By how much each pair's chosen answer has the higher reward. */
function marginsOf(
  now: PairLogProbabilities,
  { reference, beta }: { reference: PairLogProbabilities; beta: number },
): tf.Tensor1D {
  const gain = (answer: keyof PairLogProbabilities) => tf.sub(now[answer], reference[answer]);
  return tf.mul(tf.sub(gain("chosen"), gain("rejected")), beta);
}
