// The innermost part of a product: a block of C, kept in vector registers while it runs along k. In
// each step it loads one row of B's panel, and multiplies it by each value of A's column.

import { type Assembler, type Memory, R10, R11, R13, R8, R9, RBP } from "./assembler.ts";
import type { VectorAssembler, VectorUnit } from "./vector_instructions.ts";

/** The block of A begins at the address in this register, that of C in the second. */
export const BLOCK_A = R8, BLOCK_C = R11;
/** The panel of B begins at the address in this register. */
export const PANEL_B = RBP;

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
  /** Columns of the last register that belong to C; all of them where undefined. */
  readonly lastLanes: number | undefined;
  readonly accumulate: boolean;
}

const FLOAT = 4;
const UNROLL = 4;

/**
 * Emits a subroutine that computes one block. It keeps {@linkcode BLOCK_A}, {@linkcode BLOCK_C} and
 * {@linkcode PANEL_B}, and uses R9, R10, R13 and RAX.
 */
export function emitMicroKernel(
  { assembler, vector, unit }: Emitter,
  kernel: MicroKernel,
): void {
  const { rows, vectors, k, strideA, rowB, rowC, lastLanes, accumulate } = kernel;
  const sum = (row: number, v: number) => row * vectors + v;
  const rowOfB = rows * vectors; // first register of the row of B
  const valuesOfA = rowOfB + vectors;
  const valueCount = Math.min(2, unit.registers - valuesOfA);
  const [a, b, counter] = [R13, R9, R10];

  assembler.move(a, BLOCK_A);
  assembler.move(b, PANEL_B);
  for (let i = 0; i < rows * vectors; i++) vector.zero(i);

  const steps = (count: number) => {
    for (let step = 0; step < count; step++) {
      for (let v = 0; v < vectors; v++) {
        vector.load(rowOfB + v, { base: b, offset: FLOAT * (step * rowB + v * unit.lanes) });
      }
      for (let row = 0; row < rows; row++) {
        const value = valuesOfA + row % valueCount;
        const offset = FLOAT * (step * strideA.column + row * strideA.row);
        vector.broadcast(value, { base: a, offset });
        for (let v = 0; v < vectors; v++) vector.multiplyAdd(sum(row, v), rowOfB + v, value);
      }
    }
  };
  assembler.repeat({ counter, count: Math.floor(k / UNROLL) }, () => {
    steps(UNROLL);
    assembler.add(a, FLOAT * UNROLL * strideA.column);
    assembler.add(b, FLOAT * UNROLL * rowB);
  });
  steps(k % UNROLL);

  // The registers of B and A are free now.
  const mask = rowOfB, previous = rowOfB + 1;
  if (lastLanes !== undefined) vector.setMask(lastLanes, mask);
  for (let row = 0; row < rows; row++) {
    for (let v = 0; v < vectors; v++) {
      const memory: Memory = { base: BLOCK_C, offset: FLOAT * (row * rowC + v * unit.lanes) };
      const isMasked = lastLanes !== undefined && v === vectors - 1;
      if (accumulate && isMasked) {
        vector.loadMasked(previous, memory, { mask });
        vector.add(sum(row, v), sum(row, v), previous);
      } else if (accumulate) {
        vector.addMemory(sum(row, v), memory);
      }
      if (isMasked) vector.storeMasked(memory, sum(row, v), { mask });
      else vector.store(memory, sum(row, v));
    }
  }
  assembler.return();
}

/** What emits code. */
export interface Emitter {
  readonly assembler: Assembler;
  readonly vector: VectorAssembler;
  readonly unit: VectorUnit;
}
