// Where a byte-level BPE may never merge across: text is first split into pieces. Each split is written down
// as a regular expression, which defines it; the tokenizer walks the text with a function that finds the
// same pieces faster.

import { classAt, LETTER, NUMBER, OTHER, SPACE } from "./character_class.ts";
import { CL100K_PATTERN, cl100kPieceEnd } from "./split_cl100k.ts";
import { GPT2_PATTERN, gpt2PieceEnd } from "./split_gpt2.ts";
import { SMOLLM_PATTERN, smollmPieceEnd } from "./split_smollm.ts";

/** The name of a split: that of GPT-2, that of GPT-4 (cl100k_base) and Llama 3, or that of SmolLM and StarCoder. */
export type SplitName = "gpt2" | "cl100k" | "smollm";

/** A way to cut text into pieces. */
export interface Split {
  /** The definition: its matches are the pieces. */
  readonly pattern: RegExp;
  /** The end of the piece that begins at `start`. */
  readonly pieceEnd: (text: string, start: number) => number;
}

/** The splits there are. */
export const SPLITS: Readonly<Record<SplitName, Split>> = {
  gpt2: { pattern: GPT2_PATTERN, pieceEnd: gpt2PieceEnd },
  cl100k: { pattern: CL100K_PATTERN, pieceEnd: cl100kPieceEnd },
  smollm: { pattern: SMOLLM_PATTERN, pieceEnd: smollmPieceEnd },
};

/** Whether there is a split of that name. */
export function isSplitName(name: unknown): name is SplitName {
  return typeof name === "string" && Object.hasOwn(SPLITS, name);
}

/**
 * The last place below `end` where a text can be cut so that, by every split, both sides have the pieces
 * that the whole has, whatever follows `end`: after a word or a number, and between punctuation and a space.
 *
 * @param from where to stop looking
 * @returns an index above `from`, or −1 where there is none
 */
export function lastBoundary(
  text: string,
  { from = 0, end = text.length }: { from?: number; end?: number } = {},
): number {
  // A character at the end may be half a pair.
  for (let at = Math.min(end, text.length) - 1; at > from; at--) {
    if (isLowSurrogate(text, at)) continue;
    if (isHighSurrogate(text, at) && at === end - 1) continue;
    const after = classAt(text, at);
    if (after !== SPACE && after !== OTHER) continue;
    const isPair = at > 1 && isLowSurrogate(text, at - 1) && isHighSurrogate(text, at - 2);
    const before = classAt(text, isPair ? at - 2 : at - 1);
    if (before === LETTER || before === NUMBER) return at;
    if (before === OTHER && after === SPACE && !/[\r\n]/.test(text[at])) return at;
  }
  return -1;
}

function isHighSurrogate(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800;
}

function isLowSurrogate(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}
