// Matrix products by generated code: finds, or makes, the code of a product and calls it.

import { Caller, type Memory } from "./caller.ts";
import { CodeCache } from "./code_cache.ts";
import type { CodeLoader, LoadedCode } from "./executable_memory.ts";
import { generateProduct } from "./generate.ts";
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
  readonly #caller: Caller;
  readonly #compiled = new CodeCache(MOST_SHAPES);

  constructor(
    { set, load, memory }: { set: InstructionSet; load: CodeLoader; memory: Memory },
  ) {
    this.set = set;
    this.#load = load;
    this.#caller = new Caller(memory);
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
    checkProduct({ a, b, c, bias, kept }, shape, this.#caller.bytes());
    if (shape.batch === 0 || shape.m === 0 || shape.n === 0) return;
    const code = this.#compiled.get(keyOf(shape), () => this.#compile(shape));
    this.#caller.call(code, [a, b, c, bias, kept]);
  }

  /** Gives back the memory of all generated code. */
  dispose(): void {
    this.#compiled.dispose();
  }

  #compile(shape: ProductShape): LoadedCode {
    const unit = VECTOR_UNITS[this.set];
    const plan = planProduct(shape, unit);
    this.#caller.reserve(scratchSize(plan, unit));
    return this.#load(generateProduct(shape, plan, { set: this.set }));
  }
}

const ACTIVATIONS: readonly ProductShape["activation"][] = ["none", "gelu", "silu"];

function keyOf(shape: ProductShape): number[] {
  const { m, n, k, batch, rowA, rowB, rowC, strideA, strideB, strideC, activation } = shape;
  const choices = Number(shape.transposeA) + 2 * Number(shape.transposeB) +
    4 * Number(shape.accumulate) + 8 * Number(shape.bias) + 16 * Number(shape.keepsInput) +
    32 * ACTIVATIONS.indexOf(activation);
  return [m, n, k, batch, rowA, rowB, rowC, strideA, strideB, strideC, choices];
}
