// The vector instructions of a matrix product, for two instruction sets: AVX-512 (EVEX encoding, 32
// registers of 16 floats, edges by mask registers) and AVX2 with FMA (VEX encoding, 16 registers of
// 8 floats, edges by a mask in a vector register).

import { type Assembler, type Label, type Memory, RAX } from "./assembler.ts";
import { BROADCAST, type Opcode, VectorEncoding } from "./vector_encoding.ts";

/** An instruction set that products can be generated for. */
export type InstructionSet = "AVX-512" | "AVX2";

/** What a generator has to know about an instruction set. */
export interface VectorUnit {
  /** Floats in a register. */
  readonly lanes: number;
  /** Vector registers. */
  readonly registers: number;
}

/** The vector units of the instruction sets. */
export const VECTOR_UNITS: Readonly<Record<InstructionSet, VectorUnit>> = {
  "AVX-512": { lanes: 16, registers: 32 },
  "AVX2": { lanes: 8, registers: 16 },
};

/** A register, a constant in all lanes, or a register's width of memory. */
export type Operand = number | { readonly value: number } | Memory;

const LOAD: Opcode = { map: 1, prefix: 0, code: 0x10 }; // vmovups
const STORE: Opcode = { map: 1, prefix: 0, code: 0x11 };
const LOAD_SCALAR: Opcode = { map: 1, prefix: 2, code: 0x10 }; // vmovss
const STORE_SCALAR: Opcode = { map: 1, prefix: 2, code: 0x11 };
const LOAD_MASKED: Opcode = { map: 2, prefix: 1, code: 0x2c }; // vmaskmovps
const STORE_MASKED: Opcode = { map: 2, prefix: 1, code: 0x2e };
const MULTIPLY_ADD: Opcode = { map: 2, prefix: 1, code: 0xb8 }; // vfmadd231ps
const MULTIPLY_SUBTRACT: Opcode = { map: 2, prefix: 1, code: 0xbc }; // vfnmadd231ps
const MULTIPLY_IN: Opcode = { map: 2, prefix: 1, code: 0xa8 }; // vfmadd213ps
const COPY: Opcode = { map: 1, prefix: 0, code: 0x28 }; // vmovaps
const ADD: Opcode = { map: 1, prefix: 0, code: 0x58 }; // vaddps
const MULTIPLY: Opcode = { map: 1, prefix: 0, code: 0x59 };
const SUBTRACT: Opcode = { map: 1, prefix: 0, code: 0x5c };
const MINIMUM: Opcode = { map: 1, prefix: 0, code: 0x5d };
const DIVIDE: Opcode = { map: 1, prefix: 0, code: 0x5e };
const MAXIMUM: Opcode = { map: 1, prefix: 0, code: 0x5f };
const ROUND: Opcode = { map: 3, prefix: 1, code: 0x08 }; // vroundps, vrndscaleps
const SCALE: Opcode = { map: 2, prefix: 1, code: 0x2c }; // vscalefps, AVX-512 only
const TO_INTEGERS: Opcode = { map: 1, prefix: 1, code: 0x5b }; // vcvtps2dq
const LOAD_BYTES: Opcode = { map: 2, prefix: 1, code: 0x21 }; // vpmovsxbd
const FROM_INTEGERS: Opcode = { map: 1, prefix: 0, code: 0x5b }; // vcvtdq2ps
const SHIFT: Opcode = { map: 1, prefix: 1, code: 0x72 }; // vpslld with /6
const ADD_INTEGERS: Opcode = { map: 1, prefix: 1, code: 0xfe }; // vpaddd
const XOR: Opcode = { map: 1, prefix: 1, code: 0xef }; // vpxor, vpxord
const INSERT: Opcode = { map: 3, prefix: 1, code: 0x18 }; // vinsertf128, vinsertf32x4
const INTERLEAVE_LOW: Opcode = { map: 1, prefix: 0, code: 0x14 }; // vunpcklps
const INTERLEAVE_HIGH: Opcode = { map: 1, prefix: 0, code: 0x15 }; // vunpckhps
const INTERLEAVE_PAIRS_LOW: Opcode = { map: 1, prefix: 1, code: 0x14, wide: true }; // vunpcklpd
const INTERLEAVE_PAIRS_HIGH: Opcode = { map: 1, prefix: 1, code: 0x15, wide: true }; // vunpckhpd

const SHUFFLE_QUADS: Opcode = { map: 3, prefix: 1, code: 0x43 }; // vshuff32x4, AVX-512 only
const SHUFFLE_HALVES: Opcode = { map: 3, prefix: 1, code: 0x06 }; // vperm2f128, AVX2 only
const SHUFFLE_FLOATS: Opcode = { map: 3, prefix: 1, code: 0x04 }; // vpermilps, within quads

const QUAD_BYTES = 16; // four floats, what a 128-bit part of a register holds
/** For a shuffle of four parts: the two halves exchanged, and the parts of each half. */
const SWAP_HALVES = 0b01_00_11_10, SWAP_PAIRS = 0b10_11_00_01;

