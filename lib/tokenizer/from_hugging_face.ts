// A tokenizer.json may hold either kind of tokenizer that there is here.

import { BpeTokenizer } from "./bpe.ts";
import { CharTokenizer } from "./characters.ts";
import type { Tokenizer } from "./tokenizer.ts";

/**
 * The tokenizer in a Hugging Face `tokenizer.json`.
 *
 * @param json the parsed file
 * @throws {FormatError} if the file asks for what is not built here; the message names it
 */
export function tokenizerFromHuggingFace(json: unknown): Tokenizer {
  const { model } = (json ?? {}) as { model?: { type?: unknown } };
  return model?.type === "WordLevel"
    ? CharTokenizer.fromHuggingFace(json)
    : BpeTokenizer.fromHuggingFace(json);
}
