// How a tokenizer cuts text into pieces, as a regular expression that every JavaScript engine takes: older ones do
// not know the part that ignores case, (?i:…), so that is spelled out.

import { SPLITS } from "../../tokenizer/split.ts";
import type { TokenizerJson } from "../../tokenizer/tokenizer.ts";

/** The source of a regular expression, for the flags `gu`, whose matches are the pieces. */
export function piecesPattern(json: TokenizerJson): string {
  if (json.kind === "characters") return "[\\s\\S]"; // each character is a piece
  const { source } = SPLITS[json.split].pattern;
  return source.replaceAll(/\(\?i:([^()]*)\)/g, (_, inner) => `(?:${inBothCases(inner)})`);
}

function inBothCases(pattern: string): string {
  return pattern.replaceAll(/[a-z]/g, (letter) => {
    const longS = letter === "s" ? "\u017f" : ""; // ſ, which is an S where case does not count
    return `[${letter}${letter.toUpperCase()}${longS}]`;
  });
}
