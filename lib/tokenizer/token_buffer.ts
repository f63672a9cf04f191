// Token ids while their number is not yet known.

/** A typed array of ids that grows at its end. */
export class TokenBuffer {
  #ids: Uint32Array<ArrayBuffer>;
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

  /** Gives exactly the ids, and is empty again: what it held beyond them is free at once. */
  take(): Uint32Array {
    const ids = resized(this.#ids, this.#length);
    this.#ids = new Uint32Array(0);
    this.#length = 0;
    return ids;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#ids.length) return;
    this.#ids = resized(this.#ids, Math.max(2 * this.#ids.length, this.#length + more));
  }
}

/** The same ids in an array of another length, whose old memory does not wait for the collector. */
function resized(ids: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  return new Uint32Array(ids.buffer.transfer(length * Uint32Array.BYTES_PER_ELEMENT));
}
