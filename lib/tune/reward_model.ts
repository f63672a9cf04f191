// A reward model: the same transformer, with one number at the end instead of the next token's scores. It learns from
// pairs which answers are preferred, and then tells of any answer how good it is.

import * as tf from "@tensorflow/tfjs";
import { ConfigError } from "../errors.ts";
import { breathe, cellSignal } from "../interrupt.ts";
import { Transformer } from "../model/transformer.ts";
import { type ChatMessage, renderChat } from "../tokenizer/chat.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { Learner, type LearnerOptions } from "./learner.ts";
import {
  encodePairs,
  pairBatches,
  pairSummary,
  type Preference,
  type PreferencePoint,
} from "./preferences.ts";
import { rewardLoss } from "./preference_loss.ts";
import { writtenRows, type WrittenText } from "./written_tokens.ts";

/** Options of {@linkcode RewardModel.train}. */
export interface RewardTrainingOptions extends LearnerOptions {
  steps: number;
  /** Pairs in a batch. Default 16. */
  batch?: number;
  /** Default 3e-4. */
  learningRate?: number;
  /** Names the pairs that are drawn. Default 1. */
  seed?: number;
  /** Ends it after the step under way. Defaults to the running cell's signal. */
  signal?: AbortSignal;
}

/** A model that tells how good an answer is. */
export class RewardModel {
  readonly model: Transformer;
  readonly tokenizer: Tokenizer;
  /** What the last hidden state is multiplied by, shape (D, 1). */
  readonly #head: tf.Variable;

  /** Begins with a copy of `model`, which knows the language already. */
  constructor(model: Transformer, tokenizer: Tokenizer) {
    this.model = Transformer.fromValues(model.config, model.values());
    this.tokenizer = tokenizer;
    const start = tf.zeros([model.config.width, 1]); // at first all answers are equally good
    this.#head = tf.variable(start);
    start.dispose();
  }

  /**
   * Learns which answers are preferred.
   *
   * @returns a point for each step; the model changes as they are read
   * @throws {ConfigError} if there is no pair, or one has the same answer twice
   * @see Ouyang et al. 2022, "Training language models to follow instructions with human feedback"
   */
  async *train(
    pairs: readonly Preference[],
    options: RewardTrainingOptions,
  ): AsyncGenerator<PreferencePoint, void> {
    const { steps, batch = 16, learningRate = 3e-4, seed = 1 } = options;
    const signal = options.signal ?? cellSignal();
    const batches = pairBatches(encodePairs(pairs, this.tokenizer), { batch, seed });
    const parameters = new Map([...this.model.parameters, ["reward", this.#head]]);
    const learner = new Learner(parameters, options);
    try {
      for (let step = 1; step <= steps && !signal?.aborted; step++) {
        const drawn = batches.next().value;
        const texts = [
          ...drawn.map(({ chosen }) => chosen),
          ...drawn.map(({ rejected }) => rejected),
        ];
        let margins: Float32Array = new Float32Array(0);
        const loss = () => {
          const [chosen, rejected] = tf.split(this.#scores(texts), 2) as tf.Tensor1D[];
          margins = tf.sub(chosen, rejected).dataSync<"float32">();
          return rewardLoss(chosen, rejected);
        };
        const learned = learner.step([loss], { learningRate });
        yield { step, ...learned, ...pairSummary(margins) };
        await breathe();
      }
    } finally {
      learner.dispose();
    }
  }

  /**
   * How good the last answer of each conversation is. Only differences mean something.
   *
   * @throws {ConfigError} if a conversation does not end with the assistant, or is longer than the model sees
   */
  rewards(conversations: readonly (readonly ChatMessage[])[]): Float32Array {
    if (conversations.length === 0) return new Float32Array(0);
    const texts = conversations.map((messages) => renderChat(messages, this.tokenizer));
    return tf.tidy(() => this.#scores(texts).dataSync<"float32">().slice());
  }

  dispose(): void {
    this.model.dispose();
    this.#head.dispose();
  }

  /** The reward at the last token of each text, shape (B). */
  #scores(texts: readonly WrittenText[]): tf.Tensor1D {
    const longest = Math.max(...texts.map(({ ids }) => ids.length));
    const { context: most } = this.model.config;
    if (longest > most) {
      throw new ConfigError(
        `An answer ends at token ${longest}, but the model sees ${most}: shorten it.`,
      );
    }
    // Rows leave out each text's last token, at which the reward is read: so one follows that is never looked at.
    const { inputs, batch, context } = writtenRows(texts.map(followed), { most });
    const ends = tf.tensor1d(texts.map(({ ids }, row) => row * context + ids.length - 1), "int32");
    const tokens = tf.tensor2d(inputs, [batch, context], "int32");
    const last = this.model.hidden(tokens, { at: ends }) as tf.Tensor2D; // (B, D)
    return tf.reshape(tf.matMul(last, this.#head as tf.Tensor2D), [batch]);
  }
}

function followed({ ids, mask }: WrittenText): WrittenText {
  return { ids: Uint32Array.of(...ids, 0), mask: Uint8Array.of(...mask, 0) };
}
