// Matrix products by generated code: finds, or makes, the kernels of a product, checks every argument
// against its buffer, and calls them.

import { ShapeError } from "../../errors.ts";
import type { CodeLoader, LoadedCode } from "./executable_memory.ts";
import { generateKernel } from "./generate.ts";
import { type KernelSpec, scratchSize } from "./kernel_spec.ts";
import { planProduct, type ProductShape, type Step } from "./plan.ts";
import { type InstructionSet, VECTOR_UNITS } from "./vector_instructions.ts";

/** A batch of products C = A · B (or C += A · B) on the values of matrices stored by rows. */
export interface Product extends Partial<ProductShape> {
  /** (m, k), or (k, m) if `transposeA`, for each product of the batch. */
  readonly a: Float32Array;
  /** (k, n), or (n, k) if `transposeB`, for each product of the batch. */
  readonly b: Float32Array;
  /** (m, n) for each product of the batch. Must not overlap `a` or `b`. */
  readonly c: Float32Array;
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

const SIGNATURE = { parameters: ["buffer", "buffer", "buffer", "buffer"], result: "void" } as const;

/** The kernels of one shape, ready to be called. */
interface Compiled {
  readonly calls: readonly { kernel: Kernel; step: Step }[];
  readonly code: readonly LoadedCode[];
}
type Kernel = Deno.UnsafeFnPointer<typeof SIGNATURE>;

/** How many shapes are kept; a model in training has some dozens. */
const MOST_SHAPES = 512;

/** The largest size or stride, in floats, that the offsets inside an instruction are sure to hold. */
const MOST_ROW = 2 ** 21;

/** Multiplies matrices with machine code that it generates for each shape, once, and keeps. */
export class GeneratedProducts {
  readonly set: InstructionSet;
  readonly #load: CodeLoader;
  /** Least recently used first. */
  readonly #compiled = new Map<string, Compiled>();
  #scratch = new Float32Array(0);

  constructor({ set, load }: { set: InstructionSet; load: CodeLoader }) {
    this.set = set;
    this.#load = load;
  }

  /**
   * Computes a batch of products.
   *
   * @throws {ShapeError} if a size is not a whole number or a buffer is too short for the sizes
   */
  multiply({ a, b, c, ...sizes }: Product): void {
    const shape = completeShape(sizes);
    checkBuffers({ a, b, c }, shape);
    if (shape.batch === 0 || shape.m === 0 || shape.n === 0) return;
    if (shape.k === 0) {
      if (!shape.accumulate) c.fill(0, 0, shape.batch * shape.m * shape.n);
      return;
    }
    for (const { kernel, step } of this.#kernels(shape)) {
      kernel.call(
        step.offsetA === 0 ? a : a.subarray(step.offsetA),
        step.offsetB === 0 ? b : b.subarray(step.offsetB),
        step.offsetC === 0 ? c : c.subarray(step.offsetC),
        this.#scratch,
      );
    }
  }

  /** Gives back the memory of all generated code. */
  dispose(): void {
    for (const { code } of this.#compiled.values()) code.forEach((loaded) => loaded.free());
    this.#compiled.clear();
  }

  #kernels(shape: ProductShape): Compiled["calls"] {
    const key = shapeKey(shape);
    let compiled = this.#compiled.get(key);
    if (compiled === undefined) {
      compiled = this.#compile(shape);
      const [oldest] = this.#compiled.keys();
      if (this.#compiled.size >= MOST_SHAPES) {
        this.#compiled.get(oldest)!.code.forEach((loaded) => loaded.free());
        this.#compiled.delete(oldest);
      }
    } else {
      this.#compiled.delete(key);
    }
    this.#compiled.set(key, compiled);
    return compiled.calls;
  }

  #compile(shape: ProductShape): Compiled {
    const kernels = new Map<string, Kernel>();
    const code: LoadedCode[] = [];
    try {
      const calls = planProduct(shape, VECTOR_UNITS[this.set]).map((step) => {
        const key = JSON.stringify(step.spec);
        const kernel = kernels.get(key) ?? this.#compileKernel(step.spec, code);
        kernels.set(key, kernel);
        return { kernel, step };
      });
      return { calls, code };
    } catch (error) {
      code.forEach((loaded) => loaded.free());
      throw error;
    }
  }

