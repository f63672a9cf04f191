// What rewritten cell code calls, under one global name. kernel/language writes the calls.

import type { Modules } from "./modules.ts";
import { FLAG } from "./input_memory.ts";
import type { Interrupts } from "./interrupts.ts";

/** The helpers, as cell code sees them on `$dials`. */
export interface CellHelpers {
  /** Waits for a value or an interrupt. */
  until: Interrupts["until"];
  /** The items of an asynchronous loop, until an interrupt. */
  each: Interrupts["each"];
  /** Throws an interrupt on. */
  pass: Interrupts["pass"];
  /** Throws the interrupt that has raised the flag. */
  stop: Interrupts["stop"];
  /** `import()`, relative to the notebook. */
  import: Modules["import"];
  /** The exports that an import declaration names. */
  names: Modules["names"];
  /** `import.meta` of the notebook. */
  meta: Modules["meta"];
  /** Takes the value of the cell's last expression. */
  keep(value: unknown): void;
}

/** Takes what a cell leaves. */
export class LastValue {
  #value: unknown = undefined;

  /** Stores the value of a cell's last expression. */
  keep = (value: unknown): void => {
    this.#value = value;
  };

  /** Hands the value out once; undefined if there is none. */
  take(): unknown {
    const value = this.#value;
    this.#value = undefined;
    return value;
  }
}

/** Installs the helpers, and the running cell's signal, where cell code finds them. */
export function installHelpers(
  control: Int32Array,
  parts: { interrupts: Interrupts; modules: Modules; lastValue: LastValue },
): void {
  const { interrupts, modules, lastValue } = parts;
  const { until, each, pass, stop } = interrupts;
  const helpers: CellHelpers = {
    until,
    each,
    pass,
    stop,
    import: modules.import,
    names: modules.names,
    meta: modules.meta,
    keep: lastValue.keep,
  };
  // Neither writable nor configurable: V8 takes them for the constants they are.
  Object.defineProperty(globalThis, "$dials", { value: Object.freeze(helpers) });
  Object.defineProperty(globalThis, "$dialsStop", { value: control.subarray(FLAG, FLAG + 1) });
  Object.defineProperty(globalThis, Symbol.for("Jupyter.signal"), {
    get: () => interrupts.signal,
  });
}
