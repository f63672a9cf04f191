// The innermost part of a product: a block of C, kept in vector registers while it runs along k. In
// each step it loads one row of B's panel, and multiplies it by each value of A's column.

import { type Assembler, type Memory, R10, R11, R13, R8, R9, RAX, RBP, RSP } from "./assembler.ts";
import type { VectorAssembler, VectorUnit } from "./vector_instructions.ts";

/** The block of A begins at the address in this register, that of C in the second. */
export const BLOCK_A = R8, BLOCK_C = R11;
/** The panel of B begins at the address in this register. */
export const PANEL_B = RBP;

/** What the code keeps on the stack, in bytes above the stack pointer of the function. */
export const SLOTS = {
  /** Address of the bias of the panel's first column. */
  bias: 0,
  /** From an element of C to the place where the activation's input is kept. */
  kept: 8,
  batchesLeft: 16,
  copyTo: 24,
  size: 32,
} as const;

/** One micro-kernel. Strides count floats. */
export interface MicroKernel {
  readonly rows: number;
  readonly vectors: number;
  readonly k: number;
  /** From one row of the block of A to the next, and from one column to the next. */
  readonly strideA: { readonly row: number; readonly column: number };
  /** From one row of the panel of B to the next. */
  readonly rowB: number;
  readonly rowC: number;
  /** Columns of the last register that belong to B and C; all of them where undefined. */
  readonly lastLanes: number | undefined;
  /** Whether the panel's last register holds only those columns, so that no more may be read. */
  readonly isPanelCut: boolean;
  /** Whether the panel is copied, packed, to the address in the slot `copyTo`. */
  readonly copies: boolean;
  readonly addsC: boolean;
  readonly addsBias: boolean;
  /** Whether the block goes to where the activation's input is kept. */
  readonly isKept: boolean;
}

/** What emits code. */
export interface Emitter {
  readonly assembler: Assembler;
  readonly vector: VectorAssembler;
  readonly unit: VectorUnit;
}

const FLOAT = 4;
const UNROLL = 4;
const CALL = 8; // what a call pushes: the slots are as much further away

/**
 * Emits a subroutine that computes one block. It keeps {@linkcode BLOCK_A}, {@linkcode BLOCK_C} and
 * {@linkcode PANEL_B}, and uses R9, R10, R13 and RAX.
 */
export function emitMicroKernel(emitter: Emitter, kernel: MicroKernel): void {
  const { assembler, vector, unit } = emitter;
  const { rows, vectors, k, strideA, rowB, copies } = kernel;
  const rowOfB = rows * vectors; // first register of the row of B
  const valuesOfA = rowOfB + vectors;
  const hasMaskRegister = kernel.isPanelCut && unit.registers === 16;
  const maskRegister = unit.registers - 1;
  const valueCount = Math.min(2, unit.registers - valuesOfA - Number(hasMaskRegister));
  const [a, b, counter, copy] = [R13, R9, R10, RAX];
  const width = vectors * unit.lanes;

  assembler.move(a, BLOCK_A);
  assembler.move(b, PANEL_B);
  if (kernel.lastLanes !== undefined && kernel.isPanelCut) {
    vector.setMask(kernel.lastLanes, maskRegister);
  }
  if (copies) assembler.load64(copy, { base: RSP, offset: SLOTS.copyTo + CALL });
  for (let i = 0; i < rows * vectors; i++) vector.zero(i);

  const steps = (count: number) => {
    for (let step = 0; step < count; step++) {
      for (let v = 0; v < vectors; v++) {
        const from: Memory = { base: b, offset: FLOAT * (step * rowB + v * unit.lanes) };
        if (kernel.isPanelCut && v === vectors - 1) {
          vector.loadMasked(rowOfB + v, from, { mask: maskRegister });
        } else {
          vector.load(rowOfB + v, from);
        }
      }
      for (let v = 0; v < vectors && copies; v++) {
        vector.store({ base: copy, offset: FLOAT * (step * width + v * unit.lanes) }, rowOfB + v);
      }
      for (let row = 0; row < rows; row++) {
        const value = valuesOfA + row % valueCount;
        const offset = FLOAT * (step * strideA.column + row * strideA.row);
        vector.broadcast(value, { base: a, offset });
        for (let v = 0; v < vectors; v++) {
          vector.multiplyAdd(row * vectors + v, rowOfB + v, value);
        }
      }
    }
  };
  assembler.repeat({ counter, count: Math.floor(k / UNROLL) }, () => {
    steps(UNROLL);
    assembler.add(a, FLOAT * UNROLL * strideA.column);
    assembler.add(b, FLOAT * UNROLL * rowB);
    if (copies) assembler.add(copy, FLOAT * UNROLL * width);
  });
  steps(k % UNROLL);
  emitStores(emitter, kernel);
  assembler.return();
}

/** Adds what is to be added to the sums, and stores them. */
function emitStores({ assembler, vector, unit }: Emitter, kernel: MicroKernel): void {
  const { rows, vectors, rowC, lastLanes, addsC, addsBias, isKept } = kernel;
  // The registers of B and A are free now.
  const [bias, mask, previous] = [rows * vectors, unit.registers - 1, unit.registers - 2];
  const isMasked = (v: number) => lastLanes !== undefined && v === vectors - 1;
  if (lastLanes !== undefined) vector.setMask(lastLanes, mask);
  const [target, biasAddress] = [isKept ? R9 : BLOCK_C, R10];
  if (isKept) {
    assembler.load64(target, { base: RSP, offset: SLOTS.kept + CALL });
    assembler.addRegister(target, BLOCK_C);
  }
  if (addsBias) assembler.load64(biasAddress, { base: RSP, offset: SLOTS.bias + CALL });
  // One register of columns after the other, so that one register for the bias is enough.
  for (let v = 0; v < vectors; v++) {
    const column = FLOAT * v * unit.lanes;
    if (addsBias && isMasked(v)) {
      vector.loadMasked(bias, { base: biasAddress, offset: column }, { mask });
    } else if (addsBias) {
      vector.load(bias, { base: biasAddress, offset: column });
    }
    for (let row = 0; row < rows; row++) {
      const sum = row * vectors + v;
      const offset = FLOAT * row * rowC + column;
      if (addsC && isMasked(v)) {
        vector.loadMasked(previous, { base: BLOCK_C, offset }, { mask });
        vector.add(sum, sum, previous);
      } else if (addsC) {
        vector.addMemory(sum, { base: BLOCK_C, offset });
      }
      if (addsBias) vector.add(sum, sum, bias);
      if (isMasked(v)) vector.storeMasked({ base: target, offset }, sum, { mask });
      else vector.store({ base: target, offset }, sum);
    }
  }
}
