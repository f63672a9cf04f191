// The general-purpose instructions of the vector kernels, beside those of the assembler. All are
// 64 bits wide unless they say otherwise.

import type { Assembler, Label, Register } from "../products/assembler.ts";

/** When a jump is taken. */
export type Condition = "zero" | "notZero" | "below";

const JUMPS: Readonly<Record<Condition, number>> = { zero: 0x84, notZero: 0x85, below: 0x82 };

/** Appends general-purpose instructions to an assembler. */
export class IntegerInstructions {
  readonly #assembler: Assembler;

  constructor(assembler: Assembler) {
    this.#assembler = assembler;
  }

  /** `to +=` the 64 bits at `base + offset`. */
  addMemory64(to: Register, base: Register, offset: number): void {
    this.#assembler.bytes(0x48 | (to >> 3) << 2 | base >> 3, 0x03);
    this.#assembler.modrm(to, { base, offset });
  }

  /** `to *= from`. */
  multiply(to: Register, from: Register): void {
    this.#registers([0x0f, 0xaf], from, to);
  }

  /** Compares for a jump. */
  compare(a: Register, b: Register): void {
    this.#registers([0x39], a, b);
  }

  /** Compares with 0 for a jump. */
  test(register: Register): void {
    this.#registers([0x85], register, register);
  }

  /** `to &= value`, and compares the result with 0 for a jump. */
  and(to: Register, value: number): void {
    this.#assembler.bytes(0x48 | to >> 3, 0x81, 0xe0 | (to & 7));
    this.#assembler.int32(value);
  }

  /** `to <<= bits`. */
  shiftLeft(to: Register, bits: number): void {
    this.#assembler.bytes(0x48 | to >> 3, 0xc1, 0xe0 | (to & 7), bits);
  }

  /** `to −= 1`, and compares the result with 0 for a jump. */
  decrement(to: Register): void {
    this.#assembler.bytes(0x48 | to >> 3, 0xff, 0xc8 | (to & 7));
  }

  jump(condition: Condition, label: Label): void {
    this.#assembler.bytes(0x0f, JUMPS[condition]);
    this.#assembler.distanceTo(label);
  }

  /** An instruction whose first operand is `rm` and whose second is `reg`. */
  #registers(opcode: readonly number[], rm: Register, reg: Register): void {
    this.#assembler.bytes(0x48 | (reg >> 3) << 2 | rm >> 3, ...opcode);
    this.#assembler.bytes(0xc0 | (reg & 7) << 3 | (rm & 7));
  }
}
