// Distinct pieces, numbered: the innermost look-up of counting. Their UTF-8 lies in one array and
// the hash table in others, because a million strings in a Map would cost a hundred bytes each, and leave as much
// garbage whenever the Map grows.

import { writeUtf8 } from "./utf8.ts";

const EMPTY = -1;
const HASH_START = 0x811c9dc5 | 0;
const HASH_PRIME = 0x01000193;

/** Pieces in the order in which they were added, each once. Pieces of the same UTF-8 are the same. */
export class PieceTable {
  /** The bytes of all pieces, one after the other; then room. */
  #bytes = new Uint8Array(2 ** 16);
  /** Where each piece ends in them; it begins where the one before ends. */
  #ends = new Uint32Array(2 ** 13);
  #hashes = new Int32Array(2 ** 13);
  /** Open addressing: numbers of pieces; at most every second slot is taken. */
  #slots = new Int32Array(2 ** 14).fill(EMPTY);
  #size = 0;
  #used = 0;
  /** The piece that is looked for stands from `#used` to here. */
  #end = 0;

  /** The number of pieces. */
  get size(): number {
    return this.#size;
  }

  /** The bytes of all pieces together. */
  get byteLength(): number {
    return this.#used;
  }

  /** The bytes of all pieces, one after the other: a view that the next change may leave behind. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#used);
  }

  /** Where each piece ends in `bytes`: a view as well. */
  get ends(): Uint32Array<ArrayBuffer> {
    return this.#ends.subarray(0, this.#size);
  }

  /** The number of the piece that `text` is from `start` to `end`; a new piece gets the next. */
  add(text: string, start: number, end: number): number {
    return this.#enter(this.#note(text, start, end));
  }

  /** The number of the piece that `source` holds from `start` to `end`; a new piece gets the next. */
  addBytes(source: Uint8Array, start: number, end: number): number {
    this.#reserve(end - start);
    const bytes = this.#bytes;
    let at = this.#used;
    for (let i = start; i < end; i++) bytes[at++] = source[i];
    return this.#enter(this.#noted(at));
  }

  /** Forgets the pieces that `isKept` does not keep; the others are numbered anew, in their order. */
  keep(isKept: (piece: number) => boolean): void {
    let size = 0;
    let used = 0;
    let start = 0;
    for (let piece = 0; piece < this.#size; piece++) {
      const end = this.#ends[piece];
      if (isKept(piece)) {
        this.#bytes.copyWithin(used, start, end);
        used += end - start;
        this.#ends[size] = used;
        this.#hashes[size++] = this.#hashes[piece];
      }
      start = end;
    }
    this.#size = size;
    this.#used = used;
    this.#fillSlots();
  }

  /** Notes a piece of `text` behind the others, where it can be compared with them, and returns its hash. */
  #note(text: string, start: number, end: number): number {
    this.#reserve(3 * (end - start));
    const bytes = this.#bytes;
    let at = this.#used;
    let hash = HASH_START;
    for (let i = start; i < end; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= 0x80) {
        const rest = bytes.subarray(this.#used);
        return this.#noted(this.#used + writeUtf8(text, rest, { start, end }));
      }
      bytes[at++] = unit;
      hash = Math.imul(hash ^ unit, HASH_PRIME);
    }
    this.#end = at;
    return hash ^ (hash >>> 15);
  }

  /** Takes the bytes from `#used` to `end` for the noted piece, and returns their hash (FNV-1a). */
  #noted(end: number): number {
    const bytes = this.#bytes;
    let hash = HASH_START;
    for (let i = this.#used; i < end; i++) hash = Math.imul(hash ^ bytes[i], HASH_PRIME);
    this.#end = end;
    return hash ^ (hash >>> 15); // the slots are chosen by the low bits
  }

  /** Enters the noted piece, unless it is there. */
  #enter(hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (; slots[slot] !== EMPTY; slot = (slot + 1) & mask) {
      const piece = slots[slot];
      if (this.#hashes[piece] === hash && this.#isNoted(piece)) return piece;
    }
    const piece = this.#size++;
    slots[slot] = piece;
    this.#ends[piece] = this.#used = this.#end;
    this.#hashes[piece] = hash;
    if (this.#size === this.#ends.length) this.#grow();
    return piece;
  }

  /** Whether a piece is the noted one. */
  #isNoted(piece: number): boolean {
    const bytes = this.#bytes;
    const start = this.#used;
    const end = this.#end;
    let at = piece === 0 ? 0 : this.#ends[piece - 1];
    if (this.#ends[piece] - at !== end - start) return false;
    for (let i = start; i < end; i++) {
      if (bytes[at++] !== bytes[i]) return false;
    }
    return true;
  }

  #reserve(more: number): void {
    if (this.#used + more <= this.#bytes.length) return;
    const bytes = new Uint8Array(Math.max(2 * this.#bytes.length, this.#used + more));
    bytes.set(this.bytes);
    this.#bytes = bytes;
  }

  #grow(): void {
    const [ends, hashes] = [this.#ends, this.#hashes];
    this.#ends = new Uint32Array(2 * ends.length);
    this.#ends.set(ends);
    this.#hashes = new Int32Array(2 * hashes.length);
    this.#hashes.set(hashes);
    this.#slots = new Int32Array(2 * this.#slots.length);
    this.#fillSlots();
  }

  #fillSlots(): void {
    const slots = this.#slots.fill(EMPTY);
    const mask = slots.length - 1;
    for (let piece = 0; piece < this.#size; piece++) {
      let slot = this.#hashes[piece] & mask;
      while (slots[slot] !== EMPTY) slot = (slot + 1) & mask;
      slots[slot] = piece;
    }
  }
}
