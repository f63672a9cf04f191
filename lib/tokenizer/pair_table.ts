// A hash table from a pair of token ids to a number: the innermost look-up of training and encoding.
// Open addressing in one typed array, because a Map would need one key for two ids and allocate it.

const STRIDE = 4; // left, right, value, unused: a power of two keeps an entry in one cache line
const EMPTY = -1;

/** A map from pairs of ids (left, right) to whole numbers from 0. Entries are never taken out. */
export class PairTable {
  #entries: Int32Array;
  #mask: number;
  #size = 0;

  /** @param expected about how many pairs there will be; the table grows past it by itself */
  constructor(expected = 64) {
    let slots = 64;
    while (slots < 2 * expected) slots *= 2;
    this.#entries = new Int32Array(slots * STRIDE).fill(EMPTY);
    this.#mask = slots - 1;
  }

  /** The number of pairs. */
  get size(): number {
    return this.#size;
  }

  /** The value of a pair, −1 where it has none. */
  get(left: number, right: number): number {
    return this.#entries[this.#find(left, right) + 2];
  }

  /** Gives a pair its value, in place of the one it had. */
  set(left: number, right: number, value: number): void {
    let at = this.#find(left, right);
    if (this.#entries[at] === EMPTY) {
      if (2 * ++this.#size > this.#mask) {
        this.#grow();
        at = this.#find(left, right);
      }
      this.#entries[at] = left;
      this.#entries[at + 1] = right;
    }
    this.#entries[at + 2] = value;
  }

  /** Where the pair is, or the empty entry where it would go. */
  #find(left: number, right: number): number {
    const entries = this.#entries;
    let slot = Math.imul(Math.imul(left, 0x9e3779b1) ^ right, 0x85ebca6b);
    slot = (slot ^ (slot >>> 15)) & this.#mask;
    for (;;) {
      const at = slot * STRIDE;
      if (entries[at] === EMPTY || (entries[at] === left && entries[at + 1] === right)) return at;
      slot = (slot + 1) & this.#mask;
    }
  }

  #grow(): void {
    const old = this.#entries;
    this.#entries = new Int32Array(old.length * 2).fill(EMPTY);
    this.#mask = this.#mask * 2 + 1;
    for (let at = 0; at < old.length; at += STRIDE) {
      if (old[at] === EMPTY) continue;
      this.#entries.set(old.subarray(at, at + STRIDE), this.#find(old[at], old[at + 1]));
    }
  }
}
