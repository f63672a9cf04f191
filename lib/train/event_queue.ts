// Values that come when they come, for one reader who takes them in order.

/** A queue that is filled from outside and read with `for await`. */
export class EventQueue<T> implements AsyncIterable<T> {
  readonly #values: T[] = [];
  #wake = Promise.withResolvers<void>();
  #isEnded = false;
  #error: unknown;

  push(value: T): void {
    this.#values.push(value);
    this.#wake.resolve();
  }

  /** The reader gets what there is, and then no more; it hears of `error`, if one is given. */
  end(error?: unknown): void {
    this.#isEnded = true;
    this.#error = error;
    this.#wake.resolve();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    while (true) {
      while (this.#values.length > 0) yield this.#values.shift()!;
      if (this.#isEnded) break;
      await this.#wake.promise;
      this.#wake = Promise.withResolvers();
    }
    if (this.#error !== undefined) throw this.#error;
  }
}
