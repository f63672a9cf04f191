// The memory a decoder works in: one WebAssembly memory, which WebAssembly and generated code both reach. It is a
// shared one, as that of tensors is, so that it does not move when it grows. What is given back is kept for the next
// of the same size.

import { ConfigError } from "../../errors.ts";

const PAGE = 65_536;
const MOST_PAGES = 65_536;
/** A cache line. */
const ALIGNMENT = 64;

/** Where an array can be put. */
export interface Room {
  readonly memory: WebAssembly.Memory;
  readonly floats: Float32Array;
  /** Takes room for `count` floats, and returns its address. */
  take(count: number): number;
}

/** Room that can be taken a second time: the same arrays, asked for in the same order, get the same places. */
export class LastingRoom implements Room {
  readonly #arena: Arena;
  readonly #addresses: number[] = [];
  #next = 0;

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  get memory(): WebAssembly.Memory {
    return this.#arena.memory;
  }

  get floats(): Float32Array {
    return this.#arena.floats;
  }

  take(count: number): number {
    return this.#addresses[this.#next++] ??= this.#arena.take(count);
  }

  /** From now on the first array's place is given again, then the second's, with what is in them. */
  restart(): void {
    this.#next = 0;
  }
}

/** A memory from which arrays of floats are taken. Addresses are in bytes from its beginning. */
export class Arena implements Room {
  readonly memory: WebAssembly.Memory = new WebAssembly.Memory({
    initial: 1,
    maximum: MOST_PAGES,
    shared: true,
  });
  #floats: Float32Array = new Float32Array(this.memory.buffer);
  #used = ALIGNMENT;
  readonly #free = new Map<number, number[]>();

  /** The whole memory; the next `take` may leave this view behind. */
  get floats(): Float32Array {
    if (this.#floats.buffer !== this.memory.buffer) {
      this.#floats = new Float32Array(this.memory.buffer);
    }
    return this.#floats;
  }

  /**
   * Takes room for `count` floats, all 0.
   *
   * @returns its address, a multiple of 64
   * @throws {ConfigError} if there is no more memory
   */
  take(count: number): number {
    const bytes = Math.ceil(4 * count / ALIGNMENT) * ALIGNMENT;
    const free = this.#free.get(bytes)?.pop();
    if (free !== undefined) {
      this.floats.fill(0, free / 4, (free + bytes) / 4);
      return free;
    }
    const address = this.#used;
    const missing = Math.ceil((address + bytes - this.memory.buffer.byteLength) / PAGE);
    if (missing > 0) this.#grow(missing);
    this.#used += bytes;
    return address;
  }

  /** Gives room back that `take` gave for `count` floats. */
  giveBack(address: number, count: number): void {
    const bytes = Math.ceil(4 * count / ALIGNMENT) * ALIGNMENT;
    const list = this.#free.get(bytes) ?? [];
    list.push(address);
    this.#free.set(bytes, list);
  }

  #grow(pages: number): void {
    const has = this.memory.buffer.byteLength / PAGE;
    // A quarter more than is asked for: each growth costs the views made so far.
    const wanted = Math.min(Math.max(pages, Math.ceil(has / 4)), MOST_PAGES - has);
    try {
      if (wanted < pages) throw new RangeError("beyond 4 GiB");
      this.memory.grow(wanted);
    } catch (error) {
      throw new ConfigError(
        `Decoding needs ${
          Math.ceil((has + pages) * PAGE / 1e6)
        } MB for the model's numbers and what it ` +
          `has read, more than there is (${
            (error as Error).message
          }): use precision "int8", a shorter ` +
          "context, or fewer texts at once.",
      );
    }
  }
}
