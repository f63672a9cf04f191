// A corpus as token ids, ready to be trained on.

import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { type Batch, sampleBatch, type SampleBatchOptions, windows } from "./batches.ts";

/** A corpus as token ids, in a part to learn from and one to be judged by. */
export class TokenizedCorpus {
  /** What encoded it. */
  readonly tokenizer: Tokenizer;
  /** The ids of the training part. */
  readonly train: Uint32Array;
  /** The ids of the validation part. */
  readonly validation: Uint32Array;
  /**
   * UTF-8 bytes a token in the validation part. A loss in nats a token, divided by this and by ln 2, is in
   * bits per byte, which compares models whatever their tokenizer.
   */
  readonly bytesPerToken: number;

  constructor(
    { tokenizer, train, validation, bytesPerToken }: Pick<
      TokenizedCorpus,
      "tokenizer" | "train" | "validation" | "bytesPerToken"
    >,
  ) {
    this.tokenizer = tokenizer;
    this.train = train;
    this.validation = validation;
    this.bytesPerToken = bytesPerToken;
  }

  [Symbol.for("Jupyter.display")](): Record<string, string> {
    const [train, validation] = [this.train, this.validation]
      .map(({ length }) => length.toLocaleString("en"));
    return {
      "text/plain": `${train} tokens to train on, ${validation} to validate on, ` +
        `${this.bytesPerToken.toFixed(2)} bytes a token`,
    };
  }

  /**
   * A batch of the training part; see {@linkcode sampleBatch}.
   *
   * @throws {CorpusError} if the part is shorter than a row
   */
  sample(options: SampleBatchOptions): Batch {
    return sampleBatch(this.train, options);
  }

  /**
   * All of the validation part; see {@linkcode windows}.
   *
   * @throws {CorpusError} if the part is shorter than a row
   */
  validationBatches(options: { batch: number; context: number }): Generator<Batch> {
    return windows(this.validation, options);
  }
}
