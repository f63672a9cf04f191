// Where the workers of a run wait for each other.

/** Thrown to a worker that waits for others that will never come. */
export class AbandonedError extends Error {
  override name = "AbandonedError";
}

/** Looks that are made at the others before sleeping: some tens of microseconds, less than waking costs. */
const SPINS = 2000;
/** Milliseconds of sleep between looks whether the run was abandoned. */
const PATIENCE = 500;

/** Three neighbouring words of shared memory: who has arrived, how often all have, and whether it was given up. */
const [ARRIVED, ROUND, ABANDONED] = [0, 1, 2];

/**
 * A meeting point for a fixed number of workers. What each wrote to shared memory before it is there for all
 * after it.
 */
export class Barrier {
  /** Words of shared memory that a barrier takes. */
  static readonly words = 3;
  /** The word among them that is not 0 when the run was given up. */
  static readonly abandoned = ABANDONED;
  readonly #words: Int32Array;
  readonly #workers: number;

  constructor(words: Int32Array, { workers }: { workers: number }) {
    this.#words = words;
    this.#workers = workers;
  }

  /**
   * Goes on when every worker has come here.
   *
   * @throws {AbandonedError} if one of them will not come
   */
  wait(): void {
    const words = this.#words;
    const round = Atomics.load(words, ROUND);
    if (Atomics.add(words, ARRIVED, 1) === this.#workers - 1) {
      Atomics.store(words, ARRIVED, 0);
      Atomics.add(words, ROUND, 1);
      Atomics.notify(words, ROUND);
      return;
    }
    for (let i = 0; i < SPINS; i++) if (Atomics.load(words, ROUND) !== round) return;
    while (Atomics.load(words, ROUND) === round) {
      if (Atomics.load(words, ABANDONED) !== 0) throw new AbandonedError("the run was given up");
      Atomics.wait(words, ROUND, round, PATIENCE);
    }
  }

  /** Tells everyone who waits, or will, that it is in vain. */
  abandon(): void {
    Atomics.store(this.#words, ABANDONED, 1);
    Atomics.notify(this.#words, ROUND);
  }
}
