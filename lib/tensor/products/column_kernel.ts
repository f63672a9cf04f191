// A block of C that is one column wide. In registers of columns all lanes but one would be idle, so the lanes
// run along k where the rows of A do, and down the column where those of A lie side by side.

import { R10, R13, R9, RSP } from "./assembler.ts";
import { BLOCK_C, emitStores, SLOTS } from "./micro_kernel.ts";
import { BLOCK_A, CALL, type Emitter, PANEL_B, UNROLL } from "./sums.ts";

/** One such block. Strides count floats. */
export interface ColumnKernel {
  /** Of one block, at most as many as there are lanes. */
  readonly rows: number;
  /** Blocks below each other that are made together, where the rows of A lie side by side; or one. */
  readonly together: number;
  /** From one of these blocks of A to the next. */
  readonly blockA: number;
  /** Steps along k. */
  readonly k: number;
  /** From one row of the block of A to the next, and from one column to the next; one of them is 1. */
  readonly strideA: { readonly row: number; readonly column: number };
  /** From one value of the column of B to the next; 1 if the columns of A lie side by side. */
  readonly rowB: number;
  readonly rowC: number;
  readonly addsC: boolean;
  readonly addsBias: boolean;
  /** Whether the block goes to where the activation's input is kept. */
  readonly isKept: boolean;
}

const FLOAT = 4;
/** The blocks of A and B at the current step. */
const STEP_A = R13, STEP_B = R9;

/**
 * Emits a subroutine that computes one block. It keeps {@linkcode BLOCK_A} and {@linkcode PANEL_B}, and uses
 * R9, R10, R13 and RAX.
 */
export function emitColumnKernel(emitter: Emitter, kernel: ColumnKernel): void {
  const { assembler } = emitter;
  assembler.move(STEP_A, BLOCK_A);
  assembler.move(STEP_B, PANEL_B);
  const block = { ...kernel, vectors: 1, lastLanes: 1 };
  if (kernel.strideA.column === 1) {
    emitAlongRows(emitter, kernel);
    emitStores(emitter, block);
  } else {
    const height = FLOAT * kernel.rows * kernel.rowC;
    emitAcrossRows(emitter, kernel).forEach((sums, index) => {
      if (index > 0) assembler.add(BLOCK_C, height);
      emitSpread(emitter, sums, kernel.rows);
      emitStores(emitter, block);
    });
    assembler.add(BLOCK_C, -height * (kernel.together - 1));
  }
  assembler.return();
}

/** Leaves each row's product with the column of B in the first lane of a register. */
function emitAlongRows(
  { assembler, vector, unit }: Emitter,
  { rows, k, strideA }: ColumnKernel,
): void {
  const [b, a, mask] = [rows, rows + 1, unit.registers - 1];
  const fromB = { base: STEP_B, offset: 0 };
  const fromA = (row: number) => ({ base: STEP_A, offset: FLOAT * row * strideA.row });
  for (let row = 0; row < rows; row++) vector.zero(row);
  assembler.repeat({ counter: R10, count: Math.floor(k / unit.lanes) }, () => {
    vector.load(b, fromB);
    for (let row = 0; row < rows; row++) vector.multiplyAdd(row, b, fromA(row));
    assembler.add(STEP_A, FLOAT * unit.lanes);
    assembler.add(STEP_B, FLOAT * unit.lanes);
  });
  if (k % unit.lanes > 0) {
    vector.setMask(k % unit.lanes, mask);
    vector.loadMasked(b, fromB, { mask });
    for (let row = 0; row < rows; row++) {
      vector.loadMasked(a, fromA(row), { mask });
      vector.multiplyAdd(row, b, a);
    }
  }
  for (let row = 0; row < rows; row++) vector.sumLanes(row, { through: a });
}

/** Blocks of one column that are made together: their sums and what they are made of fill AVX2's registers. */
export const COLUMN_BLOCKS_TOGETHER = 3;

/**
 * The same by sums whose lanes are the rows: for each block one for each step of a round, so that none waits for
 * another. Returns the register of each block.
 */
function emitAcrossRows(
  { assembler, vector, unit }: Emitter,
  { rows, k, strideA, rowB, together, blockA }: ColumnKernel,
): number[] {
  const mask = unit.registers - 1;
  const [a, b] = [mask - 1, mask - 2];
  // The first sums, which are returned, are the highest: rows are spread to the lowest.
  const sums = (block: number) =>
    Array.from({ length: UNROLL }, (_, step) => b - 1 - step * together - block);
  const blocks = Array.from({ length: together }, (_, block) => sums(block));
  vector.setMask(rows, mask);
  for (const sum of blocks.flat()) vector.zero(sum);
  const steps = (count: number) => {
    for (let step = 0; step < count; step++) {
      vector.broadcast(b, { base: STEP_B, offset: FLOAT * step * rowB });
      for (const [block, sums] of blocks.entries()) {
        const offset = FLOAT * (step * strideA.column + block * blockA);
        vector.loadMasked(a, { base: STEP_A, offset }, { mask });
        vector.multiplyAdd(sums[step], a, b);
      }
    }
  };
  assembler.repeat({ counter: R10, count: Math.floor(k / UNROLL) }, () => {
    steps(UNROLL);
    assembler.add(STEP_A, FLOAT * UNROLL * strideA.column);
    assembler.add(STEP_B, FLOAT * UNROLL * rowB);
  });
  steps(k % UNROLL);
  return blocks.map(([first, ...others]) => {
    for (const sum of others) vector.add(first, first, sum);
    return first;
  });
}

/** Brings each lane of `sums` to the register of its row. */
function emitSpread({ vector }: Emitter, sums: number, rows: number): void {
  const place = SLOTS.column + CALL;
  vector.store({ base: RSP, offset: place }, sums);
  for (let row = 0; row < rows; row++) {
    vector.broadcast(row, { base: RSP, offset: place + FLOAT * row });
  }
}
