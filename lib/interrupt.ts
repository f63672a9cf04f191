// How long work in a cell hears that it should stop, and gives others a turn meanwhile.

import { setImmediate } from "node:timers";

/**
 * The signal that an interrupt of the running notebook cell aborts; undefined outside a notebook.
 * Whatever takes long uses it unless told of another.
 */
export function cellSignal(): AbortSignal | undefined {
  return Reflect.get(globalThis, Symbol.for("Jupyter.signal")) as AbortSignal | undefined;
}

/** Gives timers, displays and interrupts a turn: microseconds, where a timer of zero takes two milliseconds. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * What a promise resolves to, unless the signal is aborted before. The promise itself goes on; nobody hears of it.
 *
 * A race with one promise that stands for the signal would keep every result in memory until that one settles.
 *
 * @throws the signal's reason, once it is aborted
 */
export function orAborted<T>(promise: PromiseLike<T> | T, signal?: AbortSignal): Promise<T> {
  if (signal === undefined) return Promise.resolve(promise);
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    Promise.resolve(promise).then(resolve, reject)
      .finally(() => signal.removeEventListener("abort", stop));
  });
}
