// Work on tensors that is done once with all of tfjs's bookkeeping, and from then on only repeated: the same
// kernels over the same memory, without making a tensor, a shape or a tape.

import type { Arena } from "./arena.ts";
import { Heap } from "./heap.ts";

/** The kernels of a piece of work in their order, and the memory it has for itself. */
export class Recording {
  /** The names of the kernels. */
  readonly kernels: string[] = [];
  readonly #heap: Heap;
  readonly #runs: (() => void)[] = [];
  #obstacle: string | undefined;

  constructor(arena: Arena) {
    this.#heap = new Heap(arena);
  }

  /** Why the work cannot be repeated; undefined if it can. */
  get obstacle(): string | undefined {
    return this.#obstacle;
  }

  /** Takes down a kernel that has just been run. */
  add(name: string, run: () => void): void {
    this.kernels.push(name);
    this.#runs.push(run);
  }

  /** Takes down that the work did something that cannot be repeated. */
  spoil(obstacle: string): void {
    this.#obstacle ??= obstacle;
  }

  /** Runs all kernels again. */
  repeat(): void {
    for (const run of this.#runs) run();
  }

  /** Takes a region for a tensor. */
  allocate(bytes: number): number {
    return this.#heap.allocate(bytes);
  }

  /** Keeps a region that {@linkcode allocate} gave, for the work's own next use. */
  free(address: number): void {
    this.#heap.free(address);
  }

  /** Gives the memory back; that of tensors which are left, as soon as they are disposed of. */
  dispose(): void {
    this.#heap.dispose();
    this.#runs.length = 0;
  }
}
