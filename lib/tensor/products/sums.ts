// The loop along k: a block of C in vector registers. In each step it loads one row of B's panel, and
// multiplies it by each value of A's column.

import { type Assembler, type Memory, R10, R13, R8, R9, RBP, RSP } from "./assembler.ts";
import { type Copies, CopyEmitter } from "./copying.ts";
import type { VectorAssembler, VectorUnit } from "./vector_instructions.ts";

/** The block of A begins at the address in this register, the panel of B in the second. */
export const BLOCK_A = R8, PANEL_B = RBP;

/** What a call pushes: in a subroutine, slots of the function's stack are as much further away. */
export const CALL = 8;

/** What emits code. */
export interface Emitter {
  readonly assembler: Assembler;
  readonly vector: VectorAssembler;
  readonly unit: VectorUnit;
}

/** One block of sums of products. Strides count floats. */
export interface Sums {
  readonly rows: number;
  readonly vectors: number;
  /** Steps along k, after those of `rounds`. */
  readonly k: number;
  /** The slot that tells how many rounds of four steps come first, at least one; none if undefined. */
  readonly rounds?: number;
  /** From one row of the block of A to the next, and from one column to the next. */
  readonly strideA: { readonly row: number; readonly column: number };
  /** From one row of the panel of B to the next. */
  readonly rowB: number;
  /** Columns of the panel's last register, where no more may be read. */
  readonly panelLanes?: number;
  /** What is copied meanwhile. */
  readonly copies?: Copies;
}

const FLOAT = 4;
/** Steps of a round. */
export const UNROLL = 4;
/** Floats of a cache line. */
export const LINE = 16;

/**
 * Emits code that leaves the sums in the first registers, row by row. It keeps {@linkcode BLOCK_A} and
 * {@linkcode PANEL_B}, and uses R9, R10, R13 and RAX.
 */
export function emitSums({ assembler, vector, unit }: Emitter, sums: Sums): void {
  const { rows, vectors, k, rounds, strideA, rowB, panelLanes, copies } = sums;
  const rowOfB = rows * vectors; // first register of the row of B
  const valuesOfA = rowOfB + vectors;
  const isCut = panelLanes !== undefined;
  const mask = unit.registers - 1;
  const hasMaskRegister = isCut && unit.registers === 16;
  const valueCount = Math.min(2, unit.registers - valuesOfA - Number(hasMaskRegister));
  const [a, b, counter] = [R13, R9, R10];
  const copy = new CopyEmitter({ assembler, vector, unit }, copies ?? {}, {
    k,
    vectors,
    b,
    rowB,
    spare: valuesOfA,
  });

  assembler.move(a, BLOCK_A);
  assembler.move(b, PANEL_B);
  if (isCut) vector.setMask(panelLanes, mask);
  for (let i = 0; i < rows * vectors; i++) vector.zero(i);

  const steps = (count: number) => {
    for (let step = 0; step < count; step++) {
      for (let v = 0; v < vectors; v++) {
        const from: Memory = { base: b, offset: FLOAT * (step * rowB + v * unit.lanes) };
        if (isCut && v === vectors - 1) vector.loadMasked(rowOfB + v, from, { mask });
        else vector.load(rowOfB + v, from);
      }
      copy.panelRow(step, rowOfB);
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
  const round = () => {
    steps(UNROLL);
    assembler.add(a, FLOAT * UNROLL * strideA.column);
    assembler.add(b, FLOAT * UNROLL * rowB);
    copy.round(UNROLL);
  };
  if (rounds !== undefined) {
    assembler.load64(counter, { base: RSP, offset: rounds + CALL });
    assembler.countDown(counter, round);
  }
  copy.begin();
  const pace = copy.pace();
  assembler.repeat({ counter, count: pace.times }, () => {
    for (let i = 0; i < pace.rounds; i++) round();
    copy.beside();
  });
  const left = Math.floor(k / UNROLL) - pace.times * pace.rounds;
  assembler.repeat({ counter, count: left }, round);
  steps(k % UNROLL);
  copy.end();
}
