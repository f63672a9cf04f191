// One shared WebAssembly memory, given out in pages to the threads that compute on it. Which page
// belongs to whom stands in the memory itself, so that a thread needs nothing but the memory to take
// part, and what a thread held can be taken back when it is gone.
//
// Layout: page 0 holds the lock, page 1 the table (one byte a page: 0 free, else the owner's number),
// and everything after them is given out.

/** Bytes of a page: WebAssembly's own. */
export const PAGE = 65_536;

/** The most a WebAssembly memory can hold: 4 GiB. */
const MOST_PAGES = 65_536;
/** What is asked of the system at once: 16 MiB. */
const GROWTH = 256;

const LOCK = 0; // in 32-bit words
const LONGEST_WAIT = 3_000; // milliseconds
const TABLE_START = PAGE;
const FIRST_PAGE = 2;
const ARENA_ITSELF = 255;

/** The memory cannot hold what was asked of it. */
export class MemoryError extends Error {
  override name = "MemoryError";
}

/**
 * A new memory that threads can share, with nothing in it.
 *
 * @throws {MemoryError} if the system gives no room for it
 */
export function createSharedMemory(): WebAssembly.Memory {
  const memory = reserve();
  new Uint8Array(memory.buffer, TABLE_START, FIRST_PAGE).fill(ARENA_ITSELF);
  return memory;
}

/** As much room as the system gives; it takes no memory before something is written there. */
function reserve(): WebAssembly.Memory {
  for (let maximum = MOST_PAGES; maximum >= GROWTH; maximum /= 2) {
    try {
      return new WebAssembly.Memory({ initial: GROWTH, maximum, shared: true });
    } catch {
      // Less room may be there, and having none is an error below.
    }
  }
  throw new MemoryError("The system gives this process no room for a memory that threads share.");
}

/** One thread's share of the pages. */
export class Pages {
  readonly memory: WebAssembly.Memory;
  /** The number under which this thread's pages stand in the table. */
  readonly owner: number;
  readonly #words: Int32Array;
  readonly #table: Uint8Array;

  /** Takes part in `memory`, under a number that no other thread has. */
  constructor(memory: WebAssembly.Memory) {
    this.memory = memory;
    this.#words = new Int32Array(memory.buffer, 0, PAGE / 4);
    this.#table = new Uint8Array(memory.buffer, TABLE_START, MOST_PAGES);
    this.owner = this.#register();
  }

  /**
   * Takes `count` pages that lie behind each other, with whatever their last owner left in them.
   *
   * @returns the address of the first
   * @throws {MemoryError} if there are not as many
   */
  take(count: number): number {
    return this.#locked(() => {
      const first = this.#findFree(count);
      this.#growTo(first + count);
      this.#table.fill(this.owner, first, first + count);
      return first * PAGE;
    });
  }

  /** Gives back pages that `take` gave. */
  give(address: number, count: number): void {
    const first = address / PAGE;
    this.#locked(() => this.#table.fill(0, first, first + count));
  }

  /** Gives back every page of `owner`, who must have ended. */
  giveAll(owner: number): void {
    this.#locked(() => {
      for (let page = FIRST_PAGE; page < MOST_PAGES; page++) {
        if (this.#table[page] === owner) this.#table[page] = 0;
      }
      Atomics.store(this.#words, 1 + owner, 0);
    });
  }

  /** Bytes that any thread has taken. */
  bytesTaken(): number {
    let pages = 0;
    for (let page = FIRST_PAGE; page < MOST_PAGES; page++) if (this.#table[page] !== 0) pages++;
    return pages * PAGE;
  }

  /** The words behind the lock say which numbers are in use. */
  #register(): number {
    for (let owner = 1; owner < ARENA_ITSELF; owner++) {
      if (Atomics.compareExchange(this.#words, 1 + owner, 0, 1) === 0) return owner;
    }
    throw new MemoryError("254 threads share this memory already; it has no place for another.");
  }

  #findFree(count: number): number {
    let start = FIRST_PAGE;
    for (let page = FIRST_PAGE; page < MOST_PAGES; page++) {
      if (this.#table[page] !== 0) start = page + 1;
      else if (page + 1 - start === count) return start;
    }
    throw new MemoryError(
      `No ${count * PAGE} bytes are free; tensors can fill 4 GiB at most. ` +
        `Try a smaller batch, context or model.`,
    );
  }

  #growTo(pages: number): void {
    const missing = pages - this.memory.buffer.byteLength / PAGE;
    if (missing <= 0) return;
    for (const more of [Math.max(missing, GROWTH), missing]) {
      try {
        this.memory.grow(more);
        return;
      } catch {
        // Less may be there, and having too little is an error below.
      }
    }
    throw new MemoryError(`The system has no ${missing * PAGE} bytes more for tensors.`);
  }

  /** The lock is held for some microseconds. Who is held up for seconds waits for a thread that is no more. */
  #locked<T>(action: () => T): T {
    const start = performance.now();
    while (Atomics.compareExchange(this.#words, LOCK, 0, 1) !== 0) {
      if (performance.now() - start > LONGEST_WAIT) break;
    }
    try {
      return action();
    } finally {
      Atomics.store(this.#words, LOCK, 0);
    }
  }
}
