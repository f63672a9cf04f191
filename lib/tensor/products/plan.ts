// How a product is cut: along k, so that a panel of B stays in the near caches; along m, so that the
// part of A that meets it stays in the second-level cache; along n, so that what is packed of B for all of A
// stays in the third; and all into blocks that fill the registers.

import type { Activation } from "./exponential.ts";
import type { VectorUnit } from "./vector_instructions.ts";

/** Sizes and choices of a product, or of a batch of them. Strides count floats. */
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
  /** From one row of A, as it lies in memory, to the next. */
  readonly rowA: number;
  readonly rowB: number;
  readonly rowC: number;
  readonly batch: number;
  /** From one matrix A to the next; 0 where all products share it. */
  readonly strideA: number;
  /** From one matrix B to the next; 0 where all products share it. */
  readonly strideB: number;
  /** From one matrix C to the next. */
  readonly strideC: number;
  /** Whether the products are added to C. */
  readonly accumulate: boolean;
  /** Whether a row of n values is added to every row of the products. */
  readonly bias: boolean;
  /** What is applied last. */
  readonly activation: Activation | "none";
  /** Whether what the activation is applied to is stored too. */
  readonly keepsInput: boolean;
}

/** Blocks of C below each other. */
export interface RowBlocks {
  readonly rows: number;
  readonly count: number;
}

/** A run of row blocks that are multiplied with one panel of B after the other. */
export interface Band {
  readonly start: number;
  readonly blocks: readonly RowBlocks[];
}

/** A run of panels of B. */
export interface Strip {
  /** Its first column. */
  readonly start: number;
  /** Panels beside each other that fill all their registers. */
  readonly panels: number;
  /** Columns of the last, narrower panel; 0 where there is none. */
  readonly lastColumns: number;
}

/** A run along k. */
export interface Depth {
  readonly start: number;
  readonly size: number;
}

/** How a product is cut. */
export interface Plan {
  /** Registers across a block of C. */
  readonly vectors: number;
  readonly bands: readonly Band[];
  readonly depths: readonly Depth[];
  readonly strips: readonly Strip[];
  /** Whether A is first copied into an order in which it is read straight through. */
  readonly packA: boolean;
  /** Floats from one step along k to the next in packed A: with AVX2 no more than a block has rows, 6 of 8 lanes. */
  readonly stepA: number;
  /** Whether B is copied likewise. What is transposed is always packed. */
  readonly packB: boolean;
  /** Whether all bands of packed A are kept for the strips that follow, rather than packed for each. */
  readonly keepsA: boolean;
}

/** What was found best by measuring. */
export interface Limits {
  /** The longest run along k. */
  readonly depth: number;
  /** The most floats of A in a band. */
  readonly band: number;
  /** The most floats of B in a strip that several bands meet. */
  readonly strip: number;
  /** The most floats of A that are kept packed for several strips. */
  readonly keptA: number;
}

/** Products with at most this many columns go through so little of C that shorter runs along k cost nothing. */
const FEW_COLUMNS = 256;
/** So many rows are one band, even where it fills more of the cache: what is packed of B is used once and forgotten. */
const FEW_ROWS = 144;

/**
 * A panel of B comes from the second-level cache, where a band of A fills half of the room, and a strip takes 4 MiB
 * of the third, kept A at most 16. Shorter runs along k, whose panels stay in the first, were slower: C is gone through
 * for each run. Processors whose best is AVX2 have less of the second level, 256 or 512 KiB a core, and often less of
 * the third: there a band is 80 rows high, and a strip takes 2 MiB.
 */
function limits({ m, n }: ProductShape, { registers }: VectorUnit): Limits {
  const keptA = 2 ** 22;
  if (registers === 32) return { depth: 768, band: 2 ** 18, strip: 2 ** 20, keptA };
  const depth = n > FEW_COLUMNS ? 768 : 384;
  return { depth, band: (m > FEW_ROWS ? 80 : FEW_ROWS) * depth, strip: 2 ** 19, keptA };
}

/** The widest block; wider ones gain nothing and make long code. */
const MOST_VECTORS = 8;

/** Cuts a product. */
export function planProduct(
  shape: ProductShape,
  unit: VectorUnit,
  { depth, band, strip, keptA }: Limits = limits(shape, unit),
): Plan {
  const { m, n, k } = shape;
  const vectors = blockVectors(shape, unit);
  const width = vectors * unit.lanes;
  const depths = k === 0 ? [{ start: 0, size: 0 }] : cut(k, Math.ceil(k / depth), { multiple: 4 });
  const bandRows = Math.max(mostRows(vectors, unit), band / depths[0].size);
  const bands = cutRows(m, mostRows(vectors, unit), Math.ceil(m / bandRows));
  const panels = Math.floor(n / width);
  const stripPanels = bands.length > 1
    ? Math.max(1, Math.floor(strip / (depths[0].size * width)))
    : Math.max(1, panels);
  return {
    vectors,
    depths,
    bands,
    strips: cutColumns(n, { width, strips: Math.ceil(panels / stripPanels) }),
    stepA: unit.registers === 32 ? unit.lanes : bands[0].blocks[0].rows,
    keepsA: panels > stripPanels && m * depths[0].size <= keptA,
    ...packing(shape, unit),
  };
}

/** Cuts columns into panels, and these into strips, as equal as they can be. */
function cutColumns(
  n: number,
  { width, strips }: { width: number; strips: number },
): Strip[] {
  const whole = cut(Math.floor(n / width), Math.max(1, strips));
  if (whole.length === 0) return [{ start: 0, panels: 0, lastColumns: n }];
  return whole.map(({ start, size }, i) => ({
    start: start * width,
    panels: size,
    lastColumns: i === whole.length - 1 ? n % width : 0,
  }));
}

