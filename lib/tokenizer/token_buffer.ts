// Token ids while their number is not yet known.

/** A typed array of ids that grows at its end. */
export class TokenBuffer {
  #ids: Uint32Array;
  #length = 0;

  /** @param expected about how many ids there will be */
  constructor(expected: number) {
    this.#ids = new Uint32Array(Math.max(16, expected));
  }

  /** The number of ids. */
  get length(): number {
    return this.#length;
  }

  /** Appends one id. */
  push(id: number): void {
    this.#reserve(1);
    this.#ids[this.#length++] = id;
  }

  /** Appends `length` ids of `source`, from the index `start` on. */
  append(source: Uint32Array, length: number, start = 0): void {
    this.#reserve(length);
    for (let i = 0; i < length; i++) this.#ids[this.#length++] = source[start + i];
  }

  /** The ids from the index `start` on: a view that the next change may leave behind. */
  from(start: number): Uint32Array {
    return this.#ids.subarray(start, this.#length);
  }

  /** A copy of exactly the ids. */
  toArray(): Uint32Array {
    return this.#ids.slice(0, this.#length);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#ids.length) return;
    const ids = new Uint32Array(Math.max(2 * this.#ids.length, this.#length + more));
    ids.set(this.#ids);
    this.#ids = ids;
  }
}