/** Appends vector instructions of one instruction set to an assembler. */
export class VectorAssembler {
  readonly #assembler: Assembler;
  readonly #encoding: VectorEncoding;
  readonly #isWide: boolean;
  /** For AVX2: the masks that the code reads, as data behind the code. */
  readonly #masks = new Map<number, Label>();

  /** The least exponent that {@linkcode scale} is right for; with AVX-512 it makes any float 0. */
  get leastExponent(): number {
    return this.#isWide ? -150 : -126;
  }

  constructor(assembler: Assembler, set: InstructionSet) {
    this.#assembler = assembler;
    this.#encoding = new VectorEncoding(assembler, set);
    this.#isWide = this.#encoding.isWide;
  }

  /** Loads a whole register. */
  load(to: number, from: Memory): void {
    this.#memory(LOAD, { reg: to, memory: from });
  }

  /** Stores a whole register. */
  store(to: Memory, from: number): void {
    this.#memory(STORE, { reg: from, memory: to });
  }

  /** Loads as many signed bytes as there are lanes, as floats. */
  loadBytes(to: number, from: Memory): void {
    this.#memory(LOAD_BYTES, { reg: to, memory: from, bytes: this.#isWide ? 16 : 8 });
    this.#registers(FROM_INTEGERS, to, [0, to]);
  }

  /**
   * Prepares the mask of the first `lanes` lanes for {@linkcode loadMasked} and
   * {@linkcode storeMasked}. RAX is lost.
   *
   * @param register what AVX2 keeps the mask in
   */
  setMask(lanes: number, register: number): void {
    if (this.#isWide) {
      this.#assembler.moveConstant(RAX, 2 ** lanes - 1);
      this.#assembler.bytes(0xc5, 0xf8, 0x92, 0xc8); // kmovw k1, eax
      return;
    }
    const label = this.#masks.get(lanes) ?? this.#assembler.label();
    this.#masks.set(lanes, label);
    this.#encoding.append({ opcode: LOAD, reg: register, operand: { label } });
  }

  /** Loads the lanes of the mask, and 0 into the others; memory of the others is not touched. */
  loadMasked(to: number, from: Memory, { mask }: { mask: number }): void {
    if (this.#isWide) this.#memory(LOAD, { reg: to, memory: from, masking: "zero" });
    else this.#memory(LOAD_MASKED, { reg: to, vvvv: mask, memory: from });
  }

  /** Stores the lanes of the mask; memory of the others is not touched. */
  storeMasked(to: Memory, from: number, { mask }: { mask: number }): void {
    if (this.#isWide) this.#memory(STORE, { reg: from, memory: to, masking: "keep" });
    else this.#memory(STORE_MASKED, { reg: from, vvvv: mask, memory: to });
  }

  /** Stores the first lane of a register below 16. */
  storeScalar(to: Memory, from: number): void {
    this.#encoding.append({
      opcode: STORE_SCALAR,
      reg: from,
      operand: { memory: to },
      bits: 128,
    });
  }

  /** Loads one float into all lanes. */
  broadcast(to: number, from: Memory): void {
    this.#memory(BROADCAST, { reg: to, memory: from, bytes: 4 });
  }

  /** Loads `value` into all lanes. */
  constant(to: number, value: number): void {
    this.#encoding.append({ opcode: BROADCAST, reg: to, operand: { value } });
  }

  /** `to = from`. */
  copy(to: number, from: number): void {
    this.#registers(COPY, to, [0, from]);
  }

  /** `sum += a · b`, lane by lane. */
  multiplyAdd(sum: number, a: number, b: Operand): void {
    this.#registers(MULTIPLY_ADD, sum, [a, b]);
  }

  /** `sum −= a · b`, lane by lane. */
  multiplySubtract(sum: number, a: number, b: Operand): void {
    this.#registers(MULTIPLY_SUBTRACT, sum, [a, b]);
  }

  /** `to = to · a + b`, lane by lane. */
  multiplyIn(to: number, a: number, b: Operand): void {
    this.#registers(MULTIPLY_IN, to, [a, b]);
  }

  /** `to = a · b`, lane by lane. */
  multiply(to: number, a: number, b: Operand): void {
    this.#registers(MULTIPLY, to, [a, b]);
  }

  /** `to = a − b`, lane by lane. */
  subtract(to: number, a: number, b: Operand): void {
    this.#registers(SUBTRACT, to, [a, b]);
  }

  /** `to = a / b`, lane by lane. */
  divide(to: number, a: number, b: Operand): void {
    this.#registers(DIVIDE, to, [a, b]);
  }

  /** `to = min(a, b)`, lane by lane; `b` where one of them is no number. */
  minimum(to: number, a: number, b: Operand): void {
    this.#registers(MINIMUM, to, [a, b]);
  }

  /** `to = max(a, b)`, lane by lane; `b` where one of them is no number. */
  maximum(to: number, a: number, b: Operand): void {
    this.#registers(MAXIMUM, to, [a, b]);
  }

