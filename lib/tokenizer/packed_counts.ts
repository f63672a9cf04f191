// Piece counts on their way between threads: one string and two typed arrays, where a hundred thousand
// strings would be copied one by one.

import type { PieceCounts } from "./piece_counts.ts";

/** The pieces one after the other, the length of each, and how often each occurs. */
export interface PackedCounts {
  readonly text: string;
  readonly lengths: Uint32Array<ArrayBuffer>;
  readonly counts: Float64Array<ArrayBuffer>;
}

/** Packs counts for the way. */
export function packCounts({ pieces, counts }: PieceCounts): PackedCounts {
  return {
    text: pieces.join(""),
    lengths: Uint32Array.from(pieces, (piece) => piece.length),
    counts: Float64Array.from(counts),
  };
}

/** Unpacks them where they have arrived. */
export function unpackCounts({ text, lengths, counts }: PackedCounts): PieceCounts {
  const pieces: string[] = [];
  let at = 0;
  for (const length of lengths) pieces.push(text.slice(at, at += length));
  return { pieces, counts };
}
