// A tokenizer in GGUF's entries. Its words are written as GPT-2 writes bytes, and merges as pairs of such words.

import { BpeTokenizer } from "../../tokenizer/bpe.ts";
import { BYTE_CHARACTERS } from "../../tokenizer/byte_alphabet.ts";
import { CHAT_TOKENS } from "../../tokenizer/chat.ts";
import type { Tokenizer } from "../../tokenizer/tokenizer.ts";
import { CHAT_TEMPLATE, endOfText } from "../hugging_face/write.ts";
import type { GgufValue } from "./container.ts";

/** What a token is, by llama.cpp's numbers. */
const TOKEN_TYPES = { normal: 1, control: 3, unused: 5 } as const;

/**
 * The entries of a tokenizer; ids beyond its own, up to the model's vocabulary, stand for nothing.
 */
export function tokenizerEntries(
  tokenizer: Tokenizer,
  { vocabularySize }: { vocabularySize: number },
): [string, GgufValue][] {
  const special = new Map([...tokenizer.specialTokens].map(([token, id]) => [id, token]));
  const tokens: string[] = [];
  const types: number[] = [];
  for (let id = 0; id < vocabularySize; id++) {
    const bytes = id < tokenizer.vocabularySize ? tokenizer.tokenBytes(id) : new Uint8Array();
    const isUnused = bytes.length === 0;
    tokens.push(special.get(id) ?? (isUnused ? `<unused ${id}>` : spelled(bytes)));
    types.push(TOKEN_TYPES[special.has(id) ? "control" : isUnused ? "unused" : "normal"]);
  }
  const end = endOfText(tokenizer);
  const chats = CHAT_TOKENS.every((token) => tokenizer.specialTokens.has(token));
  return [
    ["tokenizer.ggml.model", { string: "gpt2" }],
    ["tokenizer.ggml.pre", { string: preTokenizer(tokenizer) }],
    ["tokenizer.ggml.tokens", { strings: tokens }],
    ["tokenizer.ggml.token_type", { int32s: types }],
    ["tokenizer.ggml.merges", { strings: mergesOf(tokenizer) }],
    ["tokenizer.ggml.add_bos_token", { bool: false }],
    ...end === undefined
      ? []
      : [["tokenizer.ggml.eos_token_id", { uint32: end.id }] as [string, GgufValue]],
    ...chats ? [["tokenizer.chat_template", { string: CHAT_TEMPLATE }] as [string, GgufValue]] : [],
  ];
}

/** The name under which llama.cpp knows a split, and whether it looks pieces up whole. */
function preTokenizer(tokenizer: Tokenizer): string {
  const json = tokenizer.toJSON();
  if (json.kind === "characters" || json.split === "gpt2") return "gpt-2";
  if (json.split === "smollm") return "smollm";
  return (json.merging ?? "merges") === "merges" ? "dbrx" : "llama-bpe";
}

function mergesOf(tokenizer: Tokenizer): string[] {
  if (tokenizer instanceof BpeTokenizer) {
    return tokenizer.merges.map(({ left, right }) =>
      `${spelled(tokenizer.tokenBytes(left))} ${spelled(tokenizer.tokenBytes(right))}`
    );
  }
  // A character of several bytes is joined byte by byte; what is joined on the way need not be a token.
  const merges = new Set<string>();
  for (let id = 0; id < tokenizer.vocabularySize; id++) {
    const bytes = tokenizer.tokenBytes(id);
    for (let length = 1; length < bytes.length; length++) {
      merges.add(
        `${spelled(bytes.subarray(0, length))} ${spelled(bytes.subarray(length, length + 1))}`,
      );
    }
  }
  return [...merges];
}

function spelled(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => BYTE_CHARACTERS[byte]).join("");
}
