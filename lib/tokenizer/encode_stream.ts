// Encoding a text that arrives in parts: what is sure to stay as it is becomes ids at once, and no part's
// border shows in the ids.

import { cellSignal } from "../interrupt.ts";
import { SpecialTokens } from "./special_tokens.ts";
import { readParts, type TextSource } from "./text_source.ts";
import type { EncodeOptions, Tokenizer } from "./tokenizer.ts";

/** How a stream of text is encoded. */
export interface EncodeStreamOptions extends EncodeOptions {
  /** Stops the stream with its reason; by default the running cell's interrupt. */
  signal?: AbortSignal;
}

/** How many units the last boundary of a text may depend on what stood before: a pair of surrogates. */
const SEAM = 2;

/**
 * The ids of a text that arrives in parts, wherever it is cut: joined, they are what `encode` gives for the
 * whole. Text waits only for the end of its word, so a text without spaces or punctuation waits for its end.
 *
 * @param parts strings, at hand or arriving
 * @throws {ConfigError} if a part is no string, or the tokenizer has no id for a character
 * @throws the signal's reason, once it is aborted
 * @example
 * ```ts
 * const file = await Deno.open("letters.txt");
 * for await (const ids of encodeStream(file.readable.pipeThrough(new TextDecoderStream()), tokenizer)) {
 *   console.log(ids.length);
 * }
 * ```
 */
export async function* encodeStream(
  parts: TextSource,
  tokenizer: Tokenizer,
  { allowSpecial = false, signal = cellSignal() }: EncodeStreamOptions = {},
): AsyncGenerator<Uint32Array> {
  const texts = readParts(parts, signal);
  const special = new SpecialTokens(tokenizer.specialTokens);
  const pending = new PendingText(tokenizer);
  for await (const part of allowSpecial ? findSpecial(texts, special) : texts) {
    const text = typeof part === "string" ? pending.add(part) : pending.takeAll();
    if (text !== "") yield tokenizer.encode(text);
    if (typeof part === "number") yield Uint32Array.of(part);
  }
  const text = pending.takeAll();
  if (text !== "") yield tokenizer.encode(text);
}

/** Cuts special tokens out of texts, also those that reach from one part into the next. */
async function* findSpecial(
  texts: AsyncIterable<string>,
  special: SpecialTokens,
): AsyncGenerator<string | number> {
  let rest = "";
  for await (const part of texts) {
    const text = rest + part;
    // From `sure` on, a longer token, or one at all, may still come about.
    const sure = Math.max(0, text.length - special.longest + 1);
    let at = 0;
    for (const { start, end, id } of special.find(text, sure)) {
      if (start > at) yield text.slice(at, start);
      yield id;
      at = end;
    }
    const end = Math.max(at, sure);
    if (end > at) yield text.slice(at, end);
    rest = text.slice(end);
  }
  if (rest !== "") yield* special.parts(rest);
}

/** Text that may not be encoded yet, because what follows may belong to its last word. */
class PendingText {
  readonly #tokenizer: Tokenizer;
  #parts: string[] = [];
  /** The last units of what is pending. */
  #seam = "";

  constructor(tokenizer: Tokenizer) {
    this.#tokenizer = tokenizer;
  }

  /** Adds a part, and takes what can be encoded now. */
  add(part: string): string {
    // Only the new part is looked through: a text without boundaries must not cost its length each time.
    const text = this.#seam + part;
    const cut = this.#tokenizer.lastCut(text);
    this.#parts.push(part);
    this.#seam = text.slice(-SEAM);
    if (cut < 0) return "";
    const pending = this.#parts.join("");
    const end = pending.length - (text.length - cut);
    this.#parts = [pending.slice(end)];
    this.#seam = this.#parts[0].slice(-SEAM);
    return pending.slice(0, end);
  }

  /** Takes everything: nothing follows that could change it. */
  takeAll(): string {
    const text = this.#parts.join("");
    this.#parts = [];
    this.#seam = "";
    return text;
  }
}
