// Cuts a product into kernels. Small and middle-sized products are one kernel. Large ones are cut along
// k, so that a panel of B stays in the first-level cache, and along m, so that A stays in the second.

import type { KernelSpec } from "./kernel_spec.ts";
import type { VectorUnit } from "./vector_instructions.ts";

/** Sizes of a product, or of a batch of them. Strides count floats. */
export interface ProductShape {
  /** Rows of A and C. */
  readonly m: number;
  /** Columns of B and C. */
  readonly n: number;
  /** Columns of A and rows of B. */
  readonly k: number;
  /** Whether A lies in memory as (k, m) rather than (m, k). */
  readonly transposeA: boolean;
  /** Whether B lies in memory as (n, k) rather than (k, n). */
  readonly transposeB: boolean;
  readonly batch: number;
  /** From one matrix A to the next; 0 where all products share it. */
  readonly strideA: number;
  /** From one matrix B to the next; 0 where all products share it. */
  readonly strideB: number;
  /** Whether the products are added to C. */
  readonly accumulate: boolean;
}

/** One call of a kernel, and where in the matrices it begins. */
export interface Step {
  readonly spec: KernelSpec;
  readonly offsetA: number;
  readonly offsetB: number;
  readonly offsetC: number;
}

/** The longest run along k of one kernel. */
const MOST_K = 512;
/** The most rows of one kernel. */
const MOST_M = 1024;

/** The kernels of a product, in the order in which they have to run. */
export function planProduct(shape: ProductShape, unit: VectorUnit): Step[] {
  const { m, n, k, transposeA, transposeB, batch, strideA, strideB } = shape;
  const rowA = transposeA ? m : k;
  const rowB = transposeB ? k : n;
  const [rows, depths] = [cut(m, MOST_M), cut(k, MOST_K)];
  const isWhole = rows.length === 1 && depths.length === 1;
  const rounds = isWhole ? 1 : batch; // a cut product does one matrix of the batch after the other
  const steps: Step[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const row of rows) {
      for (const depth of depths) {
        steps.push({
          spec: {
            m: row.size,
            n,
            k: depth.size,
            transposeA,
            transposeB,
            rowA,
            rowB,
            rowC: n,
            batch: isWhole ? batch : 1,
            strideA,
            strideB,
            strideC: m * n,
            accumulate: shape.accumulate || depth.start > 0,
            ...packing({ m: row.size, n, rowA, rowB, transposeA }, unit),
          },
          offsetA: round * strideA +
            (transposeA ? depth.start * rowA + row.start : row.start * rowA + depth.start),
          offsetB: round * strideB + (transposeB ? depth.start : depth.start * rowB),
          offsetC: round * m * n + row.start * n,
        });
      }
    }
  }
  return steps;
}

/** Cuts `size` into as few parts as `most` allows, as equal as they can be. */
function cut(size: number, most: number): { start: number; size: number }[] {
  const count = Math.ceil(size / most);
  return Array.from({ length: count }, (_, i) => {
    const start = Math.floor(i * size / count);
    return { start, size: Math.floor((i + 1) * size / count) - start };
  });
}

/** 4096 bytes: rows this far apart, or a multiple of it, compete for the same places in the cache. */
const ALIASING_ROW = 1024;

/** Products with fewer rows (or columns) than this do not repay the packing of B (or A). */
const WORTH_PACKING = 64;

/**
 * What is copied before it is read. These choices were measured: copying costs 1 / m or 1 / n of the
 * arithmetic, and pays where reading in place misses the cache.
 */
function packing(
  { m, n, rowA, rowB, transposeA }: {
    m: number;
    n: number;
    rowA: number;
    rowB: number;
    transposeA: boolean;
  },
  { lanes }: VectorUnit,
): { packA: boolean; packB: boolean } {
  const isNarrow = lanes === 8; // AVX2: half as much arithmetic hides half as much waiting
  const aliases = transposeA
    ? isNarrow && rowA >= ALIASING_ROW
    : !isNarrow && rowA % ALIASING_ROW === 0;
  return {
    packA: n > WORTH_PACKING && aliases,
    packB: m > WORTH_PACKING && (isNarrow || rowB >= ALIASING_ROW),
  };
}