  /** `to =` the whole number nearest to `from`, lane by lane. */
  round(to: number, from: number): void {
    this.#registers(ROUND, to, [0, from], 0);
  }

  /** `to = to · 2^exponent`, lane by lane; `exponent` holds whole numbers and is lost. */
  scale(to: number, exponent: number): void {
    if (this.#isWide) return this.#registers(SCALE, to, [to, exponent]);
    this.#registers(TO_INTEGERS, exponent, [0, exponent]);
    this.#registers(SHIFT, 6, [exponent, exponent], 23);
    this.#registers(ADD_INTEGERS, to, [to, exponent]);
  }

  /** `to = a + b`, lane by lane. */
  add(to: number, a: number, b: Operand): void {
    this.#registers(ADD, to, [a, b]);
  }

  /** `to = 0`. */
  zero(to: number): void {
    this.#registers(XOR, to, [to, to]);
  }

  /** Leaves the sum of all lanes of a register in each of them. */
  sumLanes(register: number, { through }: { through: number }): void {
    const addShuffled = (opcode: Opcode, operands: readonly [number, number], how: number) => {
      this.#registers(opcode, through, operands, how);
      this.add(register, register, through);
    };
    if (this.#isWide) {
      addShuffled(SHUFFLE_QUADS, [register, register], SWAP_HALVES);
      addShuffled(SHUFFLE_QUADS, [register, register], SWAP_PAIRS);
    } else {
      addShuffled(SHUFFLE_HALVES, [register, register], 1);
    }
    addShuffled(SHUFFLE_FLOATS, [0, register], SWAP_HALVES);
    addShuffled(SHUFFLE_FLOATS, [0, register], SWAP_PAIRS);
  }

  /** Loads four floats into the first quad of a register below 16, and 0 into the others. */
  loadQuad(to: number, from: Memory): void {
    this.#encoding.append({ opcode: LOAD, reg: to, operand: { memory: from }, bits: 128 });
  }

  /** Loads four floats into quad `index` (from 0) of a register and keeps its other quads. */
  insertQuad(to: number, from: Memory, { index }: { index: number }): void {
    const operand = { memory: from, bytes: QUAD_BYTES };
    this.#encoding.append({ opcode: INSERT, reg: to, vvvv: to, operand, immediate: index });
  }

  /**
   * Transposes, in every quad at once, the 4 × 4 floats that four registers hold there as rows.
   *
   * @param rows four registers; lost
   * @param columns four other registers
   */
  transposeQuads(rows: readonly number[], columns: readonly number[]): void {
    const [a, b, c, d] = rows;
    const [p, q, r, s] = columns;
    this.#registers(INTERLEAVE_LOW, p, [a, b]); // a0 b0 a1 b1
    this.#registers(INTERLEAVE_HIGH, q, [a, b]); // a2 b2 a3 b3
    this.#registers(INTERLEAVE_LOW, a, [c, d]); // c0 d0 c1 d1
    this.#registers(INTERLEAVE_HIGH, b, [c, d]); // c2 d2 c3 d3
    this.#registers(INTERLEAVE_PAIRS_LOW, r, [q, b]);
    this.#registers(INTERLEAVE_PAIRS_HIGH, s, [q, b]);
    this.#registers(INTERLEAVE_PAIRS_HIGH, q, [p, a]);
    this.#registers(INTERLEAVE_PAIRS_LOW, p, [p, a]);
  }

  /** Copies one float through a register below 16. */
  copyScalar(to: Memory, from: Memory, { through }: { through: number }): void {
    for (const [opcode, memory] of [[LOAD_SCALAR, from], [STORE_SCALAR, to]] as const) {
      this.#encoding.append({ opcode, reg: through, operand: { memory }, bits: 128 });
    }
  }

  /** Forgets the upper halves of all registers, so that older code after this is not slowed down. */
  leave(): void {
    this.#assembler.bytes(0xc5, 0xf8, 0x77); // vzeroupper
  }

  /** Appends the data that the code reads; to be called once, behind the last instruction. */
  finish(): void {
    for (const [lanes, label] of this.#masks) {
      this.#assembler.place(label);
      for (let lane = 0; lane < 8; lane++) this.#assembler.int32(lane < lanes ? -1 : 0);
    }
    this.#encoding.finish();
  }

  #memory(opcode: Opcode, { reg, vvvv, memory, masking, bytes }: {
    reg: number;
    vvvv?: number;
    memory: Memory;
    masking?: "keep" | "zero";
    bytes?: number;
  }): void {
    this.#encoding.append({ opcode, reg, vvvv, operand: { memory, bytes }, masking });
  }

  #registers(
    opcode: Opcode,
    reg: number,
    [vvvv, last]: readonly [number, Operand],
    immediate?: number,
  ): void {
    const operand = typeof last === "number"
      ? { vector: last }
      : "base" in last
      ? { memory: last }
      : last;
    this.#encoding.append({ opcode, reg, vvvv, operand, immediate });
  }
}
