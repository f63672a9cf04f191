// Matrix products by a library of the system with the C interface of BLAS: Accelerate, which every macOS
// has. Tested with OpenBLAS, whose interface is the same; Accelerate itself has not been run.

import { Caller, type Memory } from "./caller.ts";
import { checkProduct, completeShape, type Finish, type Product, spreadBias } from "./product.ts";

/** Where macOS has Accelerate. */
export const ACCELERATE = "/System/Library/Frameworks/Accelerate.framework/Accelerate";

const SYMBOLS = {
  cblas_sgemm: {
    parameters: [
      ...["i32", "i32", "i32", "i32", "i32", "i32", "f32"] as const,
      ...["usize", "i32", "usize", "i32", "f32", "usize", "i32"] as const,
    ],
    result: "void",
  },
} as const;

const ROW_MAJOR = 101, PLAIN = 111, TRANSPOSED = 112;
const FLOAT = 4;

/** Multiplies matrices of one memory with a library's `cblas_sgemm`. */
export class CblasProducts {
  readonly #memory: Memory;
  readonly #caller: Caller;
  readonly #sgemm: Deno.DynamicLibrary<typeof SYMBOLS>["symbols"]["cblas_sgemm"];

  /**
   * @param library its file or name
   * @throws {Error} if it cannot be opened
   */
  constructor(library: string, { memory }: { memory: Memory }) {
    this.#memory = memory;
    this.#caller = new Caller(memory);
    this.#sgemm = Deno.dlopen(library, SYMBOLS).symbols.cblas_sgemm;
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
    checkProduct({ a, b, c, bias }, shape, this.#caller.bytes());
    const { m, n, k, batch, transposeA, transposeB, rowA, rowB, rowC } = shape;
    if (m === 0 || n === 0) return;
    if (bias !== undefined) spreadBias(this.#memory.buffer, { c, bias }, shape);
    const base = this.#caller.address();
    const at = (address: number, floats: number) => base + BigInt(address + FLOAT * floats);
    for (let i = 0; i < batch; i++) {
      this.#sgemm(
        ROW_MAJOR,
        transposeA ? TRANSPOSED : PLAIN,
        transposeB ? TRANSPOSED : PLAIN,
        ...[m, n, k, 1] as const,
        ...[at(a.address, i * shape.strideA), Math.max(1, rowA)] as const,
        ...[at(b.address, i * shape.strideB), Math.max(1, rowB)] as const,
        shape.accumulate || bias !== undefined ? 1 : 0,
        ...[at(c.address, i * shape.strideC), Math.max(1, rowC)] as const,
      );
    }
  }
}
