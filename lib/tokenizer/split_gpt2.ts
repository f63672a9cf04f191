// GPT-2's split: a word with the space before it, a run of digits, of punctuation, of white space.

import { classAt, runEnd, SPACE } from "./character_class.ts";

/**
 * GPT-2's split pattern. `\p{White_Space}` stands where other engines write `\s`, because
 * JavaScript's `\s` counts U+FEFF in and U+0085 out.
 *
 * @see Radford et al. 2019, "Language Models are Unsupervised Multitask Learners"
 */
export const GPT2_PATTERN: RegExp =
  /'(?:[stmd]|re|ve|ll)| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;

/**
 * The end of the piece that begins at `start`, by GPT-2's pattern.
 *
 * @param start the beginning of `text` or the end of another piece, below `text.length`
 * @returns an index above `start`
 * @example
 * ```ts
 * gpt2PieceEnd("it's here", 0); // 2: "it"
 * gpt2PieceEnd("it's here", 2); // 4: "'s"
 * gpt2PieceEnd("it's here", 4); // 9: " here"
 * ```
 */
export function gpt2PieceEnd(text: string, start: number): number {
  const first = text.charCodeAt(start);
  const firstClass = classAt(text, start);
  if (firstClass === SPACE) {
    const next = start + 1 < text.length ? classAt(text, start + 1) : SPACE;
    return first === 0x20 && next !== SPACE ? runEnd(text, start + 1, next) : spaceEnd(text, start);
  }
  if (first === 0x27) { // an apostrophe
    const length = contractionLength(text, start);
    if (length > 0) return start + length;
  }
  return runEnd(text, start, firstClass);
}

/** White space up to the end of the text, or up to its last character, which belongs to the next piece. */
function spaceEnd(text: string, start: number): number {
  const end = runEnd(text, start, SPACE);
  return end === text.length || end === start + 1 ? end : end - 1;
}

/** The length of the contraction ('s, 't, 'm, 'd, 're, 've, 'll) at `start`, 0 where there is none. */
function contractionLength(text: string, start: number): number {
  switch (text[start + 1]) {
    case "s":
    case "t":
    case "m":
    case "d":
      return 2;
    case "r":
    case "v":
      return text[start + 2] === "e" ? 3 : 0;
    case "l":
      return text[start + 2] === "l" ? 3 : 0;
    default:
      return 0;
  }
}
