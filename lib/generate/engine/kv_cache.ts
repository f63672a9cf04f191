// What a decoder remembers of the tokens of one text: the keys and values of every layer, laid out as the matrices
// that attention multiplies with.

import type { Arena } from "./arena.ts";
import { BLOCK, padded } from "./packed_matrix.ts";

/** Sizes that a cache depends on. */
export interface CacheShape {
  readonly layers: number;
  readonly kvHeads: number;
  readonly headWidth: number;
}

/** Where a cache's memory is: told to the registry below, which must not hold the cache itself. */
interface Held {
  readonly arena: Arena;
  address: number;
  size: number;
}

/** Gives back the memory of caches that nobody disposed of. */
const abandoned = new FinalizationRegistry<Held>(({ arena, address, size }) =>
  arena.giveBack(address, size)
);

/** The keys and values of one text. Keys are (head, T) in blocks of 32 tokens, values (T, head) of 32 coordinates. */
export class KvCache {
  /** How many tokens have been read. */
  length = 0;
  readonly #held: Held;
  readonly #shape: CacheShape;
  readonly #wide: number;
  #capacity = 0;

  /** @param capacity tokens there is room for, at first */
  constructor(arena: Arena, shape: CacheShape, capacity: number) {
    this.#held = { arena, address: 0, size: 0 };
    this.#shape = shape;
    this.#wide = padded(shape.headWidth);
    this.#take(capacity);
    abandoned.register(this, this.#held, this);
  }

  /** Tokens there is room for. */
  get capacity(): number {
    return this.#capacity;
  }

  /** Bytes from a block of values to the next. */
  get valueStride(): number {
    return 4 * BLOCK * this.#capacity;
  }

  /** Bytes from a block of keys to the next. */
  get keyStride(): number {
    return 4 * BLOCK * this.#wide;
  }

  /** Bytes from the keys of a head to those of the next, and as many between their values. */
  get headStride(): number {
    return 8 * this.#headSize;
  }

  /** Where the keys of a head are, `[block of tokens][coordinate][32]`. */
  keys(layer: number, head: number): number {
    return this.#held.address + 8 * this.#headSize * (layer * this.#shape.kvHeads + head);
  }

  /** Where the values of a head are, `[block of coordinates][token][32]`. */
  values(layer: number, head: number): number {
    return this.keys(layer, head) + 4 * this.#headSize;
  }

  /** Makes room for so many tokens, and keeps what is there. */
  reserve(tokens: number): void {
    if (tokens <= this.#capacity) return;
    const old = { ...this.#held, capacity: this.#capacity };
    this.#take(Math.max(tokens, 2 * this.#capacity));
    this.#copy(old, old.capacity);
    old.arena.giveBack(old.address, old.size);
  }

  /** Begins with what another text's cache, of the same arena and sizes, remembers. */
  beginAs(other: KvCache): void {
    this.reserve(other.length);
    this.#copy({ address: other.#held.address, capacity: other.#capacity }, other.length);
    this.length = other.length;
  }

  /** Gives the memory back. */
  dispose(): void {
    if (!abandoned.unregister(this)) return; // given back before
    this.#held.arena.giveBack(this.#held.address, this.#held.size);
    this.#capacity = 0;
  }

  /** Floats that the keys, or the values, of one head take. */
  get #headSize(): number {
    return this.#capacity * this.#wide;
  }

  /** Copies the keys and values of the first `tokens` from where a cache of another capacity has them. */
  #copy({ address, capacity }: { address: number; capacity: number }, tokens: number): void {
    const { layers, kvHeads } = this.#shape;
    const floats = this.#held.arena.floats;
    const keys = padded(tokens) * this.#wide; // whole blocks, that follow each other in any cache
    const headSize = capacity * this.#wide;
    for (let i = 0; i < layers * kvHeads; i++) {
      const from = address / 4 + 2 * headSize * i;
      const to = this.#held.address / 4 + 2 * this.#headSize * i;
      floats.copyWithin(to, from, from + keys);
      for (let block = 0; block < this.#wide / BLOCK; block++) {
        const source = from + headSize + block * BLOCK * capacity;
        const target = to + this.#headSize + block * BLOCK * this.#capacity;
        floats.copyWithin(target, source, source + BLOCK * tokens);
      }
    }
  }

  #take(capacity: number): void {
    this.#capacity = padded(capacity);
    const { layers, kvHeads } = this.#shape;
    this.#held.size = 2 * this.#headSize * layers * kvHeads;
    this.#held.address = this.#held.arena.take(this.#held.size);
  }
}
