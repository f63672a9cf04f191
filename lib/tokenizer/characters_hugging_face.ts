// A character tokenizer as Hugging Face's tokenizer.json: every character is split off, and looked up as a word.

import { FormatError } from "../errors.ts";

/** A tokenizer.json of one word a character, ready for `JSON.stringify`. */
export interface CharactersTokenizerJson {
  version: "1.0";
  truncation: null;
  padding: null;
  added_tokens: [];
  normalizer: null;
  pre_tokenizer: Record<string, unknown>;
  post_processor: null;
  decoder: Record<string, unknown>;
  model: { type: "WordLevel"; vocab: Record<string, number>; unk_token: string };
}

/** Cuts a text into its characters, line breaks included. */
const PRE_TOKENIZER = {
  type: "Split",
  pattern: { Regex: "[\\s\\S]" },
  behavior: "Isolated",
  invert: false,
};

/** The file for characters in the order of their ids. */
export function charactersFile(characters: readonly string[]): CharactersTokenizerJson {
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: PRE_TOKENIZER,
    post_processor: null,
    decoder: { type: "Fuse" },
    model: {
      type: "WordLevel",
      vocab: Object.fromEntries(characters.map((character, id) => [character, id])),
      unk_token: "<unknown>", // not in the vocabulary: an unknown character is an error, as here
    },
  };
}

/**
 * The characters, in the order of their ids, of a file like that.
 *
 * @throws {FormatError} if it is another
 */
export function charactersOfFile(json: unknown): string {
  const { model, pre_tokenizer: split, ...rest } = json as Record<string, unknown>;
  const { vocab } = (model ?? {}) as Record<string, unknown>;
  const isPlain = JSON.stringify(split) === JSON.stringify(PRE_TOKENIZER) &&
    (rest.normalizer ?? null) === null && (rest.post_processor ?? null) === null &&
    Array.isArray(rest.added_tokens ?? []) && (rest.added_tokens as [] ?? []).length === 0;
  const entries = Object.entries(typeof vocab === "object" && vocab !== null ? vocab : {})
    .sort(([, a], [, b]) => a - b);
  const isInOrder = entries.every(([character, id], i) => [...character].length === 1 && id === i);
  if (!isPlain || !isInOrder) {
    throw new FormatError(
      "tokenizer.json: a word-level tokenizer is read where its words are single characters with the " +
        "ids 0, 1, 2 and so on, as Dials writes it, and nothing else is asked for.",
    );
  }
  return entries.map(([character]) => character).join("");
}
