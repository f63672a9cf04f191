// What a product is asked for with, and whether it may be computed: nothing is called before every
// operand has been checked, since machine code and WebAssembly check nothing.

import { ShapeError } from "../../errors.ts";
import type { ProductShape } from "./plan.ts";

/** A part of a memory that holds float32 values. */
export interface Region {
  /** In bytes, from the begin of the memory. */
  readonly address: number;
  /** In floats. */
  readonly length: number;
}

/** The operands of a product, in one memory. C must not overlap the others. */
export interface Operands {
  /** (m, k), or (k, m) if `transposeA`, for each product of the batch. */
  readonly a: Region;
  /** (k, n), or (n, k) if `transposeB`, for each product of the batch. */
  readonly b: Region;
  /** (m, n) for each product of the batch. */
  readonly c: Region;
}

/** The sizes of a product; what is left out is plain matrices that follow each other without gaps. */
export type Sizes =
  & Pick<ProductShape, "m" | "n" | "k">
  & Partial<
    Pick<
      ProductShape,
      | "transposeA"
      | "transposeB"
      | "rowA"
      | "rowB"
      | "rowC"
      | "batch"
      | "strideA"
      | "strideB"
      | "strideC"
      | "accumulate"
    >
  >;

/** A batch of products C = A · B, or C += A · B. */
export type Product = Operands & Sizes;

/** What can follow a product. */
export interface Finish {
  /** Added to each row: n values. */
  readonly bias?: Region;
  readonly activation?: ProductShape["activation"];
  /** Where what the activation is applied to is stored, laid out as C. */
  readonly kept?: Region;
}

/** The largest size or stride, in floats, that the offsets inside an instruction are sure to hold. */
const MOST_ROW = 2 ** 21;
const MOST_STRIDE = 2 ** 28;

/**
 * Writes the bias to every row of C, or adds it, so that products can then be added: for what
 * multiplies without a bias.
 */
export function spreadBias(
  buffer: ArrayBufferLike,
  { c, bias }: { c: Region; bias: Region },
  { m, n, batch, rowC, strideC, accumulate }: ProductShape,
): void {
  const [to, from] = [c, bias].map(({ address, length }) =>
    new Float32Array(buffer, address, length)
  );
  const values = from.subarray(0, n);
  for (let i = 0; i < batch; i++) {
    for (let row = 0; row < m; row++) {
      const start = i * strideC + row * rowC;
      if (!accumulate) to.set(values, start);
      else for (let column = 0; column < n; column++) to[start + column] += values[column];
    }
  }
}

/** Fills in what was left out. */
export function completeShape(sizes: Sizes, { bias, activation, kept }: Finish): ProductShape {
  const { m, n, k, transposeA = false, transposeB = false, batch = 1 } = sizes;
  const rowA = sizes.rowA ?? (transposeA ? m : k);
  const rowB = sizes.rowB ?? (transposeB ? k : n);
  const rowC = sizes.rowC ?? n;
  return {
    ...{ m, n, k, transposeA, transposeB, batch, rowA, rowB, rowC },
    strideA: sizes.strideA ?? (transposeA ? k : m) * rowA,
    strideB: sizes.strideB ?? (transposeB ? n : k) * rowB,
    strideC: sizes.strideC ?? m * rowC,
    accumulate: sizes.accumulate ?? false,
    bias: bias !== undefined,
    activation: activation ?? "none",
    keepsInput: kept !== undefined,
  };
}

/**
 * @param bytes how much the memory holds
 * @throws {ShapeError} if a size cannot be, or an operand is not where or as long as it must be
 */
export function checkProduct(
  { a, b, c, bias, kept }: Operands & Finish,
  shape: ProductShape,
  bytes: number,
): void {
  const { m, n, k, transposeA, transposeB, rowA, rowB, rowC } = shape;
  checkSizes(shape);
  const { batch, strideA, strideB, strideC } = shape;
  if (batch === 0 || m === 0 || n === 0) return;
  const extent = (rows: number, row: number, columns: number, stride: number) =>
    rows === 0 || columns === 0 ? 0 : (batch - 1) * stride + (rows - 1) * row + columns;
  const [rowsA, columnsA] = transposeA ? [k, m] : [m, k];
  const [rowsB, columnsB] = transposeB ? [n, k] : [k, n];
  if (rowA < columnsA || rowB < columnsB || rowC < n || strideC < m * rowC && batch > 1) {
    throw new ShapeError(
      `The rows of a product of (${m}, ${k}) and (${k}, ${n}) must be at least as far apart as ` +
        `they are long, but lie ${rowA}, ${rowB} and ${rowC} apart.`,
    );
  }
  const needC = extent(m, rowC, n, strideC);
  checkRegion("a", a, extent(rowsA, rowA, columnsA, strideA), { shape, bytes });
  checkRegion("b", b, extent(rowsB, rowB, columnsB, strideB), { shape, bytes });
  checkRegion("c", c, needC, { shape, bytes });
  if (bias !== undefined) checkRegion("bias", bias, n, { shape, bytes });
  if (kept !== undefined) checkRegion("kept", kept, needC, { shape, bytes });
  const isOver = overlap(c, a) || overlap(c, b) ||
    kept !== undefined && (overlap(kept, a) || overlap(kept, b) || overlap(kept, c)) ||
    bias !== undefined && (overlap(c, bias) || kept !== undefined && overlap(kept, bias));
  if (isOver) {
    throw new ShapeError(
      "A matrix product cannot be written over its own operands; give it another c.",
    );
  }
}

function checkSizes(shape: ProductShape): void {
  const { m, n, k, batch, rowA, rowB, rowC, strideA, strideB, strideC } = shape;
  for (const size of [m, n, k, batch, rowA, rowB, rowC, strideA, strideB, strideC]) {
    if (!Number.isSafeInteger(size) || size < 0) {
      throw new ShapeError(
        `A size or stride of a matrix product is ${size}; it must be a whole number.`,
      );
    }
  }
  if (Math.max(m, n, k, rowA, rowB, rowC) > MOST_ROW) {
    throw new ShapeError(
      `A product of (${m}, ${k}) and (${k}, ${n}) is too large; no size may pass ${MOST_ROW}.`,
    );
  }
  if (Math.max(strideA, strideB, strideC) > MOST_STRIDE && batch > 1) {
    throw new ShapeError(
      `Matrices of a batch may lie at most ${MOST_STRIDE} values apart; multiply them one by one.`,
    );
  }
}

function checkRegion(
  name: string,
  { address, length }: Region,
  needed: number,
  { shape, bytes }: { shape: ProductShape; bytes: number },
): void {
  const { m, n, k, batch } = shape;
  // Written so that NaN fails too.
  if (!(length >= needed)) {
    throw new ShapeError(
      `Operand ${name} of a matrix product holds ${length} floats; ` +
        `${batch} × (${m}, ${k}) · (${k}, ${n}) needs ${needed}.`,
    );
  }
  if (!(address >= 0 && address % 4 === 0 && address + 4 * length <= bytes)) {
    throw new ShapeError(
      `Operand ${name} of a matrix product, ${length} floats at ${address}, ` +
        `is not inside the memory of ${bytes} bytes.`,
    );
  }
}

function overlap(x: Region, y: Region): boolean {
  return x.address < y.address + 4 * y.length && y.address < x.address + 4 * x.length;
}
