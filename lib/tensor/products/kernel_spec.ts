// The description of one generated kernel: a matrix product in which every size, stride and choice is
// a constant of the code.

import type { VectorUnit } from "./vector_instructions.ts";

/** One kernel, for `batch` products C = A · B, or C += A · B. Strides count floats. */
export interface KernelSpec {
  /** Rows of A and C. */
  readonly m: number;
  /** Columns of B and C. */
  readonly n: number;
  /** Columns of A and rows of B, at least 1. */
  readonly k: number;
  /** Whether A lies in memory as (k, m) rather than (m, k). */
  readonly transposeA: boolean;
  /** Whether B lies in memory as (n, k) rather than (k, n). */
  readonly transposeB: boolean;
  /** From one row of A, as it lies in memory, to the next. */
  readonly rowA: number;
  /** From one row of B, as it lies in memory, to the next. */
  readonly rowB: number;
  /** From one row of C to the next. */
  readonly rowC: number;
  readonly batch: number;
  /** From one matrix A to the next; 0 where all products share it. */
  readonly strideA: number;
  /** From one matrix B to the next; 0 where all products share it. */
  readonly strideB: number;
  /** From one matrix C to the next. */
  readonly strideC: number;
  /** Whether the product is added to C. */
  readonly accumulate: boolean;
  /** Whether A is first copied into an order in which it is read straight through. */
  readonly packA: boolean;
  /** The same for B. What is transposed, and the edge of what is not, is always packed. */
  readonly packB: boolean;
}

/** How C is cut into blocks that fit the vector registers. */
export interface Tiling {
  /** Registers across a block. */
  readonly vectors: number;
  /** Blocks below each other: some of one height, then some that are one row lower. */
  readonly rowBlocks: readonly { readonly rows: number; readonly count: number }[];
  /** Panels beside each other that fill all their registers. */
  readonly fullPanels: number;
  /** Columns of the last, narrower panel; 0 where there is none. */
  readonly lastColumns: number;
}

/** The widest block; wider ones gain nothing and make long code. */
const MOST_VECTORS = 8;

/**
 * Cuts an m × n matrix into register blocks: two registers wide, because that leaves most rows for
 * each load, and wider where there are too few rows to keep the arithmetic units busy.
 */
export function tile({ m, n }: { m: number; n: number }, unit: VectorUnit): Tiling {
  const columns = Math.ceil(n / unit.lanes);
  let vectors = Math.min(2, columns);
  while (vectors < Math.min(MOST_VECTORS, columns) && mostRows(vectors + 1, unit) >= m) vectors++;
  const blocks = Math.ceil(m / mostRows(vectors, unit));
  const rows = Math.floor(m / blocks);
  const higher = m % blocks;
  const width = vectors * unit.lanes;
  return {
    vectors,
    rowBlocks: [
      { rows: rows + 1, count: higher },
      { rows, count: blocks - higher },
    ].filter(({ count }) => count > 0),
    fullPanels: Math.floor(n / width),
    lastColumns: n % width,
  };
}

/**
 * The most rows of a block: its sums, one row of B and at least one value of A share the registers.
 * A packed row block is one register wide, which bounds them too.
 */
function mostRows(vectors: number, { lanes, registers }: VectorUnit): number {
  return Math.min(lanes, Math.floor((registers - 1 - vectors) / vectors));
}

/** Floats that the kernel needs to pack into. */
export function scratchSize(spec: KernelSpec, unit: VectorUnit): number {
  return packedASize(spec, unit) + spec.k * tile(spec, unit).vectors * unit.lanes;
}

/** Floats of packed A: one register's width for each row block and column. */
export function packedASize(spec: KernelSpec, unit: VectorUnit): number {
  if (!spec.packA) return 0;
  const blocks = tile(spec, unit).rowBlocks.reduce((sum, { count }) => sum + count, 0);
  return blocks * spec.k * unit.lanes;
}
