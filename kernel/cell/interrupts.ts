// How an interrupt reaches the running cell: its signal is aborted, every await of cell code is rejected, and
// loops and functions throw when they next look at the flag. Each interrupt strikes once, so that `finally`
// blocks may await their own cleaning up; the next one strikes those too.

import { noteAwait } from "./await_places.ts";
import { FLAG } from "./input_memory.ts";

/** Ends a cell that was interrupted. */
export class Interrupted extends Error {
  override name = "Interrupted";

  constructor() {
    super("the cell was interrupted; its variables are kept");
    // It comes from outside the cell: where it was made says nothing.
    this.stack = `${this.name}: ${this.message}`;
  }
}

/** The interrupts of one cell process. */
export class Interrupts {
  readonly #control: Int32Array;
  readonly #noticed: (id: number) => void;
  readonly #pending = new Set<(reason: Interrupted) => void>();
  #cell: AbortController | undefined;
  #id = 0;

  /** Those that the input thread writes to `control`; `noticed` hears which cell one has struck. */
  constructor(control: Int32Array, noticed: (id: number) => void) {
    this.#control = control;
    this.#noticed = noticed;
  }

  /** The running cell's signal; undefined between cells. */
  get signal(): AbortSignal | undefined {
    return this.#cell?.signal;
  }

  /** Cell number `id` starts: an interrupt that came too late for another does not concern it. */
  begin(id: number): void {
    if (this.#control[FLAG] !== id) Atomics.store(this.#control, FLAG, 0);
    this.#id = id;
    this.#cell = new AbortController();
  }

  /** The cell has ended. */
  end(): void {
    this.#cell = undefined;
  }

  /** Strikes, if an interrupt has come that did not yet; returns the error that it throws everywhere. */
  deliver(): Interrupted | undefined {
    const id = this.#control[FLAG];
    // One for a cell that has not begun yet waits for it.
    if (id === 0 || id > this.#id) return undefined;
    Atomics.store(this.#control, FLAG, 0);
    if (id < this.#id || this.#cell === undefined) return undefined;
    this.#noticed(id);
    const reason = new Interrupted();
    const pending = [...this.#pending];
    this.#pending.clear();
    for (const reject of pending) reject(reason);
    this.#cell.abort(reason);
    return reason;
  }

  /** Waits for `value` or an interrupt, whichever comes first; `place` is where a cell does. */
  until = <T>(value: T, place?: string): Promise<Awaited<T>> => {
    return new Promise<Awaited<T>>((resolve, reject) => {
      const interrupted = this.#control[FLAG] === 0 ? undefined : this.deliver();
      this.#pending.add(reject);
      // Looked at even if nobody waits any more, lest its failure count as unhandled.
      Promise.resolve(value).then(
        (result) => {
          this.#pending.delete(reject);
          resolve(result);
        },
        (error) => {
          this.#pending.delete(reject);
          if (place !== undefined) noteAwait(error, place);
          reject(error);
        },
      );
      if (interrupted !== undefined) {
        this.#pending.delete(reject);
        reject(interrupted);
      }
    });
  };

  /** The items of `source`, each awaited no longer than until an interrupt; `place` is where the loop stands. */
  each = <T>(
    source: AsyncIterable<T> | Iterable<T>,
    place: string,
  ): AsyncIterable<Awaited<T>> => {
    const iterator = asyncIterator(source);
    const close = async () => {
      await iterator.return?.();
    };
    return {
      [Symbol.asyncIterator]: () => ({
        next: async () => {
          try {
            return await this.until(iterator.next(), place) as IteratorResult<Awaited<T>>;
          } catch (error) {
            // Nobody else will: `for await` closes no iterator that has failed. What it says to that is lost.
            if (error instanceof Interrupted) close().catch(() => {});
            throw error;
          }
        },
        return: async () => {
          await this.until(close(), place);
          return { done: true, value: undefined };
        },
      }),
    };
  };

  /** Throws an interrupt on, which no `catch` of a cell may keep. */
  pass = (error: unknown): void => {
    if (error instanceof Interrupted) throw error;
  };

  /** Called where the flag was seen raised. */
  stop = (): void => {
    const interrupted = this.deliver();
    if (interrupted !== undefined) throw interrupted;
  };
}

function asyncIterator<T>(source: AsyncIterable<T> | Iterable<T>): AsyncIterator<T> {
  if (Symbol.asyncIterator in Object(source)) {
    return (source as AsyncIterable<T>)[Symbol.asyncIterator]();
  }
  // Throws the usual error where `source` is neither.
  return fromSync(source as Iterable<T>);
}

async function* fromSync<T>(source: Iterable<T>): AsyncGenerator<T> {
  for (const item of source) yield item;
}
