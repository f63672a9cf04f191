// What every tokenizer is: text to ids and back, the bytes behind an id, and a JSON value that brings
// the tokenizer back. `CharTokenizer` and `BpeTokenizer` are the two there are.

import { FormatError } from "../errors.ts";
import { BpeTokenizer } from "./bpe.ts";
import { CharTokenizer } from "./characters.ts";
import type { BpeJson } from "./bpe_json.ts";
import type { CharactersJson } from "./characters.ts";
import type { CharactersTokenizerJson } from "./characters_hugging_face.ts";
import type { HuggingFaceTokenizerJson } from "./hugging_face_write.ts";
import type { EncodingWithOffsets } from "./offsets.ts";

/** How a text is encoded. */
export interface EncodeOptions {
  /**
   * Whether special tokens written out in the text become their ids. By default they are ordinary
   * text, so that nobody who only supplies text can forge, say, the end of a turn.
   */
  allowSpecial?: boolean;
}

/** A part of a text, in UTF-16 units. */
export interface TextRange {
  /** Where it begins; at 0 by default. */
  from?: number;
  /** Where it ends; at the text's end by default. */
  end?: number;
}

/** Turns text into token ids and back. */
export interface Tokenizer {
  /** Which tokenizer it is. */
  readonly kind: "characters" | "bpe";
  /** The number of ids: they go from 0 to `vocabularySize` − 1. */
  readonly vocabularySize: number;
  /** The id of each special token; none in a character tokenizer. */
  readonly specialTokens: ReadonlyMap<string, number>;
  /**
   * The ids of a text. A lone surrogate is read as U+FFFD; every other string comes back from
   * `decode` as it was.
   *
   * @throws {ConfigError} if the tokenizer has no id for a character (only character tokenizers)
   */
  encode(text: string, options?: EncodeOptions): Uint32Array;
  /**
   * The ids of a text, and for each the characters it covers.
   *
   * @throws {ConfigError} if the tokenizer has no id for a character (only character tokenizers)
   */
  encodeWithOffsets(text: string, options?: EncodeOptions): EncodingWithOffsets;
  /**
   * The last place at which a text can be cut so that the ids of both sides, joined, are the ids of the
   * whole, whatever may follow `end`. Special tokens are not looked at.
   *
   * @returns an index between `from` and `end`, or −1 where there is none
   */
  lastCut(text: string, range?: TextRange): number;
  /**
   * The text of ids, special tokens written out. Bytes that are no UTF-8, as where a character is cut
   * between two tokens, become U+FFFD.
   *
   * @throws {ConfigError} if an id is not in the vocabulary
   */
  decode(tokens: ArrayLike<number>): string;
  /**
   * The bytes that an id stands for, in UTF-8 for a character or a special token.
   *
   * @throws {ConfigError} if the id is not in the vocabulary
   */
  tokenBytes(id: number): Uint8Array;
  /** A JSON value from which `tokenizerFromJson` makes the same tokenizer. */
  toJSON(): TokenizerJson;
  /** The tokenizer as Hugging Face's `tokenizer.json`: write it with `JSON.stringify`. */
  toHuggingFace(): HuggingFaceTokenizerJson | CharactersTokenizerJson;
}

/** A tokenizer as JSON. */
export type TokenizerJson = CharactersJson | BpeJson;

/**
 * The tokenizer that `toJSON` described.
 *
 * @param json the parsed JSON value, from whatever source: it is checked entirely
 * @throws {FormatError} if it is not a tokenizer, or contradicts itself
 * @example
 * ```ts
 * const tokenizer = CharTokenizer.train("abc");
 * const same = tokenizerFromJson(JSON.parse(JSON.stringify(tokenizer)));
 * same.encode("cab"); // Uint32Array [2, 0, 1]
 * ```
 */
export function tokenizerFromJson(json: unknown): Tokenizer {
  const { format, version, kind } = (json ?? {}) as Partial<TokenizerJson>;
  if (format !== "dials-tokenizer") {
    throw new FormatError(
      'This is not a tokenizer that Dials saved: its "format" is not "dials-tokenizer" ' +
        "(for a tokenizer.json from Hugging Face use BpeTokenizer.fromHuggingFace).",
    );
  }
  if (version !== 1) {
    throw new FormatError(
      `The tokenizer is in version ${
        JSON.stringify(version)
      } of its format, and this Dials reads version 1: ` +
        "use the Dials that wrote it, or a newer one.",
    );
  }
  switch (kind) {
    case "characters":
      return CharTokenizer.fromJSON(json);
    case "bpe":
      return BpeTokenizer.fromJSON(json);
    default:
      throw new FormatError(
        `The tokenizer's kind is ${JSON.stringify(kind)}; it must be "characters" or "bpe".`,
      );
  }
}
