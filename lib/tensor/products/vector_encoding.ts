// How vector instructions are spelled, in VEX for AVX2 and in EVEX for AVX-512: one description of an
// instruction gives both. With it come the constants that instructions read from behind the code.

import type { Assembler, Label, Memory, Register } from "./assembler.ts";
import type { InstructionSet } from "./vector_instructions.ts";

/** Opcode map, mandatory prefix (0 none, 1 = 66, 2 = F3) and opcode of an instruction. */
export interface Opcode {
  readonly map: 1 | 2 | 3;
  readonly prefix: 0 | 1 | 2;
  readonly code: number;
  /** The W bit; VEX ignores it for all instructions here. */
  readonly wide?: boolean;
}

/** vbroadcastss: loads one float into all lanes. */
export const BROADCAST: Opcode = { map: 2, prefix: 1, code: 0x18 };

/** What stands in an instruction's last place. */
export type LastOperand =
  | { readonly vector: number }
  /** `bytes` is how much is read or written there: a whole register, if it is left out. */
  | { readonly memory: Memory; readonly bytes?: number }
  /** Memory at the sum of two registers. */
  | { readonly base: Register; readonly index: Register }
  /** A number in all lanes. */
  | { readonly value: number }
  /** A 32-bit integer in all lanes. */
  | { readonly bits: number }
  /** What stands behind the code at a label. */
  | { readonly label: Label };

/** An instruction as `append` takes it. */
export interface Instruction {
  readonly opcode: Opcode;
  /** The register of the first place, or an extension of the opcode. */
  readonly reg: number;
  /** The register of the second place. */
  readonly vvvv?: number;
  readonly operand: LastOperand;
  /** Whether only the lanes of mask 1 are written, and what becomes of the others; AVX-512 only. */
  readonly masking?: "keep" | "zero";
  /** A byte behind the instruction. */
  readonly immediate?: number;
  /** 128 for the short form of an instruction, on registers below 16. */
  readonly bits?: 128;
}

const MASKING = { keep: 0x01, zero: 0x81 } as const;
const RELATIVE = 5; // to the instruction pointer, in the place of a base register

/** Spells vector instructions for one instruction set. */
export class VectorEncoding {
  readonly isWide: boolean;
  readonly #assembler: Assembler;
  /** By their bits. */
  readonly #constants = new Map<number, Label>();

  constructor(assembler: Assembler, set: InstructionSet) {
    this.#assembler = assembler;
    this.isWide = set === "AVX-512";
  }

  append(instruction: Instruction): void {
    if (this.isWide && instruction.bits === undefined) this.#evex(instruction);
    else this.#vex(instruction);
    this.#lastOperand(instruction);
    if (instruction.immediate !== undefined) this.#assembler.bytes(instruction.immediate);
  }

  /** Appends the constants; to be called once, behind the last instruction. */
  finish(): void {
    for (const [bits, label] of this.#constants) {
      this.#assembler.place(label);
      for (let lane = 0; lane < (this.isWide ? 1 : 8); lane++) this.#assembler.int32(bits);
    }
  }

  /** The EVEX prefix, for 512 bits, and the opcode. Bits of register numbers are stored inverted. */
  #evex({ opcode, reg, vvvv = 0, operand, masking }: Instruction): void {
    const { base, index } = highBits(operand);
    const inverted = (number: number, bit: number) => (number >> bit & 1) ^ 1;
    // A number is one float for all lanes, which needs no saying where the instruction does that anyway.
    const isRepeated = ("value" in operand || "bits" in operand) && opcode !== BROADCAST;
    this.#assembler.bytes(
      0x62,
      inverted(reg, 3) << 7 | inverted(index, 0) << 6 | inverted(base, 0) << 5 |
        inverted(reg, 4) << 4 | opcode.map,
      (opcode.wide ? 0x80 : 0) | (~vvvv & 15) << 3 | 4 | opcode.prefix,
      0x40 | (isRepeated ? 0x10 : 0) | inverted(vvvv, 4) << 3 | (masking ? MASKING[masking] : 0),
      opcode.code,
    );
  }

  /** The three-byte VEX prefix and the opcode. Bits of register numbers are stored inverted. */
  #vex({ opcode, reg, vvvv = 0, operand, bits }: Instruction): void {
    const { base, index } = highBits(operand);
    this.#assembler.bytes(
      0xc4,
      (reg >> 3 ^ 1) << 7 | (index ^ 1) << 6 | (base ^ 1) << 5 | opcode.map,
      (~vvvv & 15) << 3 | (bits === 128 ? 0 : 4) | opcode.prefix,
      opcode.code,
    );
  }

  #lastOperand({ reg, operand, bits }: Instruction): void {
    const place = (reg & 7) << 3;
    if ("vector" in operand) {
      this.#assembler.bytes(0xc0 | place | (operand.vector & 7));
    } else if ("memory" in operand) {
      const scale = this.isWide && bits === undefined ? operand.bytes ?? 64 : 1;
      this.#assembler.modrm(reg, operand.memory, scale);
    } else if ("index" in operand) {
      this.#assembler.bytes(0x40 | place | 4, (operand.index & 7) << 3 | (operand.base & 7), 0);
    } else {
      this.#assembler.bytes(place | RELATIVE);
      this.#assembler.distanceTo(
        "label" in operand ? operand.label : this.#constant(operand),
      );
    }
  }

  #constant(operand: { value: number } | { bits: number }): Label {
    const bits = "bits" in operand ? operand.bits : bitsOf(operand.value);
    const label = this.#constants.get(bits) ?? this.#assembler.label();
    this.#constants.set(bits, label);
    return label;
  }
}

/** A float32 as the 32-bit integer of the same bits. */
function bitsOf(value: number): number {
  return new Int32Array(new Float32Array([value]).buffer)[0];
}

/** What the prefix holds of the last operand's registers: their fourth bits, or the fifth of a vector. */
function highBits(operand: LastOperand): { base: number; index: number } {
  if ("vector" in operand) return { base: operand.vector >> 3 & 1, index: operand.vector >> 4 };
  if ("memory" in operand) return { base: operand.memory.base >> 3, index: 0 };
  if ("index" in operand) return { base: operand.base >> 3, index: operand.index >> 3 };
  return { base: 0, index: 0 };
}
