// One thread's allocator on the shared memory. Sizes are rounded up to classes, four for each power
// of two, and what is given back is kept for the next of its class: a training step asks for the
// same sizes again and again. Nothing is zeroed.

import { PAGE, Pages } from "./pages.ts";

/** Every region begins at a multiple of this, a cache line. */
export const ALIGNMENT = 64;

/** Smaller regions are cut from slabs, larger ones are pages of their own. */
const LARGEST_CUT = 4 * PAGE;
const SLAB_PAGES = 16;
/** Pages that may wait for their next use beside as many as are in use: 64 MiB. */
const WAITING_PAGES = 1024;

/** Allocates regions of the shared memory for one thread. */
export class Arena {
  readonly pages: Pages;
  readonly memory: WebAssembly.Memory;
  /** Addresses that wait for their next use, by size in bytes. */
  readonly #waiting = new Map<number, number[]>();
  #slab = { next: 0, end: 0 };
  #buffer: ArrayBufferLike;
  #pagesWaiting = 0;
  #pagesInUse = 0;

  constructor(memory: WebAssembly.Memory) {
    this.memory = memory;
    this.pages = new Pages(memory);
    this.#buffer = memory.buffer;
  }

  /**
   * Takes a region of at least `bytes` bytes, with whatever was in it.
   *
   * @returns its address, a multiple of {@linkcode ALIGNMENT}
   * @throws {MemoryError} if the memory is full
   */
  allocate(bytes: number): number {
    const size = sizeClass(bytes);
    const known = this.#waiting.get(size)?.pop();
    if (size <= LARGEST_CUT) return known ?? this.#cut(size);
    this.#pagesInUse += size / PAGE;
    if (known === undefined) return this.#takePages(size / PAGE);
    this.#pagesWaiting -= size / PAGE;
    return known;
  }

  /** Gives back a region that `allocate` gave for as many bytes. */
  free(address: number, bytes: number): void {
    const size = sizeClass(bytes);
    if (size > LARGEST_CUT) {
      const pages = size / PAGE;
      this.#pagesInUse -= pages;
      if (this.#pagesWaiting + pages > Math.max(WAITING_PAGES, this.#pagesInUse)) {
        this.pages.give(address, pages);
        return;
      }
      this.#pagesWaiting += pages;
    }
    const waiting = this.#waiting.get(size);
    if (waiting === undefined) this.#waiting.set(size, [address]);
    else waiting.push(address);
  }

  /** A view of `length` floats at `address`. */
  floats(address: number, length: number): Float32Array {
    return new Float32Array(this.#reaching(address + 4 * length), address, length);
  }

  /** A view of `length` 32-bit integers at `address`. */
  integers(address: number, length: number): Int32Array {
    return new Int32Array(this.#reaching(address + 4 * length), address, length);
  }

  /** Whether `values` lies in this memory. */
  holds({ buffer }: ArrayBufferView): boolean {
    // Growing makes a new buffer object of the same bytes, so objects cannot be compared.
    return buffer instanceof SharedArrayBuffer;
  }

  /** The buffer, taken anew when the memory has grown beyond the one that is known. */
  #reaching(end: number): ArrayBufferLike {
    if (end > this.#buffer.byteLength) this.#buffer = this.memory.buffer;
    return this.#buffer;
  }

  #cut(size: number): number {
    if (this.#slab.next + size > this.#slab.end) {
      const start = this.#takePages(SLAB_PAGES);
      this.#slab = { next: start, end: start + SLAB_PAGES * PAGE };
    }
    const address = this.#slab.next;
    this.#slab.next += size;
    return address;
  }

  #takePages(count: number): number {
    try {
      return this.pages.take(count);
    } catch (error) {
      if (this.#pagesWaiting === 0) throw error;
      this.#giveWaiting();
      return this.pages.take(count);
    }
  }

  #giveWaiting(): void {
    for (const [size, addresses] of this.#waiting) {
      if (size <= LARGEST_CUT) continue;
      for (const address of addresses) this.pages.give(address, size / PAGE);
      this.#waiting.delete(size);
    }
    this.#pagesWaiting = 0;
  }
}

/** `bytes` rounded up to a multiple of a quarter of the power of two below it. */
function sizeClass(bytes: number): number {
  if (bytes <= 8 * ALIGNMENT) return Math.max(1, Math.ceil(bytes / ALIGNMENT)) * ALIGNMENT;
  const step = 2 ** (29 - Math.clz32(bytes - 1));
  return Math.ceil(bytes / step) * step;
}
