// A block of C that is one column wide. In registers of columns all lanes but one would be idle, so the lanes
// run along k where the rows of A do, and down the column where those of A lie side by side.

import { R10, R13, R9, RSP } from "./assembler.ts";
import { emitStores, SLOTS } from "./micro_kernel.ts";
import { BLOCK_A, CALL, type Emitter, PANEL_B, UNROLL } from "./sums.ts";

/** One such block. Strides count floats. */
export interface ColumnKernel {
  /** At most as many as there are lanes. */
  readonly rows: number;
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
  if (kernel.strideA.column === 1) emitAlongRows(emitter, kernel);
  else emitAcrossRows(emitter, kernel);
  emitStores(emitter, { ...kernel, vectors: 1, lastLanes: 1 });
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

/** The same by sums whose lanes are the rows: one for each step of a round, so that none waits for another. */
function emitAcrossRows(
  { assembler, vector, unit }: Emitter,
  { rows, k, strideA, rowB }: ColumnKernel,
): void {
  const sums = Array.from({ length: UNROLL }, (_, step) => step);
  const [a, b, mask] = [UNROLL, UNROLL + 1, unit.registers - 1];
  vector.setMask(rows, mask);
  for (const sum of sums) vector.zero(sum);
  const steps = (count: number) => {
    for (let step = 0; step < count; step++) {
      vector.loadMasked(a, { base: STEP_A, offset: FLOAT * step * strideA.column }, { mask });
      vector.broadcast(b, { base: STEP_B, offset: FLOAT * step * rowB });
      vector.multiplyAdd(sums[step], a, b);
    }
  };
  assembler.repeat({ counter: R10, count: Math.floor(k / UNROLL) }, () => {
    steps(UNROLL);
    assembler.add(STEP_A, FLOAT * UNROLL * strideA.column);
    assembler.add(STEP_B, FLOAT * UNROLL * rowB);
  });
  steps(k % UNROLL);
  for (const sum of sums.slice(1)) vector.add(sums[0], sums[0], sum);
  const place = SLOTS.column + CALL;
  vector.store({ base: RSP, offset: place }, sums[0]);
  for (let row = 0; row < rows; row++) {
    vector.broadcast(row, { base: RSP, offset: place + FLOAT * row });
  }
}