  /** Loads a kernel, and adds its memory to `code`. */
  #compileKernel(spec: KernelSpec, code: LoadedCode[]): Kernel {
    const loaded = this.#load(generateKernel(spec, { set: this.set }));
    code.push(loaded);
    const needed = scratchSize(spec, VECTOR_UNITS[this.set]);
    if (this.#scratch.length < needed) this.#scratch = alignedFloats(needed);
    return new Deno.UnsafeFnPointer(
      loaded.pointer as Deno.PointerObject<typeof SIGNATURE>,
      SIGNATURE,
    );
  }
}

/** Fills in what was left out: plain matrices that follow each other without gaps. */
function completeShape(
  sizes: Partial<ProductShape> & { m: number; n: number; k: number },
): ProductShape {
  const { m, n, k } = sizes;
  return {
    m,
    n,
    k,
    transposeA: sizes.transposeA ?? false,
    transposeB: sizes.transposeB ?? false,
    batch: sizes.batch ?? 1,
    strideA: sizes.strideA ?? m * k,
    strideB: sizes.strideB ?? k * n,
    accumulate: sizes.accumulate ?? false,
  };
}

/** Nothing is called before this has agreed: generated code checks nothing. */
function checkBuffers(
  { a, b, c }: { a: Float32Array; b: Float32Array; c: Float32Array },
  shape: ProductShape,
): void {
  const { m, n, k, batch, strideA, strideB } = shape;
  for (const [name, size] of Object.entries({ m, n, k, batch, strideA, strideB })) {
    if (!Number.isSafeInteger(size) || size < 0) {
      throw new ShapeError(`${name} of a matrix product is ${size}; it must be a whole number.`);
    }
  }
  if (m > MOST_ROW || n > MOST_ROW || k > MOST_ROW) {
    throw new ShapeError(
      `A product of (${m}, ${k}) and (${k}, ${n}) is too large; no size may pass ${MOST_ROW}.`,
    );
  }
  if (Math.max(strideA, strideB, m * n) > 2 ** 28 && batch > 1) {
    throw new ShapeError(
      `Matrices of a batch may lie at most ${2 ** 28} values apart; multiply them one by one.`,
    );
  }
  if (batch === 0) return;
  const needs = {
    a: [a, (batch - 1) * strideA + m * k],
    b: [b, (batch - 1) * strideB + k * n],
    c: [c, batch * m * n],
  } as const;
  for (const [name, [buffer, needed]] of Object.entries(needs)) {
    if (!(buffer instanceof Float32Array) || buffer.length < needed) {
      throw new ShapeError(
        `Buffer ${name} of a matrix product holds ${buffer?.length} floats; ` +
          `${batch} × (${m}, ${k}) · (${k}, ${n}) needs ${needed}.`,
      );
    }
  }
  if (overlap(c, a) || overlap(c, b)) {
    throw new ShapeError(
      "A matrix product cannot be written over its own operands; give it another c.",
    );
  }
}

function overlap(x: Float32Array, y: Float32Array): boolean {
  return x.buffer === y.buffer && x.byteOffset < y.byteOffset + y.byteLength &&
    y.byteOffset < x.byteOffset + x.byteLength;
}

function shapeKey(shape: ProductShape): string {
  const { m, n, k, batch, strideA, strideB } = shape;
  const flags = Number(shape.transposeA) + 2 * Number(shape.transposeB) +
    4 * Number(shape.accumulate);
  return `${m} ${n} ${k} ${batch} ${strideA} ${strideB} ${flags}`;
}

/** A buffer that begins at a multiple of 64 bytes, a cache line. */
function alignedFloats(length: number): Float32Array<ArrayBuffer> {
  const buffer = new ArrayBuffer(4 * length + 64);
  const address = Deno.UnsafePointer.value(Deno.UnsafePointer.of(new Uint8Array(buffer)));
  return new Float32Array(buffer, Number(-BigInt(address) & 63n), length);
}
