// The split of GPT-4 (cl100k_base) and Llama 3. Unlike GPT-2's, a word takes along whatever single character
// stands before it, digits come in threes, and line ends close a piece.

import { classAt, LETTER, NUMBER, OTHER, runEnd, SPACE } from "./character_class.ts";

/**
 * The pattern, with `\p{White_Space}` for other engines' `\s`. Newer releases of tiktoken keep white space at
 * the very end of a text in one piece even where it holds a line end; this is the pattern as published with
 * GPT-4, which Llama 3 and Hugging Face's files have too.
 */
export const CL100K_PATTERN: RegExp =
  // deno-lint-ignore no-invalid-regexp -- (?i:…) is newer than the linter
  /(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\p{White_Space}\p{L}\p{N}]+[\r\n]*|\p{White_Space}*[\r\n]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;

/**
 * The end of the piece that begins at `start`, by the cl100k pattern.
 *
 * @param start the beginning of `text` or the end of another piece, below `text.length`
 * @returns an index above `start`
 * @example
 * ```ts
 * cl100kPieceEnd("it'S 2026", 0); // 2: "it"
 * cl100kPieceEnd("it'S 2026", 2); // 4: "'S"
 * cl100kPieceEnd("it'S 2026", 5); // 8: "202"
 * ```
 */
export function cl100kPieceEnd(text: string, start: number): number {
  const first = text.charCodeAt(start);
  const firstClass = classAt(text, start);
  if (firstClass === LETTER) return runEnd(text, start, LETTER);
  if (firstClass === NUMBER) return numberEnd(text, start);
  if (first === 0x27) { // an apostrophe
    const length = contractionLength(text, start);
    if (length > 0) return start + length;
  }
  if (!isLineEnd(first)) {
    const second = start + (text.codePointAt(start)! > 0xffff ? 2 : 1);
    const next = second < text.length ? classAt(text, second) : SPACE;
    if (next === LETTER) return runEnd(text, second, LETTER);
    if (first === 0x20 && next === OTHER) return punctuationEnd(text, second);
  }
  return firstClass === SPACE ? spaceEnd(text, start) : punctuationEnd(text, start);
}

/** Three digits at most. */
function numberEnd(text: string, start: number): number {
  let at = start;
  for (let digits = 0; digits < 3 && at < text.length; digits++) {
    if (classAt(text, at) !== NUMBER) break;
    at += text.codePointAt(at)! > 0xffff ? 2 : 1;
  }
  return at;
}

/** Punctuation with the line ends after it. */
function punctuationEnd(text: string, start: number): number {
  let at = runEnd(text, start, OTHER);
  while (isLineEnd(text.charCodeAt(at))) at++;
  return at;
}

/** White space up to its last line end; where it has none, all of it but what the next piece begins with. */
function spaceEnd(text: string, start: number): number {
  const end = runEnd(text, start, SPACE);
  for (let at = end; at > start; at--) {
    if (isLineEnd(text.charCodeAt(at - 1))) return at;
  }
  return end === text.length || end === start + 1 ? end : end - 1;
}

/** The length of the contraction ('s, 't, 'm, 'd, 're, 've, 'll, in capitals too) at `start`, or 0. */
function contractionLength(text: string, start: number): number {
  switch (text[start + 1]) {
    case "s":
    case "S":
    case "\u017f": // the long s, a lower-case form of S
    case "t":
    case "T":
    case "m":
    case "M":
    case "d":
    case "D":
      return 2;
    case "r":
    case "R":
    case "v":
    case "V":
      return /e/i.test(text[start + 2] ?? "") ? 3 : 0;
    case "l":
    case "L":
      return /l/i.test(text[start + 2] ?? "") ? 3 : 0;
    default:
      return 0;
  }
}

/** Whether a UTF-16 unit is a carriage return or a line feed; NaN, past the end of a text, is not. */
function isLineEnd(unit: number): boolean {
  return unit === 0x0a || unit === 0x0d;
}
