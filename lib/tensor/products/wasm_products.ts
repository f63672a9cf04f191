// Matrix products in SIMD WebAssembly, for machines or permissions that allow no generated machine
// code. The module works on the memory that holds the matrices, so nothing is copied in or out.

import type { ProductShape } from "./plan.ts";
import { checkProduct, completeShape, type Finish, type Product, spreadBias } from "./product.ts";
import {
  countBlocks,
  countSteps,
  hasRelaxedSimd,
  instantiateProducts,
  type ProductFunctions,
  variantName,
  WIDTH,
} from "./wasm_module.ts";

/** A WebAssembly memory and the allocator that owns it. */
export interface WasmHeap {
  readonly memory: WebAssembly.Memory;
  /** Returns the address of `bytes` free bytes. */
  allocate(bytes: number): number;
  /** Gives back what `allocate` gave for as many bytes. */
  free(address: number, bytes: number): void;
}

/** With fewer rows than this, packing B costs more than it saves. */
const WORTH_PACKING = 12;
/** The longest run along k: a panel of B has to stay in the first-level cache. */
const MOST_DEPTH = 512;
/** The most floats of A that meet one panel after the other: they stay in the second-level cache. */
const MOST_BAND = 2 ** 17;
const FLOAT = 4;

/** A part of one product: some rows and a run along k. Addresses are in bytes. */
interface Part {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly rows: number;
  readonly depth: number;
  readonly adds: boolean;
}

/** Multiplies matrices that lie in one WebAssembly memory. */
export class WasmProducts {
  readonly #heap: WasmHeap;
  readonly #functions: ProductFunctions;
  #scratch = { address: 0, bytes: 0 };

  /**
   * @param heap where the matrices lie
   * @param options `relaxed`: whether to multiply and add in one instruction, which not every engine
   * has; by default where this one does
   */
  constructor(heap: WasmHeap, { relaxed = hasRelaxedSimd() }: { relaxed?: boolean } = {}) {
    this.#heap = heap;
    this.#functions = instantiateProducts(heap.memory, { relaxed });
  }

  /**
   * Computes a batch of products, and adds `bias` to each of their rows.
   *
   * @throws {ShapeError} if a size is not a whole number, or an operand is not inside the memory or
   * too short for the sizes
   */
  multiply(product: Product, { bias }: Pick<Finish, "bias"> = {}): void {
    const { a, b, c } = product;
    const shape = completeShape(product, { bias });
    const { buffer } = this.#heap.memory;
    checkProduct({ a, b, c, bias }, shape, buffer.byteLength);
    if (bias !== undefined) spreadBias(buffer, { c, bias }, shape);
    const { m, k, transposeA, transposeB, rowA, rowB, rowC, batch } = shape;
    const bandRows = Math.max(6, 6 * Math.floor(MOST_BAND / Math.min(k, MOST_DEPTH) / 6));
    for (let i = 0; i < batch; i++) {
      const startA = a.address + FLOAT * i * shape.strideA;
      const startB = b.address + FLOAT * i * shape.strideB;
      const startC = c.address + FLOAT * i * shape.strideC;
      for (let row = 0; row < m; row += bandRows) {
        for (let step = 0; step === 0 || step < k; step += MOST_DEPTH) {
          this.#multiplyPart(shape, {
            a: startA + FLOAT * (transposeA ? step * rowA + row : row * rowA + step),
            b: startB + FLOAT * step * (transposeB ? 1 : rowB),
            c: startC + FLOAT * row * rowC,
            rows: Math.min(bandRows, m - row),
            depth: Math.min(MOST_DEPTH, k - step),
            adds: shape.accumulate || bias !== undefined || step > 0,
          });
        }
      }
    }
  }

  /** All panels of one part. */
  #multiplyPart(shape: ProductShape, { a, b, c, rows, depth, adds }: Part): void {
    const { n, transposeA, transposeB, rowA, rowB, rowC } = shape;
    const packed = this.#reserve(FLOAT * WIDTH * (depth + rows));
    const edge = packed + FLOAT * WIDTH * depth; // where the panel goes that C has no room for
    const [blocks, [rounds, rest]] = [countBlocks(rows), countSteps(depth)];
    for (let column = 0; column < n; column += WIDTH) {
      const lanes = Math.min(WIDTH, n - column);
      const inB = b + FLOAT * column * (transposeB ? rowB : 1);
      const inC = c + FLOAT * column;
      const isPacked = rows >= WORTH_PACKING || lanes < WIDTH || transposeB;
      if (isPacked) this.#pack(shape, { from: inB, to: packed, depth, lanes });
      const isEdge = lanes < WIDTH;
      const [to, rowTo] = isEdge ? [edge, FLOAT * WIDTH] : [inC, FLOAT * rowC];
      if (isEdge && adds) this.#functions.copyLanes(inC, edge, rows, FLOAT * rowC, rowTo, lanes);
      this.#functions.multiply[variantName({ transposeA, isPacked, adds })](
        a,
        isPacked ? packed : inB,
        to,
        rounds,
        rest,
        FLOAT * rowA,
        FLOAT * rowB,
        rowTo,
        ...blocks,
      );
      if (isEdge) this.#functions.copyLanes(edge, inC, rows, rowTo, FLOAT * rowC, lanes);
    }
  }

  /** Copies `lanes` columns of B into a panel. */
  #pack(
    { transposeB, rowB }: ProductShape,
    { from, to, depth, lanes }: { from: number; to: number; depth: number; lanes: number },
  ): void {
    if (lanes === WIDTH && !transposeB) {
      this.#functions.packRows(from, to, depth, FLOAT * rowB);
      return;
    }
    const [step, lane] = transposeB ? [1, rowB] : [rowB, 1];
    this.#functions.packLanes(from, to, depth, FLOAT * step, lanes, FLOAT * lane);
  }

  /** Address of at least `bytes` bytes. */
  #reserve(bytes: number): number {
    if (this.#scratch.bytes < bytes) {
      if (this.#scratch.bytes > 0) this.#heap.free(this.#scratch.address, this.#scratch.bytes);
      this.#scratch = { address: 0, bytes: 0 };
      this.#scratch = { address: this.#heap.allocate(bytes), bytes };
    }
    return this.#scratch.address;
  }
}
