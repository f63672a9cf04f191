// What a bigger vocabulary buys: how many bytes of a text a token carries, by the size of the vocabulary.

import type { BpeTokenizer } from "../tokenizer/bpe.ts";
import { utf8Length } from "../tokenizer/utf8.ts";
import type { Figure } from "./figure.ts";
import type { FigureOptions } from "./figure_options.ts";
import { lineChart } from "./lines.ts";

/**
 * Shows how many bytes of a text one token carries, at every size that a vocabulary had while it was
 * learned. Measure it on text that the tokenizers have not learned from.
 *
 * @param tokenizers one, or several by name
 * @throws {ConfigError} if a tokenizer's ids are not in the order of its merges
 * @example
 * ```ts
 * compressionChart(heldOut, { "our town": bpe, "Shakespeare": other });
 * ```
 */
export function compressionChart(
  text: string,
  tokenizers: BpeTokenizer | Readonly<Record<string, BpeTokenizer>>,
  options: FigureOptions = {},
): Figure {
  const bytes = utf8Length(text);
  const named = isTokenizer(tokenizers) ? { "bytes per token": tokenizers } : tokenizers;
  const lines = Object.entries(named).map(([name, tokenizer]) => {
    const sizes = sizesOf(tokenizer);
    const carried = sizes.map((size) => bytes / tokenizer.shortened(size).encode(text).length);
    return [name, { x: sizes, y: carried }];
  });
  return lineChart(Object.fromEntries(lines), {
    title: "A token carries more as the vocabulary grows",
    xTitle: "vocabulary size",
    yTitle: "bytes per token",
    logX: true,
    ...options,
  });
}

function isTokenizer(
  value: BpeTokenizer | Readonly<Record<string, BpeTokenizer>>,
): value is BpeTokenizer {
  return typeof value.encode === "function";
}

/** The bytes alone, every doubling, and the whole vocabulary. */
function sizesOf({ vocabularySize, specialTokens }: BpeTokenizer): number[] {
  const least = 256 + specialTokens.size;
  const sizes = [least];
  for (let size = 384; size < vocabularySize; size = nextSize(size)) {
    if (size > least) sizes.push(size);
  }
  if (vocabularySize > least) sizes.push(vocabularySize);
  return sizes;
}

/** 384, 512, 768, 1024, …: a power of two, and half as much again. */
function nextSize(size: number): number {
  const isPower = (size & (size - 1)) === 0;
  return isPower ? size * 1.5 : size * 4 / 3;
}
