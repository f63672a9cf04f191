// How vector instructions are spelled, in VEX for AVX2 and in EVEX for AVX-512: one description of an
// instruction gives both.

import type { Assembler, Label, Register } from "../products/assembler.ts";
import type { InstructionSet } from "../products/vector_instructions.ts";

/** Opcode map, mandatory prefix (0 none, 1 = 66, 2 = F3) and opcode of an instruction. */
export interface Opcode {
  readonly map: 1 | 2 | 3;
  readonly prefix: 0 | 1 | 2;
  readonly code: number;
}

/** vbroadcastss: loads one float into all lanes. */
export const BROADCAST: Opcode = { map: 2, prefix: 1, code: 0x18 };

/** Memory at `base` + `index`, both in registers. */
export interface Indexed {
  readonly base: Register;
  readonly index?: Register;
}

/** What stands in an instruction's last place. */
export type Operand =
  | { readonly vector: number }
  | { readonly memory: Indexed }
  | { readonly constant: Label };

/** An instruction as `encode` takes it. */
export interface Instruction {
  readonly opcode: Opcode;
  /** The register of the first place, or an extension of the opcode. */
  readonly reg: number;
  /** The register of the second place. */
  readonly vvvv?: number;
  readonly operand: Operand;
  /** Whether only the lanes of mask 1 are written, and what becomes of the others; AVX-512 only. */
  readonly masking?: "keep" | "zero";
  /** A byte behind the instruction. */
  readonly immediate?: number;
}

/** Spells vector instructions for one instruction set. */
export class VectorEncoding {
  readonly #assembler: Assembler;
  readonly #isWide: boolean;

  constructor(assembler: Assembler, set: InstructionSet) {
    this.#assembler = assembler;
    this.#isWide = set === "AVX-512";
  }

  append(instruction: Instruction): void {
    if (this.#isWide) this.#evex(instruction);
    else this.#vex(instruction);
    this.#operand(instruction);
    if (instruction.immediate !== undefined) this.#assembler.bytes(instruction.immediate);
  }

  /** The EVEX prefix and the opcode. Bits of register numbers are stored inverted. */
  #evex({ opcode, reg, vvvv = 0, operand, masking }: Instruction): void {
    const { base, index } = extensions(operand);
    const inverted = (number: number, bit: number) => (number >> bit & 1) ^ 1;
    const xBit = "vector" in operand ? inverted(operand.vector, 4) : inverted(index, 3);
    // One float for all lanes, which needs no saying where it is what the instruction does anyway.
    const isBroadcast = "constant" in operand && opcode !== BROADCAST;
    const mask = masking === undefined ? 0 : masking === "zero" ? 0x81 : 0x01;
    this.#assembler.bytes(
      0x62,
      inverted(reg, 3) << 7 | xBit << 6 | inverted(base, 3) << 5 | inverted(reg, 4) << 4 |
        opcode.map,
      (~vvvv & 15) << 3 | 4 | opcode.prefix,
      0x40 | (isBroadcast ? 0x10 : 0) | inverted(vvvv, 4) << 3 | mask,
      opcode.code,
    );
  }

  /** The three-byte VEX prefix and the opcode. */
  #vex({ opcode, reg, vvvv = 0, operand }: Instruction): void {
    const { base, index } = extensions(operand);
    this.#assembler.bytes(
      0xc4,
      (reg >> 3 ^ 1) << 7 | (index >> 3 ^ 1) << 6 | (base >> 3 ^ 1) << 5 | opcode.map,
      (~vvvv & 15) << 3 | 4 | opcode.prefix,
      opcode.code,
    );
  }

  #operand({ reg, operand }: Instruction): void {
    const place = (reg & 7) << 3;
    if ("vector" in operand) {
      this.#assembler.bytes(0xc0 | place | (operand.vector & 7));
    } else if ("constant" in operand) {
      this.#assembler.bytes(place | 5); // relative to the instruction pointer
      this.#assembler.distanceTo(operand.constant);
    } else {
      const { base, index } = operand.memory;
      const sib = (index ?? 4) & 7; // 4: no index
      this.#assembler.bytes(0x40 | place | 4, sib << 3 | (base & 7), 0);
    }
  }
}

/** The numbers whose fourth bits the prefix holds. */
function extensions(operand: Operand): { base: number; index: number } {
  if ("vector" in operand) return { base: operand.vector & 15, index: 0 };
  if ("constant" in operand) return { base: 0, index: 0 };
  return { base: operand.memory.base, index: operand.memory.index ?? 0 };
}
