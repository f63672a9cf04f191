// Where the integers of a kernel are kept in machine code: in registers, and those that are needed least
// in the argument block.

import {
  type Assembler,
  type Memory,
  R10,
  R11,
  R12,
  R13,
  R14,
  R15,
  R8,
  R9,
  RAX,
  RBP,
  RBX,
  RCX,
  RDI,
  RDX,
  type Register,
  RSI,
} from "../products/assembler.ts";
import type { Integer } from "./code.ts";
import type { Lifetime } from "./lifetimes.ts";
import { type Place, places } from "./registers.ts";

/** The argument block. */
export const BLOCK = RDI;
/** These hold nothing from one step to the next. */
export const PASSING = RAX, OTHER_PASSING = RCX;

const KEPT: readonly Register[] = [
  ...[RBX, RDX, RSI, RBP],
  ...[R8, R9, R10, R11, R12, R13, R14, R15],
];

/** Where in the block integers are kept that have no register. */
const SLOTS_START = 128;
/** Bytes of the argument block: its base, 30 arguments and 16 slots. */
export const BLOCK_BYTES = 256;

/** The integers of one kernel. */
export class Integers {
  readonly #assembler: Assembler;
  readonly #places: readonly Place[];

  constructor(assembler: Assembler, lifetimes: readonly Lifetime[]) {
    this.#assembler = assembler;
    this.#places = places(lifetimes, KEPT);
  }

  /** The register of an integer; one without is loaded into `passing`. */
  in({ integer }: Integer, passing: Register = PASSING): Register {
    const place = this.#places[integer];
    if ("register" in place) return place.register;
    this.#assembler.load64(passing, slotMemory(place.slot));
    return passing;
  }

  /** Lets `body` compute an integer in the register it gets, without use of what was in it. */
  compute({ integer }: Integer, body: (to: Register) => void): void {
    const place = this.#places[integer];
    if ("register" in place) return body(place.register);
    body(PASSING);
    this.#assembler.store64(slotMemory(place.slot), PASSING);
  }

  /** Lets `body` change an integer in the register it gets; moving it back changes no flag. */
  change(value: Integer, body: (to: Register) => void): void {
    const register = this.in(value);
    this.compute(value, () => body(register));
  }
}

function slotMemory(slot: number): Memory {
  return { base: BLOCK, offset: SLOTS_START + 8 * slot };
}
