// Memory that a piece of work has for itself: regions of an arena that are cut to measure, and joined again
// when neighbours are free. That takes time, which work that is recorded spends once.

import { ALIGNMENT, type Arena } from "./arena.ts";

/** A part of a region, in use or free. */
interface Block {
  readonly address: number;
  bytes: number;
  isFree: boolean;
  /** Its neighbours in the same region. */
  before?: Block;
  after?: Block;
}

/** A heap. What is freed waits for its next use here; the arena has it again when the heap is disposed of. */
export class Heap {
  readonly #arena: Arena;
  /** Blocks in use, by address. */
  readonly #used = new Map<number, Block>();
  readonly #free = new Set<Block>();
  #isDisposed = false;

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  /** Takes at least `bytes` bytes, with whatever was there; the address is a multiple of {@linkcode ALIGNMENT}. */
  allocate(bytes: number): number {
    const size = Math.max(1, Math.ceil(bytes / ALIGNMENT)) * ALIGNMENT;
    let best: Block | undefined;
    for (const block of this.#free) {
      if (block.bytes >= size && (best === undefined || block.bytes < best.bytes)) best = block;
    }
    if (best === undefined) {
      best = { address: this.#arena.allocate(size), bytes: size, isFree: false };
    } else {
      this.#free.delete(best);
      if (best.bytes > size) this.#cut(best, size);
    }
    best.isFree = false;
    this.#used.set(best.address, best);
    return best.address;
  }

  /** Gives back what {@linkcode allocate} gave. */
  free(address: number): void {
    const block = this.#used.get(address)!;
    this.#used.delete(address);
    const { before, after } = block;
    if (after?.isFree) this.#join(block, after);
    const whole = before?.isFree ? this.#join(before, block) : block;
    whole.isFree = true;
    this.#free.add(whole);
    if (this.#isDisposed) this.#giveBack(whole);
  }

  /** Gives all to the arena: regions with blocks in use when the last of them is freed. */
  dispose(): void {
    this.#isDisposed = true;
    for (const block of [...this.#free]) this.#giveBack(block);
  }

  #cut(block: Block, size: number): void {
    const rest: Block = {
      address: block.address + size,
      bytes: block.bytes - size,
      isFree: true,
      before: block,
      after: block.after,
    };
    if (block.after !== undefined) block.after.before = rest;
    block.after = rest;
    block.bytes = size;
    this.#free.add(rest);
  }

  #join(first: Block, second: Block): Block {
    this.#free.delete(second);
    first.bytes += second.bytes;
    first.after = second.after;
    if (second.after !== undefined) second.after.before = first;
    return first;
  }

  #giveBack(block: Block): void {
    if (block.before !== undefined || block.after !== undefined) return;
    this.#free.delete(block);
    this.#arena.free(block.address, block.bytes);
  }
}
