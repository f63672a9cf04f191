// Work on tensors that is done once with all of tfjs's bookkeeping, and from then on only repeated: the same
// kernels over the same memory, without making a tensor, a shape or a tape.

import type { Arena } from "./arena.ts";

/** The kernels of a piece of work in their order, and the memory it has for itself. */
export class Recording {
  /** The names of the kernels. */
  readonly kernels: string[] = [];
  readonly #arena: Arena;
  readonly #runs: (() => void)[] = [];
  /** Addresses of this recording's memory that wait for their next use in it, by bytes. */
  readonly #waiting = new Map<number, number[]>();
  #obstacle: string | undefined;
  #isDisposed = false;

  constructor(arena: Arena) {
    this.#arena = arena;
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

  /** Takes a region for a tensor: one that the work has given back, or a new one. */
  allocate(bytes: number): number {
    return this.#waiting.get(bytes)?.pop() ?? this.#arena.allocate(bytes);
  }

  /** Keeps a region that {@linkcode allocate} gave, for the work's own next use. */
  free(address: number, bytes: number): void {
    if (this.#isDisposed) return this.#arena.free(address, bytes);
    const waiting = this.#waiting.get(bytes);
    if (waiting === undefined) this.#waiting.set(bytes, [address]);
    else waiting.push(address);
  }

  /** Gives the memory back; that of tensors which are left, as soon as they are disposed of. */
  dispose(): void {
    this.#isDisposed = true;
    for (const [bytes, addresses] of this.#waiting) {
      for (const address of addresses) this.#arena.free(address, bytes);
    }
    this.#waiting.clear();
    this.#runs.length = 0;
  }
}
