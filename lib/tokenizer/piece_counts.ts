// The first half of training: the text is split into pieces, and each distinct piece is kept once with
// the number of times it occurs. Merging then works on some hundred thousands of pieces, however long the
// text is.

import { PieceTable } from "./piece_table.ts";
import { type SplitName, SPLITS } from "./split.ts";

/** The distinct pieces of a text, in the order of their first occurrence. */
export interface PieceCounts {
  /** Their UTF-8, one after the other. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each ends in `bytes`. */
  readonly ends: Uint32Array<ArrayBuffer>;
  /** How often each occurs. */
  readonly counts: Float64Array<ArrayBuffer>;
}

/**
 * UTF-8 bytes of distinct pieces that are kept, at most: some million pieces. What is merged takes some
 * forty bytes of memory for each.
 */
export const MOST_PIECE_BYTES = 2 ** 23;

/**
 * Counts pieces in bounded memory. When the distinct pieces are too many, the rarest are forgotten, which
 * are the last that a merge would be learned from.
 */
export class PieceCounter {
  readonly #pieceEnd: (text: string, start: number) => number;
  readonly #mostBytes: number;
  readonly #pieces = new PieceTable();
  #counts = new Float64Array(2 ** 13);

  /** @param options.mostBytes the bound; infinite in a worker, whose counts are added up elsewhere */
  constructor(split: SplitName, { mostBytes = MOST_PIECE_BYTES }: { mostBytes?: number } = {}) {
    this.#pieceEnd = SPLITS[split].pieceEnd;
    this.#mostBytes = mostBytes;
  }

  /** Counts the pieces of texts, each split by itself. */
  count(texts: Iterable<string>): void {
    const pieceEnd = this.#pieceEnd;
    for (const text of texts) {
      for (let start = 0; start < text.length;) {
        const end = pieceEnd(text, start);
        this.#add(this.#pieces.add(text, start, end), 1);
        start = end;
      }
    }
    this.#forget();
  }

  /** Adds what was counted elsewhere. */
  add({ bytes, ends, counts }: PieceCounts): void {
    let start = 0;
    for (let i = 0; i < ends.length; i++) {
      this.#add(this.#pieces.addBytes(bytes, start, ends[i]), counts[i]);
      start = ends[i];
    }
    this.#forget();
  }

  /** What was counted so far: views that further counting may leave behind. */
  get counts(): PieceCounts {
    const { bytes, ends, size } = this.#pieces;
    return { bytes, ends, counts: this.#counts.subarray(0, size) };
  }

  #add(piece: number, count: number): void {
    if (piece === this.#counts.length) {
      const counts = new Float64Array(2 * piece);
      counts.set(this.#counts);
      this.#counts = counts;
    }
    this.#counts[piece] += count;
  }

  /** Once the room is full, forgets the rarest pieces, until half of it is free. */
  #forget(): void {
    if (this.#pieces.byteLength <= this.#mostBytes) return;
    const counts = this.#counts;
    for (let rarest = 1; this.#pieces.byteLength > this.#mostBytes / 2; rarest *= 2) {
      let kept = 0;
      this.#pieces.keep((piece) => {
        if (counts[piece] <= rarest) return false;
        counts[kept++] = counts[piece];
        return true;
      });
      counts.fill(0, kept);
    }
  }
}
