// What one thread does of a step of reinforcement: it writes answers, and finds how what was better than its like
// becomes likelier.

import * as tf from "@tensorflow/tfjs";
import type { Batch } from "../corpus/batches.ts";
import { type Beginning, continueTexts } from "../generate/continue.ts";
import { openReader } from "../generate/open_reader.ts";
import type { Transformer } from "../model/transformer.ts";
import type { Region } from "../tensor/products/product.ts";
import { chatEnd } from "../tokenizer/chat.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { batchLoss } from "../train/batch_loss.ts";
import { GradientSum, trainedParameters } from "./gradient_sum.ts";
import { policyLoss, type PolicyLossOptions } from "./policy_loss.ts";
import type { Replayed } from "./replay.ts";
import { writtenLogProbabilities } from "./written_tokens.ts";

/** How answers are written. */
export interface Writing {
  /** The longest answer, in tokens. */
  readonly tokens: number;
  readonly temperature: number;
}

/** A part of a step's answers, with all that stays the same while it is learned from. */
export interface Experience {
  readonly rows: Batch;
  /** The advantage of the answer that each place belongs to, shape (B, T). */
  readonly advantages: Float32Array;
  /** 1 where a token was written, shape (B, T). */
  readonly mask: Float32Array;
  /** Share of all the step's written tokens that are in this part. */
  readonly share: number;
  /** What the models make of it, as soon as that is known. */
  readonly found?: {
    /** Log-probabilities under the model before it learned from them, shape (B, T): those when they were written. */
    readonly old: Float32Array;
    /** Log-probabilities under the reference, shape (B, T). */
    readonly reference: Float32Array;
  };
}

/** What is learned from at once. */
export interface Lesson {
  readonly experience: readonly Experience[];
  /** What should not be forgotten meanwhile. */
  readonly replay?: Replayed;
}

/** What a lesson gave. */
export interface Learned {
  readonly loss: number;
  /** How the loss changes with each parameter, as `gradientLayout` lays it out; valid until the next lesson. */
  readonly gradients: Region;
  readonly experience: readonly Required<Experience>[];
}

/** Whoever does a part of the work, here or in a thread of its own. */
export interface PolicyWorker {
  /** Continues conversations: the tokens of each answer, without its end. */
  write(beginnings: readonly Beginning[], writing: Writing): Promise<number[][]>;
  /** Finds gradients. The model stays as it is. */
  learn(lesson: Lesson): Promise<Learned>;
}

/** The models of a policy. */
export interface PolicyModels {
  readonly model: Transformer;
  /** What the model began as: needed to learn, not to write. */
  readonly reference?: Transformer;
  readonly tokenizer: Tokenizer;
}

/** Answers that are written at the same time. */
const TOGETHER = 64;

/** The work on this thread. */
export class PolicyWork implements PolicyWorker {
  readonly #models: PolicyModels;
  readonly #options: PolicyLossOptions;
  #sum: GradientSum | undefined;

  constructor(models: PolicyModels, options: PolicyLossOptions = {}) {
    this.#models = models;
    this.#options = options;
  }

  async write(beginnings: readonly Beginning[], writing: Writing): Promise<number[][]> {
    const { model, tokenizer } = this.#models;
    const written: number[][] = beginnings.map(() => []);
    const options = {
      ...{ ...writing, stopTokens: [chatEnd(tokenizer)] },
      ...{ tokenizer, sizes: model.config, together: TOGETHER },
    };
    for await (const { text, token } of continueTexts(openReader(model), beginnings, options)) {
      if (token !== undefined) written[text].push(token.id);
    }
    return written;
  }

  // deno-lint-ignore require-await -- whoever asks does not know where the work is done
  async learn({ experience, replay }: Lesson): Promise<Learned> {
    const { model } = this.#models;
    const sum = this.#sum ??= new GradientSum(trainedParameters(model.parameters));
    sum.clear();
    let loss = 0;
    const seen = experience.map((part) => {
      const learned = this.#learnFrom(part, sum);
      loss += learned.loss;
      return learned.part;
    });
    if (replay !== undefined) {
      const { batch, weight } = replay;
      loss += sum.add(() => tf.mul(batchLoss(model, batch), weight));
    }
    return { loss, gradients: sum.region, experience: seen };
  }

  dispose(): void {
    this.#sum?.dispose();
  }

  #learnFrom(
    part: Experience,
    sum: GradientSum,
  ): { loss: number; part: Required<Experience> } {
    const { rows, advantages, mask, share } = part;
    const { model, reference: original } = this.#models;
    const { reference } = part.found ?? {
      reference: tf.tidy(() => {
        return writtenLogProbabilities(original!, rows).dataSync<"float32">().slice();
      }),
    };
    let old = part.found?.old;
    const loss = sum.add(() => {
      const current = tf.reshape(writtenLogProbabilities(model, rows), [-1]) as tf.Tensor1D; // (B·T)
      old ??= current.dataSync<"float32">().slice();
      const loss = policyLoss(current, {
        old: tf.tensor1d(old),
        reference: tf.tensor1d(reference),
        advantages: tf.tensor1d(advantages),
        mask: tf.tensor1d(mask),
      }, this.#options);
      return tf.mul(loss, share);
    });
    return { loss, part: { ...part, found: { old: old!, reference } } };
  }
}
