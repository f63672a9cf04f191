// Writes a BpeTokenizer as Hugging Face's tokenizer.json, for their library in Rust, Python or
// JavaScript to load with the same ids.

import { ConfigError } from "../errors.ts";
import { type BpeParts, NO_ID } from "./bpe_json.ts";
import { BYTE_CHARACTERS } from "./byte_alphabet.ts";
import type { SplitName } from "./split.ts";
import { SPLIT_REGEX } from "./split_regex.ts";

/** A tokenizer.json, ready for `JSON.stringify`. */
export interface HuggingFaceTokenizerJson {
  version: "1.0";
  truncation: null;
  padding: null;
  added_tokens: {
    id: number;
    content: string;
    single_word: false;
    lstrip: false;
    rstrip: false;
    normalized: false;
    special: true;
  }[];
  normalizer: null;
  pre_tokenizer: Record<string, unknown>;
  post_processor: null;
  decoder: Record<string, unknown>;
  model: {
    type: "BPE";
    dropout: null;
    unk_token: null;
    continuing_subword_prefix: null;
    end_of_word_suffix: null;
    fuse_unk: false;
    byte_fallback: false;
    ignore_merges: boolean;
    vocab: Record<string, number>;
    merges: [string, string][];
  };
}

/**
 * The file for a tokenizer.
 *
 * @param tokenBytes the bytes of each id
 * @throws {ConfigError} if a special token is written as an ordinary one is
 */
export function huggingFaceFile(
  { byteIds, merges, specialTokens, split, merging }: BpeParts,
  tokenBytes: readonly Uint8Array[],
): HuggingFaceTokenizerJson {
  const spell = (id: number): string =>
    Array.from(tokenBytes[id], (byte) => BYTE_CHARACTERS[byte]).join("");
  const vocabulary = new Map<string, number>(specialTokens);
  const ids = [...byteIds].filter((id) => id !== NO_ID);
  for (const id of [...ids, ...merges.map(({ id }) => id)]) {
    const spelling = spell(id);
    if (specialTokens.has(spelling)) {
      throw new ConfigError(
        `The special token ${JSON.stringify(spelling)} is also an ordinary token, which a ` +
          "tokenizer.json cannot hold: give it a text that no other token has, such as <|name|>.",
      );
    }
    vocabulary.set(spelling, id);
  }
  const inOrder = merging === "ranks" ? merges.toSorted((a, b) => a.id - b.id) : merges;
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: [...specialTokens].sort(([, a], [, b]) => a - b).map(([content, id]) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: null,
    pre_tokenizer: preTokenizer(split),
    post_processor: null,
    decoder: { type: "ByteLevel", add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: merging !== "merges",
      vocab: Object.fromEntries([...vocabulary].sort(([, a], [, b]) => a - b)),
      merges: inOrder.map(({ left, right }) => [spell(left), spell(right)]),
    },
  };
}

/** GPT-2's split is built into Hugging Face's byte level; another, or one that is more, goes before it. */
function preTokenizer(split: SplitName): Record<string, unknown> {
  const byteLevel = { type: "ByteLevel", add_prefix_space: false, trim_offsets: true };
  const gpt2 = { ...byteLevel, use_regex: true };
  if (split === "gpt2") return gpt2;
  if (split === "smollm") {
    return { type: "Sequence", pretokenizers: [{ type: "Digits", individual_digits: true }, gpt2] };
  }
  return {
    type: "Sequence",
    pretokenizers: [
      {
        type: "Split",
        pattern: { Regex: SPLIT_REGEX[split] },
        behavior: "Isolated",
        invert: false,
      },
      { ...byteLevel, use_regex: false },
    ],
  };
}
