// The split of SmolLM and StarCoder: every digit stands alone, and what lies between digits is split as GPT-2 does.

import { classAt, NUMBER, runEnd, SPACE } from "./character_class.ts";
import { gpt2PieceEnd } from "./split_gpt2.ts";

/** The pattern as one, where their files have two steps: a digit ends what is before it as the text's end does. */
export const SMOLLM_PATTERN: RegExp =
  /'(?:[stmd]|re|ve|ll)| ?\p{L}+|\p{N}| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?![^\p{White_Space}\p{N}])|\p{White_Space}+/gu;

/**
 * The end of the piece that begins at `start`, by the split of SmolLM.
 *
 * @param start the beginning of `text` or the end of another piece, below `text.length`
 * @returns an index above `start`
 * @example
 * ```ts
 * smollmPieceEnd("in  2026", 0); // 2: "in"
 * smollmPieceEnd("in  2026", 2); // 4: "  "
 * smollmPieceEnd("in  2026", 4); // 5: "2"
 * ```
 */
export function smollmPieceEnd(text: string, start: number): number {
  const first = classAt(text, start);
  if (first === NUMBER) return start + (text.codePointAt(start)! > 0xffff ? 2 : 1);
  if (first === SPACE) {
    const end = runEnd(text, start, SPACE);
    if (end < text.length && classAt(text, end) === NUMBER) return end;
  }
  return gpt2PieceEnd(text, start);
}
