// The loops of decoding in WebAssembly, for where code cannot be generated: products in vectors of four, what is
// done number by number in JavaScript.

import { encodeModule, type Local, WasmFunction } from "../../tensor/products/wasm_encoder.ts";
import type { Arena } from "./arena.ts";
import type { ExponentialRows, Kernels, RowActivation, RowProduct } from "./kernels.ts";
import { BLOCK } from "./packed_matrix.ts";

const FLOAT = 4;
const LANES = 4;
/** Rows that are multiplied together. */
const TOGETHER = 4;
/** Vectors of columns that have their sums in locals, which should stay in registers, for one row and for several. */
const VECTORS = { one: BLOCK / LANES, several: 2 } as const;

type Multiply = (...parameters: number[]) => void;

/** WebAssembly for one arena. */
export class WasmKernels implements Kernels {
  readonly name: string;
  readonly #arena: Arena;
  readonly #one: Multiply;
  readonly #several: Multiply;

  constructor(arena: Arena) {
    this.#arena = arena;
    const relaxed = WebAssembly.validate(rowModule({ relaxed: true }));
    this.name = relaxed ? "WebAssembly with relaxed SIMD" : "WebAssembly";
    const module = new WebAssembly.Module(rowModule({ relaxed }));
    const { exports } = new WebAssembly.Instance(module, { host: { memory: arena.memory } });
    this.#one = exports.one as Multiply;
    this.#several = exports.several as Multiply;
  }

  multiply(product: RowProduct): void {
    const { count, x, w, y } = product.heads ?? { count: 1, x: 0, w: 0, y: 0 };
    for (let head = 0; head < count; head++) {
      this.#multiplyHead({
        ...product,
        x: product.x + head * x,
        w: product.w + head * w,
        y: product.y + head * y,
      });
    }
  }

  #multiplyHead(product: RowProduct): void {
    const { rows, x, y, w, strideX, strideY, inputs, blocks, blockStride } = product;
    for (let row = 0; row < rows;) {
      const fromX = x + FLOAT * row * strideX;
      const toY = y + FLOAT * row * strideY;
      if (rows - row >= TOGETHER) {
        const strides = [FLOAT * strideX, FLOAT * strideY];
        this.#several(fromX, w, toY, blockStride, inputs, blocks, ...strides);
        row += TOGETHER;
      } else {
        this.#one(fromX, w, toY, blockStride, inputs, blocks);
        row++;
      }
    }
  }

  exponentials({ x, rows, stride, length, shifts, sums }: ExponentialRows): void {
    const floats = this.#arena.floats;
    for (let row = 0; row < rows; row++) {
      const first = x / FLOAT + row * stride;
      let sum = 0;
      for (let i = first; i < first + length; i++) {
        sum += floats[i] = Math.exp(floats[i] - shifts[row]);
      }
      sums[row] = sum;
    }
  }

  activate(
    activation: RowActivation,
    x: number,
    { length, up }: { length: number; up?: number },
  ): void {
    const floats = this.#arena.floats;
    const slope = 2 * Math.sqrt(2 / Math.PI);
    for (let i = 0; i < length; i++) {
      const value = floats[x / FLOAT + i];
      const argument = activation === "silu"
        ? value
        : slope * (value + 0.044715 * value * value * value);
      const factor = up === undefined ? 1 : floats[up / FLOAT + i];
      floats[x / FLOAT + i] = value / (1 + Math.exp(-argument)) * factor;
    }
  }
}

function rowModule({ relaxed }: { relaxed: boolean }): Uint8Array<ArrayBuffer> {
  return encodeModule({ one: oneRow(relaxed), several: severalRows(relaxed) });
}

/** (x, w, y, blockStride, inputs, blocks): one row with all columns of a block at once. */
function oneRow(relaxed: boolean): WasmFunction {
  const f = new WasmFunction(6);
  const [x, w, y, blockStride, inputs, blocks] = f.parameters();
  const sums = Array.from({ length: VECTORS.one }, () => f.vector());
  const [value, row] = [f.vector(), f.vector()];
  const [inX, inW, left] = [f.integer(), f.integer(), f.integer()];
  f.repeat(blocks, () => {
    for (const sum of sums) f.zeros().set(sum);
    f.get(x).set(inX).get(w).set(inW).get(inputs).set(left);
    f.repeat(left, () => {
      f.get(inX).loadSplat(0).set(value);
      sums.forEach((sum, i) => {
        f.get(inW).load(FLOAT * LANES * i).set(row);
        f.multiplyAdd(sum, [value, row], { relaxed });
      });
      f.advance(inX, { bytes: FLOAT }).advance(inW, { bytes: FLOAT * BLOCK });
    });
    sums.forEach((sum, i) => f.get(y).get(sum).store(FLOAT * LANES * i));
    f.advance(y, { bytes: FLOAT * BLOCK }).advance(w, { by: blockStride });
  });
  return f;
}

/** (…, strideX, strideY), strides in bytes: four rows, a block in several passes. */
function severalRows(relaxed: boolean): WasmFunction {
  const f = new WasmFunction(8);
  const [x, w, y, blockStride, inputs, blocks, strideX, strideY] = f.parameters();
  const sums = Array.from(
    { length: TOGETHER },
    () => Array.from({ length: VECTORS.several }, () => f.vector()),
  );
  const weights = Array.from({ length: VECTORS.several }, () => f.vector());
  const value = f.vector();
  const inX = Array.from({ length: TOGETHER }, () => f.integer());
  const [inW, toY, left] = [f.integer(), f.integer(), f.integer()];
  const width = LANES * VECTORS.several;
  const pass = (first: number) => {
    for (const sum of sums.flat()) f.zeros().set(sum);
    f.get(x).set(inX[0]);
    followed(f, inX, strideX);
    f.get(w).set(inW).get(inputs).set(left);
    f.repeat(left, () => {
      weights.forEach((weight, i) => f.get(inW).load(FLOAT * (first + LANES * i)).set(weight));
      sums.forEach((row, r) => {
        f.get(inX[r]).loadSplat(0).set(value);
        row.forEach((sum, i) => f.multiplyAdd(sum, [value, weights[i]], { relaxed }));
        f.advance(inX[r], { bytes: FLOAT });
      });
      f.advance(inW, { bytes: FLOAT * BLOCK });
    });
    f.get(y).set(toY);
    for (const row of sums) {
      row.forEach((sum, i) => f.get(toY).get(sum).store(FLOAT * (first + LANES * i)));
      f.advance(toY, { by: strideY });
    }
  };
  f.repeat(blocks, () => {
    for (let first = 0; first < BLOCK; first += width) pass(first);
    f.advance(y, { bytes: FLOAT * BLOCK }).advance(w, { by: blockStride });
  });
  return f;
}

/** Lets each pointer be a stride behind the one before. */
function followed(f: WasmFunction, pointers: readonly Local[], stride: Local): void {
  for (let i = 1; i < pointers.length; i++) {
    f.get(pointers[i - 1]).set(pointers[i]).advance(pointers[i], { by: stride });
  }
}
