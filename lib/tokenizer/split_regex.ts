// The splits as other programs' files write them: regular expressions for engines whose `\s` is Unicode's.

import type { SplitName } from "./split.ts";

/** The splits that are one pattern in such files; SmolLM's is two steps. */
type PatternSplit = Exclude<SplitName, "smollm">;

/** Each split's pattern as tokenizer.json files have it. */
export const SPLIT_REGEX: Readonly<Record<PatternSplit, string>> = {
  gpt2: "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
  cl100k:
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
};

/** The split that a pattern stands for; undefined if it is none of them, letter by letter. */
export function splitOfRegex(regex: unknown): PatternSplit | undefined {
  return (Object.keys(SPLIT_REGEX) as PatternSplit[]).find((name) => SPLIT_REGEX[name] === regex);
}
