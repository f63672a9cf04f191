// Matrix products in SIMD WebAssembly, for machines or permissions that allow no generated machine
// code. The module works on the memory that holds the matrices, so nothing is copied in or out.

import type { Product } from "./product.ts";
import { encodeModule, WasmFunction } from "./wasm_encoder.ts";

/** A WebAssembly memory and the allocator that owns it. */
export interface WasmHeap {
  readonly memory: WebAssembly.Memory;
  /** Returns the address of `bytes` free bytes. */
  allocate(bytes: number): number;
  /** Gives back what `allocate` gave for as many bytes. */
  free(address: number, bytes: number): void;
}

/** A product of matrices without gaps that is not added to what C holds. */
export type PlainProduct = Omit<Product, "accumulate" | "rowA" | "rowB" | "rowC" | "strideC">;

/** Columns of a panel of B: two vectors of four floats. */
const WIDTH = 8;
/** Rows of a block of C: as many blocks as fit of the first height, then of the next. */
const BLOCK_ROWS = [6, 3, 1] as const;
/** With fewer rows than this, packing B costs more than it saves. */
const WORTH_PACKING = 12;
const FLOAT = 4;

interface Exports {
  packRows(from: number, to: number, k: number, stride: number): void;
  packLanes(from: number, to: number, k: number, stride: number, lanes: number, lane: number): void;
  panel(...sizes: PanelArguments): void;
  panelTransposed(...sizes: PanelArguments): void;
}
type PanelArguments = [
  a: number,
  b: number,
  c: number,
  k: number,
  strideA: number,
  stepB: number,
  rowC: number,
  ...blocks: number[],
];

/** Multiplies matrices that lie in one WebAssembly memory. */
export class WasmProducts {
  readonly #heap: WasmHeap;
  readonly #exports: Exports;
  #scratch = { address: 0, bytes: 0 };

  /**
   * @param heap where the matrices lie
   * @param options `relaxed`: whether to multiply and add in one instruction, which not every engine
   * has; by default where this one does
   */
  constructor(heap: WasmHeap, { relaxed = hasRelaxedSimd() }: { relaxed?: boolean } = {}) {
    this.#heap = heap;
    const code = encodeProducts({ relaxed });
    const instance = new WebAssembly.Instance(new WebAssembly.Module(code), {
      host: { memory: heap.memory },
    });
    this.#exports = instance.exports as unknown as Exports;
  }

  /** Computes C = A · B for each product of a batch. */
  multiply({ a, b, c, m, n, k, batch = 1, ...options }: PlainProduct): void {
    const { strideA = m * k, strideB = k * n, transposeA = false, transposeB = false } = options;
    const [atA, atB, atC] = [a, b, c].map(({ address }) => address);
    const packed = this.#reserve(FLOAT * WIDTH * (k + m));
    const edge = packed + FLOAT * WIDTH * k; // where the panel goes that C has no room for
    const panel = transposeA ? this.#exports.panelTransposed : this.#exports.panel;
    const strideOfA = FLOAT * (transposeA ? m : k);
    const blocks = countBlocks(m);
    for (let product = 0; product < batch; product++) {
      const startA = atA + FLOAT * product * strideA;
      const startB = atB + FLOAT * product * strideB;
      const startC = atC + FLOAT * product * m * n;
      for (let column = 0; column < n; column += WIDTH) {
        const lanes = Math.min(WIDTH, n - column);
        const inB = startB + FLOAT * column * (transposeB ? k : 1);
        const isInPlace = m < WORTH_PACKING && lanes === WIDTH && !transposeB;
        if (!isInPlace) this.#pack({ inB, packed, k, n, lanes, transposeB });
        const [from, stepB] = isInPlace ? [inB, FLOAT * n] : [packed, FLOAT * WIDTH];
        const inC = startC + FLOAT * column;
        const [to, rowC] = lanes === WIDTH ? [inC, FLOAT * n] : [edge, FLOAT * WIDTH];
        panel(startA, from, to, k, strideOfA, stepB, rowC, ...blocks);
        if (to === edge) this.#copyEdge({ edge, inC, m, n, lanes });
      }
    }
  }

  /** Copies `lanes` columns of B, whose first begins at `inB`, into a panel. */
  #pack({ inB, packed, k, n, lanes, transposeB }: {
    inB: number;
    packed: number;
    k: number;
    n: number;
    lanes: number;
    transposeB: boolean;
  }): void {
    if (lanes === WIDTH && !transposeB) {
      this.#exports.packRows(inB, packed, k, FLOAT * n);
      return;
    }
    const [step, lane] = transposeB ? [1, k] : [n, 1];
    this.#exports.packLanes(inB, packed, k, FLOAT * step, lanes, FLOAT * lane);
  }

  /** Copies the last columns of C, fewer than a panel has, to their places. */
  #copyEdge({ edge, inC, m, n, lanes }: {
    edge: number;
    inC: number;
    m: number;
    n: number;
    lanes: number;
  }): void {
    const values = new Float32Array(this.#heap.memory.buffer);
    for (let row = 0; row < m; row++) {
      const source = edge / FLOAT + row * WIDTH;
      const target = inC / FLOAT + row * n;
      for (let lane = 0; lane < lanes; lane++) values[target + lane] = values[source + lane];
    }
  }

  /** Address of at least `bytes` bytes. */
  #reserve(bytes: number): number {
    if (this.#scratch.bytes < bytes) {
      if (this.#scratch.bytes > 0) this.#heap.free(this.#scratch.address, this.#scratch.bytes);
      this.#scratch = { address: this.#heap.allocate(bytes), bytes };
    }
    return this.#scratch.address;
  }
}

