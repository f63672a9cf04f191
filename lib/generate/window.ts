// What a model sees of a text that grows: all of it while it fits the context, then its newest part.

import { ConfigError } from "../errors.ts";
import type { Reader, Reading, ReadText } from "./reader.ts";

/**
 * A text and the part of it that is in the model's sight. When the context is full the oldest quarter falls out and
 * the rest is read again, so that this happens once in many tokens.
 */
export class TextWindow {
  readonly #reader: Reader;
  readonly #sizes: { context: number; vocabularySize: number };
  readonly #expected: number;
  #text: ReadText;
  /** The tokens in sight. */
  #tokens: number[] = [];
  /** How many of them have been read. */
  #read = 0;

  /** @param options.expected about how many tokens the text will have */
  constructor(
    reader: Reader,
    { sizes, expected }: {
      sizes: { context: number; vocabularySize: number };
      expected: number;
    },
  ) {
    this.#reader = reader;
    this.#sizes = sizes;
    this.#expected = Math.min(expected, sizes.context);
    this.#text = reader.begin({ expected: this.#expected });
  }

  /** Whether one token more would push the oldest out of sight. */
  get isFull(): boolean {
    return this.#tokens.length >= this.#sizes.context;
  }

  /** The tokens in sight, oldest first. */
  get tokens(): readonly number[] {
    return this.#tokens;
  }

  /**
   * Appends tokens.
   *
   * @throws {ConfigError} if one is outside the model's vocabulary
   */
  append(tokens: Iterable<number>): void {
    const { context, vocabularySize } = this.#sizes;
    for (const token of tokens) {
      checkToken(token, vocabularySize);
      this.#tokens.push(token);
    }
    if (this.#tokens.length <= context) return;
    const hop = Math.max(1, context >> 2);
    const over = this.#tokens.length - context;
    this.#tokens = this.#tokens.slice(
      Math.min(Math.ceil(over / hop) * hop, this.#tokens.length - 1),
    );
    this.#text.dispose();
    this.#text = this.#reader.begin({ expected: this.#expected });
    this.#read = 0;
  }

  /**
   * What is to be read for the scores of the next token.
   *
   * @throws {ConfigError} if no token has been appended
   */
  take(): Reading {
    if (this.#tokens.length === 0) {
      throw new ConfigError(
        "Decoding started without a token: give it at least one to continue from.",
      );
    }
    const tokens = this.#tokens.slice(this.#read);
    this.#read = this.#tokens.length;
    return { text: this.#text, tokens };
  }

  /** Gives the memory of what was read back. */
  dispose(): void {
    this.#text.dispose();
  }
}

function checkToken(token: number, vocabularySize: number): void {
  if (Number.isInteger(token) && token >= 0 && token < vocabularySize) return;
  throw new ConfigError(
    `Token ${token} is outside the model's vocabulary of ${vocabularySize}: use the tokenizer the ` +
      "model was trained with.",
  );
}