/** Floats that a plan's code needs to pack into. */
export function scratchSize(plan: Plan, unit: VectorUnit): number {
  const { bands, depths, strips, vectors } = plan;
  const kept = bands.length === 1
    ? 2 // one is copied while the other is multiplied
    : Math.max(...strips.map(({ panels, lastColumns }) => panels + Math.sign(lastColumns)));
  return packedASize(plan, unit) + kept * depths[0].size * vectors * unit.lanes;
}

/** Floats of packed A. */
export function packedASize(plan: Plan, unit: VectorUnit): number {
  if (!plan.packA) return 0;
  return (plan.keepsA ? plan.bands.length : 1) * packedBandSize(plan, unit);
}

/** The float at which a packed band of A begins. */
export function packedAStart(plan: Plan, band: Band, unit: VectorUnit): number {
  return plan.keepsA ? plan.bands.indexOf(band) * packedBandSize(plan, unit) : 0;
}

function packedBandSize(plan: Plan, unit: VectorUnit): number {
  const blocks = Math.max(...plan.bands.map(({ blocks }) => blockCount(blocks)));
  return blocks * packedBlockSize(plan, plan.depths[0], unit);
}

/** Floats of a packed row block of A. Its last step is written a whole register wide. */
export function packedBlockSize({ stepA }: Plan, { size }: Depth, { lanes }: VectorUnit): number {
  return Math.ceil((size * stepA + lanes - stepA) / lanes) * lanes;
}

/** How many blocks there are in all runs. */
export function blockCount(blocks: readonly RowBlocks[]): number {
  return blocks.reduce((sum, { count }) => sum + count, 0);
}

/** 4096 bytes: rows so far apart, or a multiple of it, compete for the same places in the cache. */
const ALIASING_ROW = 1024;

/**
 * Two registers wide, because that leaves most rows for each load. Wider where rows compete in the nearest cache,
 * which has eight or twelve places for them: four where those of C do, three where only those of A do. Wider too
 * where there are too few rows to keep the arithmetic units busy.
 */
function blockVectors(
  { m, n, transposeA, rowA, rowC }: ProductShape,
  unit: VectorUnit,
): number {
  const columns = Math.ceil(n / unit.lanes);
  const competes = (row: number) => unit.registers === 32 && row % ALIASING_ROW === 0;
  const wanted = competes(rowC) ? 4 : competes(rowA) && !transposeA ? 3 : 2;
  let vectors = Math.min(wanted, columns);
  while (vectors < Math.min(MOST_VECTORS, columns) && mostRows(vectors + 1, unit) >= m) vectors++;
  return vectors;
}

/**
 * The most rows of a block: its sums, one row of B, a value of A and a mask share the registers.
 * A packed row block is one register wide, which bounds them too.
 */
export function mostRows(vectors: number, { lanes, registers }: VectorUnit): number {
  return Math.min(lanes, Math.floor((registers - 2 - vectors) / vectors));
}

/** Cuts rows into blocks of at most `most` rows, as equal as they can be, and these into bands. */
export function cutRows(m: number, most: number, bands = 1): Band[] {
  const blocks = Math.ceil(m / most);
  const rows = Math.floor(m / blocks);
  const higher = m % blocks; // the first so many blocks have one row more
  const startOf = (block: number) => block * rows + Math.min(block, higher);
  return cut(blocks, Math.min(bands, blocks)).map(({ start, size }) => {
    const highHere = Math.max(0, Math.min(higher - start, size));
    const all = [{ rows: rows + 1, count: highHere }, { rows, count: size - highHere }];
    return { start: startOf(start), blocks: all.filter(({ count }) => count > 0) };
  });
}

/** Cuts `size` into parts, as equal as they can be, the first the largest; all but the last multiples. */
function cut(size: number, parts: number, { multiple = 1 } = {}): Depth[] {
  const result: Depth[] = [];
  for (let start = 0; start < size;) {
    const left = parts - result.length;
    const part = Math.min(size - start, Math.ceil((size - start) / left / multiple) * multiple);
    result.push({ start, size: part });
    start += part;
  }
  return result;
}

/** 2048 bytes: so far apart, every second step along k is in another page of memory. */
const FAR_ROW = 512;

/** Products with fewer rows than this do not repay the packing of B. */
const ROWS_WORTH_PACKING = 64;
/** The same for the columns and the packing of A; fewer do where the columns of A lie further apart. */
const COLUMNS_WORTH_PACKING = 256, COLUMNS_WORTH_PACKING_FAR = 64;

/**
 * What is copied before it is read. These choices were measured: copying costs 1 / m or 1 / n of the
 * arithmetic, and pays where reading in place goes from page to page.
 */
function packing(
  { m, n, rowA, rowB, transposeA, transposeB }: ProductShape,
  { lanes, registers }: VectorUnit,
): { packA: boolean; packB: boolean } {
  const isCrooked = rowB % lanes > 0; // most loads would touch two cache lines
  const isNarrow = registers === 16; // AVX2: half as much arithmetic hides half as much waiting
  const packsNear = isNarrow && n > COLUMNS_WORTH_PACKING;
  const packsFar = rowA >= FAR_ROW && n > COLUMNS_WORTH_PACKING ||
    isNarrow && rowA >= FAR_ROW / 2 && n >= COLUMNS_WORTH_PACKING_FAR;
  return {
    packA: transposeA && (packsNear || packsFar),
    packB: transposeB || m > ROWS_WORTH_PACKING && (isNarrow || rowB >= FAR_ROW || isCrooked),
  };
}
