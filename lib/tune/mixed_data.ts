// Data of several kinds by turns: conversations, and now and then some of the text that was read before, so that a model
// that learns to answer does not forget what it knows.

import type { Batch } from "../corpus/batches.ts";
import { ConfigError } from "../errors.ts";
import { Random } from "../random.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import type { TrainingData } from "../train/training_data.ts";

/** One kind of data, and how often it comes. */
export interface MixedPart {
  readonly data: TrainingData;
  /** Batches of this kind against those of the others. */
  readonly share: number;
}

/**
 * Training data that takes each batch from one of several. The validation split is that of the first, which is what the
 * training is for.
 *
 * @throws {ConfigError} if there is no part, a share is not above 0, or the parts have different tokenizers
 * @example
 * ```ts
 * const data = new MixedData([
 *   { data: new ChatData(tokenizer, conversations), share: 3 },
 *   { data: tokenizeCorpus(corpus, tokenizer), share: 1 },
 * ]);
 * await train(model, data, { steps: 500 });
 * ```
 */
export class MixedData implements TrainingData {
  readonly tokenizer: Tokenizer;
  readonly bytesPerToken?: number;
  readonly #parts: readonly MixedPart[];
  readonly #whole: number;

  constructor(parts: readonly MixedPart[]) {
    if (parts.length === 0) {
      throw new ConfigError("There is nothing to mix: give at least one part.");
    }
    const [{ data: { tokenizer, bytesPerToken } }] = parts;
    for (const [i, { data, share }] of parts.entries()) {
      if (!(Number.isFinite(share) && share > 0)) {
        throw new ConfigError(`The share of part ${i} must be a number above 0, but got ${share}.`);
      }
      if (data.tokenizer !== tokenizer) {
        throw new ConfigError(
          `Part ${i} has another tokenizer than part 0: the ids of one would mean nothing to the other.`,
        );
      }
    }
    this.tokenizer = tokenizer;
    this.bytesPerToken = bytesPerToken;
    this.#parts = parts;
    this.#whole = parts.reduce((sum, { share }) => sum + share, 0);
  }

  /** A batch of one of the parts, drawn by chance. */
  sample(options: { batch: number; context: number; seed: number; step: number }): Batch {
    let left = new Random(options.seed, `mixture ${options.step}`).uniform() * this.#whole;
    const part = this.#parts.find(({ share }) => (left -= share) < 0) ?? this.#parts[0];
    return part.data.sample(options);
  }

  validationBatches(options: { batch: number; context: number }): Iterable<Batch> {
    return this.#parts[0].data.validationBatches(options);
  }
}
