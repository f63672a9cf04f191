// Matrix products by generated code: finds, or makes, the code of a product and calls it.

import type { CodeLoader, LoadedCode } from "./executable_memory.ts";
import { ARGUMENTS, generateProduct } from "./generate.ts";
import { planProduct, type ProductShape, scratchSize } from "./plan.ts";
import { checkProduct, completeShape, type Finish, type Product } from "./product.ts";
import { type InstructionSet, VECTOR_UNITS } from "./vector_instructions.ts";

/** How many shapes are kept; a model in training has some dozens. */
const MOST_SHAPES = 512;

/**
 * Multiplies matrices of one memory with machine code that it generates for each shape, once, and
 * keeps. Each thread has an instance of its own.
 */
export class GeneratedProducts {
  readonly set: InstructionSet;
  readonly #load: CodeLoader;
  readonly #memory: NativeMemory;
  /** Least recently used first. */
  readonly #compiled = new Map<string, LoadedCode>();
  readonly #offsets = new Uint32Array(new ArrayBuffer(64));
  readonly #arguments = addressOf(this.#offsets);
  #scratch = new Float32Array(0);

  constructor(
    { set, load, memory }: { set: InstructionSet; load: CodeLoader; memory: Memory },
  ) {
    this.set = set;
    this.#load = load;
    this.#memory = new NativeMemory(memory);
  }

  /**
   * Computes a batch of products, and what is to follow them.
   *
   * @throws {ShapeError} if a size is not a whole number, or an operand is not inside the memory or
   * too short for the sizes
   */
  multiply(product: Product, finish: Finish = {}): void {
    const shape = completeShape(product, finish);
    const { a, b, c } = product;
    const { bias, kept } = finish;
    checkProduct({ a, b, c, bias, kept }, shape, this.#memory.bytes());
    if (shape.batch === 0 || shape.m === 0 || shape.n === 0) return;
    const code = this.#code(shape);
    const offsets = this.#offsets;
    offsets[ARGUMENTS.a / 4] = a.address;
    offsets[ARGUMENTS.b / 4] = b.address;
    offsets[ARGUMENTS.c / 4] = c.address;
    if (bias !== undefined) offsets[ARGUMENTS.bias / 4] = bias.address;
    if (kept !== undefined) offsets[ARGUMENTS.kept / 4] = kept.address;
    code.call(this.#arguments, this.#memory.address());
  }

  /** Gives back the memory of all generated code. */
  dispose(): void {
    for (const code of this.#compiled.values()) code.free();
    this.#compiled.clear();
  }

  #code(shape: ProductShape): LoadedCode {
    const key = shapeKey(shape);
    let code = this.#compiled.get(key);
    if (code === undefined) {
      code = this.#compile(shape);
      const [oldest] = this.#compiled.keys();
      if (this.#compiled.size >= MOST_SHAPES) {
        this.#compiled.get(oldest)!.free();
        this.#compiled.delete(oldest);
      }
    } else {
      this.#compiled.delete(key);
    }
    this.#compiled.set(key, code);
    return code;
  }

  #compile(shape: ProductShape): LoadedCode {
    const unit = VECTOR_UNITS[this.set];
    const plan = planProduct(shape, unit);
    this.#reserve(scratchSize(plan, unit));
    return this.#load(generateProduct(shape, plan, { set: this.set }));
  }

  #reserve(floats: number): void {
    if (this.#scratch.length >= floats) return;
    this.#scratch = alignedFloats(floats);
    new BigUint64Array(this.#offsets.buffer)[ARGUMENTS.scratch / 8] = addressOf(this.#scratch);
  }
}

/** A WebAssembly memory, or what looks like one. */
export interface Memory {
  readonly buffer: ArrayBufferLike;
}

/** Where a memory lies in this process. */
class NativeMemory {
  readonly #memory: Memory;
  #buffer: ArrayBufferLike | undefined;
  #address = 0n;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  bytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** Asked for again whenever the memory may have moved, which is when it has another buffer. */
  address(): bigint {
    const { buffer } = this.#memory;
    if (buffer !== this.#buffer) {
      this.#address = addressOf(new Uint8Array(buffer));
      this.#buffer = buffer;
    }
    return this.#address;
  }
}

function addressOf(view: ArrayBufferView): bigint {
  return Deno.UnsafePointer.value(Deno.UnsafePointer.of(view as Uint8Array<ArrayBuffer>));
}

function shapeKey(shape: ProductShape): string {
  const { m, n, k, batch, rowA, rowB, rowC, strideA, strideB, strideC, activation } = shape;
  const choices = Number(shape.transposeA) + 2 * Number(shape.transposeB) +
    4 * Number(shape.accumulate) + 8 * Number(shape.bias) + 16 * Number(shape.keepsInput);
  return `${m} ${n} ${k} ${batch} ${rowA} ${rowB} ${rowC} ${strideA} ${strideB} ${strideC} ` +
    `${choices} ${activation}`;
}

/** A buffer that begins at a multiple of 64 bytes, a cache line. */
function alignedFloats(length: number): Float32Array<ArrayBuffer> {
  const buffer = new ArrayBuffer(4 * length + 64);
  return new Float32Array(buffer, Number(-addressOf(new Uint8Array(buffer)) & 63n), length);
}
