// What training needs of its data, whatever that is made from.

import type { Batch } from "../corpus/batches.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";

/** Where batches come from. */
export interface TrainingData {
  /** The tokenizer that made the ids; a checkpoint keeps it beside the model. */
  readonly tokenizer: Tokenizer;
  /** UTF-8 bytes of text for each validation token, to give losses in bits per byte. */
  readonly bytesPerToken?: number;
  /**
   * One batch to train on: the same for the same `seed` and `step`, so that a resumed run goes on
   * with what it would have seen.
   *
   * @throws {CorpusError} if there is too little text for a batch
   */
  sample(options: { batch: number; context: number; seed: number; step: number }): Batch;
  /** The whole validation split, every token once. */
  validationBatches(options: { batch: number; context: number }): Iterable<Batch>;
}
