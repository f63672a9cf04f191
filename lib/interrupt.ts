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
