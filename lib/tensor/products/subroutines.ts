// The subroutines that a generated function calls; each is emitted once, behind the function.

import type { Label } from "./assembler.ts";
import type { Emitter } from "./sums.ts";

/** Collects subroutines by what they do. */
export class Subroutines {
  readonly #emitter: Emitter;
  readonly #wanted = new Map<string, { label: Label; emit: () => void }>();

  constructor(emitter: Emitter) {
    this.#emitter = emitter;
  }

  /** The label of the subroutine that does `what`, which `emit` emits if no other has. */
  want(what: readonly unknown[], emit: () => void): Label {
    const key = JSON.stringify(what);
    const known = this.#wanted.get(key);
    if (known) return known.label;
    const label = this.#emitter.assembler.label();
    this.#wanted.set(key, { label, emit });
    return label;
  }

  /** Emits them all. */
  emit(): void {
    for (const { label, emit } of this.#wanted.values()) {
      this.#emitter.assembler.place(label);
      emit();
    }
  }
}