/** Whether this engine multiplies and adds in one instruction. */
export function hasRelaxedSimd(): boolean {
  return WebAssembly.validate(encodeProducts({ relaxed: true }));
}

/** How many blocks of each height make up `m` rows. */
function countBlocks(m: number): number[] {
  return BLOCK_ROWS.map((rows) => {
    const count = Math.floor(m / rows);
    m -= count * rows;
    return count;
  });
}

/** The module: two functions that pack a panel of B, and two that multiply by it. */
function encodeProducts(options: { relaxed: boolean }): Uint8Array<ArrayBuffer> {
  return encodeModule({
    packRows: packRows(),
    packLanes: packLanes(),
    panel: panel({ ...options, transposeA: false }),
    panelTransposed: panel({ ...options, transposeA: true }),
  });
}

function packRows(): WasmFunction {
  const f = new WasmFunction(4);
  const [from, to, k, stride] = f.parameters();
  f.repeat(k, () => {
    for (const offset of [0, 16]) f.get(to).get(from).load(offset).store(offset);
    f.advance(from, { by: stride });
    f.advance(to, { bytes: FLOAT * WIDTH });
  });
  return f;
}

/** Lane by lane, so that B may be transposed or narrower than a panel. */
function packLanes(): WasmFunction {
  const f = new WasmFunction(6);
  const [from, to, k, stride, lanes, lane] = f.parameters();
  const [source, target, left] = [f.integer(), f.integer(), f.integer()];
  f.repeat(lanes, () => {
    f.get(from).set(source);
    f.get(to).set(target);
    f.get(k).set(left);
    f.repeat(left, () => {
      f.get(target).get(source).loadFloat(0).storeFloat(0);
      f.advance(source, { by: stride });
      f.advance(target, { bytes: FLOAT * WIDTH });
    });
    f.advance(from, { by: lane });
    f.advance(to, { bytes: FLOAT });
  });
  return f;
}

/** All rows of A times one panel of B, packed or in place. */
function panel({ relaxed, transposeA }: { relaxed: boolean; transposeA: boolean }): WasmFunction {
  const f = new WasmFunction(7 + BLOCK_ROWS.length);
  const [a, b, c, k, strideA, stepB, rowC, ...blocks] = f.parameters();
  const [most] = BLOCK_ROWS;
  const sums = Array.from({ length: most }, () => [f.vector(), f.vector()]);
  const rowOfB = [f.vector(), f.vector()];
  const value = f.vector();
  const rowsOfA = Array.from({ length: most }, () => f.integer());
  const [rowOfC, inB, left] = [f.integer(), f.integer(), f.integer()];
  const block = (rows: number) => {
    for (const sum of sums.slice(0, rows).flat()) f.zeros().set(sum);
    f.get(a).set(rowsOfA[0]);
    // Plain: a pointer for each row. Transposed: the rows lie side by side behind one pointer.
    const pointers = rowsOfA.slice(0, transposeA ? 1 : rows);
    for (let i = 1; i < pointers.length; i++) {
      f.get(pointers[i - 1]).set(pointers[i]);
      f.advance(pointers[i], { by: strideA });
    }
    f.get(b).set(inB);
    f.get(k).set(left);
    f.repeat(left, () => {
      rowOfB.forEach((register, i) => f.get(inB).load(16 * i).set(register));
      for (let row = 0; row < rows; row++) {
        if (transposeA) f.get(rowsOfA[0]).loadSplat(FLOAT * row).set(value);
        else f.get(rowsOfA[row]).loadSplat(0).set(value);
        rowOfB.forEach((register, i) =>
          f.multiplyAdd(sums[row][i], [value, register], { relaxed })
        );
      }
      for (const pointer of pointers) {
        f.advance(pointer, transposeA ? { by: strideA } : { bytes: FLOAT });
      }
      f.advance(inB, { by: stepB });
    });
    f.get(c).set(rowOfC);
    for (const sum of sums.slice(0, rows)) {
      sum.forEach((register, i) => f.get(rowOfC).get(register).store(16 * i));
      f.advance(rowOfC, { by: rowC });
    }
    f.get(rowOfC).set(c);
    for (let row = 0; row < rows; row++) {
      f.advance(a, transposeA ? { bytes: FLOAT } : { by: strideA });
    }
  };
  BLOCK_ROWS.forEach((rows, i) => f.repeat(blocks[i], () => block(rows)));
  return f;
}
