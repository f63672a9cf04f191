// The tokens of pieces that were met before. Text repeats its words, so most pieces are found here; the
// memory has a bound, because text from outside need not repeat anything.

import { detached } from "./detached.ts";
import type { TokenBuffer } from "./token_buffer.ts";

/** Longer pieces are not kept: they hardly come again. */
const LONGEST_PIECE = 64;
/** How many pieces are kept at most. */
export const MOST_PIECES = 65_536;
const ARENA_SIZE = 8 * MOST_PIECES;

/** Pieces and their ids: at most some ten megabytes, emptied when full. */
export class PieceCache {
  /** Where the piece's entry begins in the arena: the number of ids, then the ids. */
  readonly #starts = new Map<string, number>();
  readonly #arena = new Uint32Array(ARENA_SIZE);
  #used = 0;

  /** How many pieces are kept. */
  get size(): number {
    return this.#starts.size;
  }

  /** Appends the piece's ids to `ids`, if it is known; says whether it was. */
  read(piece: string, ids: TokenBuffer): boolean {
    const start = this.#starts.get(piece);
    if (start === undefined) return false;
    ids.append(this.#arena, this.#arena[start], start + 1);
    return true;
  }

  /** Keeps the ids of a piece. */
  write(piece: string, ids: Uint32Array): void {
    if (piece.length > LONGEST_PIECE) return;
    if (this.#starts.size === MOST_PIECES || this.#used + ids.length + 1 > ARENA_SIZE) {
      this.#starts.clear();
      this.#used = 0;
    }
    this.#starts.set(detached(piece), this.#used);
    this.#arena[this.#used++] = ids.length;
    this.#arena.set(ids, this.#used);
    this.#used += ids.length;
  }
}
