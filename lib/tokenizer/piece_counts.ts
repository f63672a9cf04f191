// The first half of training: the text is split into pieces, and each distinct piece is kept once with
// the number of times it occurs. Merging then works on some hundred thousands of pieces, however long the
// text is.

import { detached } from "./detached.ts";
import { type SplitName, SPLITS } from "./split.ts";
import { utf8Length } from "./utf8.ts";

/** The distinct pieces of a text. */
export interface PieceCounts {
  /** In the order of their first occurrence. */
  readonly pieces: readonly string[];
  /** How often each occurs. */
  readonly counts: ArrayLike<number>;
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
  #indices = new Map<string, number>();
  #pieces: string[] = [];
  #counts: number[] = [];
  #bytes = 0;

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
        this.#add(text.slice(start, end), 1);
        start = end;
      }
    }
    this.#forget();
  }

  /** Adds what was counted elsewhere. */
  add({ pieces, counts }: PieceCounts): void {
    for (let i = 0; i < pieces.length; i++) this.#add(pieces[i], counts[i]);
    this.#forget();
  }

  /** What was counted so far. */
  get counts(): PieceCounts {
    return { pieces: this.#pieces, counts: this.#counts };
  }

  #add(piece: string, count: number): void {
    const index = this.#indices.get(piece);
    if (index !== undefined) {
      this.#counts[index] += count;
      return;
    }
    const kept = detached(piece);
    this.#indices.set(kept, this.#pieces.length);
    this.#pieces.push(kept);
    this.#counts.push(count);
    this.#bytes += utf8Length(kept);
  }

  /** Once the room is full, forgets the rarest pieces, until half of it is free. */
  #forget(): void {
    if (this.#bytes <= this.#mostBytes) return;
    for (let rarest = 1; this.#bytes > this.#mostBytes / 2; rarest *= 2) {
      const [pieces, counts] = [this.#pieces, this.#counts];
      this.#indices = new Map();
      this.#pieces = [];
      this.#counts = [];
      this.#bytes = 0;
      for (let i = 0; i < pieces.length; i++) {
        if (counts[i] > rarest) this.#add(pieces[i], counts[i]);
      }
    }
  }
}
