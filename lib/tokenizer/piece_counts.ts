// The first half of training: the text is split into pieces, and each distinct piece is kept once with
// the number of times it occurs. Merging then works on some tens of thousands of pieces, however long the
// text is, and the memory grows with the distinct pieces alone.

import { detached } from "./detached.ts";
import { type SplitName, SPLITS } from "./split.ts";

/** How many pieces pass between two looks at the signal. */
const PIECES_BETWEEN_CHECKS = 65_536;

/** The distinct pieces of a text. */
export interface PieceCounts {
  /** In the order of their first occurrence. */
  readonly pieces: readonly string[];
  /** How often each occurs. */
  readonly counts: readonly number[];
}

/**
 * Splits texts into pieces and counts them.
 *
 * @param texts each is split by itself: no piece reaches from one into the next
 * @param onCharacters called now and then with the number of UTF-16 units read so far
 * @throws the signal's reason, once it is aborted
 */
export function countPieces(
  texts: Iterable<string>,
  { split, onCharacters, signal }: {
    split: SplitName;
    onCharacters?: (read: number) => void;
    signal?: AbortSignal;
  },
): PieceCounts {
  const { pieceEnd } = SPLITS[split];
  const indices = new Map<string, number>();
  const pieces: string[] = [];
  const counts: number[] = [];
  let read = 0;
  let untilCheck = PIECES_BETWEEN_CHECKS;
  for (const text of texts) {
    for (let start = 0; start < text.length;) {
      const end = pieceEnd(text, start);
      const piece = text.slice(start, end);
      const index = indices.get(piece);
      if (index === undefined) {
        const kept = detached(piece);
        indices.set(kept, pieces.length);
        pieces.push(kept);
        counts.push(1);
      } else {
        counts[index]++;
      }
      start = end;
      if (--untilCheck === 0) {
        untilCheck = PIECES_BETWEEN_CHECKS;
        signal?.throwIfAborted();
        onCharacters?.(read + end);
      }
    }
    read += text.length;
  }
  signal?.throwIfAborted();
  onCharacters?.(read);
  return { pieces, counts };
}
