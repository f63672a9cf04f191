// Gives the values of a kernel registers of the processor, as long as they live.

import type { Lifetime } from "./lifetimes.ts";

/** The registers of one kind, and which value is in which. */
export class Registers {
  /** The step that is being translated. */
  at = 0;
  readonly #free: number[];
  readonly #lifetimes: readonly Lifetime[];
  readonly #places = new Map<number, number>();

  /**
   * @param registers those that may be used
   * @param lifetimes when each value is needed
   */
  constructor(registers: readonly number[], lifetimes: readonly Lifetime[]) {
    this.#free = [...registers].reverse();
    this.#lifetimes = lifetimes;
  }

  /** Where `value` is, or will be from now on. */
  of(value: number): number {
    const known = this.#places.get(value);
    if (known !== undefined) return known;
    const register = this.#free.pop();
    if (register === undefined) throw new RangeError("The kernel has too many values at once.");
    this.#places.set(value, register);
    return register;
  }

  /** A place for `value`: that of one of `others` which ends with this step, if there is one. */
  reusing(others: readonly number[], value: number): number {
    if (!this.#places.has(value)) {
      for (const other of others) {
        const place = this.#places.get(other);
        if (place !== undefined && this.#lifetimes[other].last === this.at) {
          this.#places.delete(other);
          this.#places.set(value, place);
          return place;
        }
      }
    }
    return this.of(value);
  }

  /** Frees the places of the values that end with this step. */
  release(): void {
    for (const [value, place] of this.#places) {
      if (this.#lifetimes[value].last <= this.at) {
        this.#places.delete(value);
        this.#free.push(place);
      }
    }
  }
}

/** Where a value is kept: in a register, or in a slot of memory. */
export type Place = { readonly register: number } | { readonly slot: number };

/** Places for all values: registers for those that are needed most, slots where there are too few. */
export function places(lifetimes: readonly Lifetime[], registers: readonly number[]): Place[] {
  const taken = new Map<number, Lifetime[]>(registers.map((register) => [register, []]));
  const result: Place[] = [];
  let slots = 0;
  const overlaps = (a: Lifetime, b: Lifetime) => a.first <= b.last && b.first <= a.last;
  const byUse = Object.entries(lifetimes).sort(([, a], [, b]) => b.uses - a.uses);
  for (const [value, lifetime] of byUse) {
    const free = registers.find((register) =>
      !taken.get(register)!.some((other) => overlaps(other, lifetime))
    );
    if (free !== undefined) taken.get(free)!.push(lifetime);
    result[Number(value)] = free === undefined ? { slot: slots++ } : { register: free };
  }
  return result;
}
