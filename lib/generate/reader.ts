// Reading: tokens go in, the scores of the token after them come out. How it is done is behind this interface: by
// the model's own definition, or by the decoder in engine/, which computes the same and remembers what it has read.

import type * as tf from "@tensorflow/tfjs";

/** What decoding needs of a model. */
export interface LanguageModel {
  /** Sizes: the longest window the model reads, and the number of tokens it tells apart. */
  readonly config: { readonly context: number; readonly vocabularySize: number };
  /**
   * Scores of the next token at every position.
   *
   * @param tokens shape (B, T), int32, T at most the context
   * @returns shape (B, T, V)
   */
  logits(tokens: tf.Tensor2D): tf.Tensor3D;
}

/** A text that is being read. */
export interface ReadText {
  /** How many tokens of it have been read. */
  readonly length: number;
  /** Forgets it, and gives its memory back. */
  dispose(): void;
}

/** New tokens of a text: at least one, and no more than fit into the context with those before. */
export interface Reading {
  readonly text: ReadText;
  readonly tokens: readonly number[];
}

/** Reads texts, several at a time. */
export interface Reader {
  /** What does the work, for people. */
  readonly name: string;
  /** Begins a text. `expected` tells about how many tokens it will have. */
  begin(options: { expected: number }): ReadText;
  /**
   * Reads new tokens of texts, each text named once.
   *
   * @param options.signal ends it early when aborted; of the texts only disposing is left then
   * @returns for each text the scores of the token that follows, shape (V); theirs to keep
   */
  read(
    readings: readonly Reading[],
    options?: { signal?: AbortSignal },
  ): Promise<Float32Array[]>;
}
