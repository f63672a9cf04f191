// Orthogonalisation by matrix products alone.

import { allocateRegion, freeRegion, regionView } from "../tensor/arena/regions.ts";
import { arenaCompute } from "../tensor/backend.ts";
import type { Region } from "../tensor/products/product.ts";
import type { KernelDefinition } from "../tensor/vectors/kernels.ts";
import { subregion } from "./layout.ts";
import { sumOfSquares } from "./sums.ts";

/** Of the odd polynomial a·x + b·x³ + c·x⁵, which pulls every singular value towards 1, fast near 0. */
const [A, B, C] = [3.4445, -4.775, 2.0315];

/** Matrices, one behind the other. */
interface Stack {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
}

/** From this ratio of their sides on, matrices are long: iterating without them takes fewer products. */
const LONG = 2;

/**
 * Replaces matrices by those with the same singular vectors and singular values near 1: UΣVᵀ becomes about UVᵀ.
 * After five iterations the singular values lie between about 0.7 and 1.2, which is near enough for a step.
 *
 * @see Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks"
 */
export function orthogonalize(
  stack: Region,
  { iterations = 5, ...sizes }: Stack & { iterations?: number },
): void {
  const { count, rows, columns } = sizes;
  const size = rows * columns;
  for (let i = 0; i < count; i++) {
    const matrix = subregion(stack, i * size, size);
    scale(matrix, 1 / (Math.sqrt(sumOfSquares(matrix)) + 1e-7), { into: matrix });
  }
  const [short, long] = [Math.min(rows, columns), Math.max(rows, columns)];
  const iterate = long < LONG * short ? iterateMatrices : iterateFactors;
  const other = allocateRegion(count * size);
  const last = iterate(stack, other, { iterations, sizes });
  if (last !== stack) scale(last, 1, { into: stack });
  freeRegion(other);
}

/** How the products of an orthogonalisation are done. */
interface Iterations {
  readonly iterations: number;
  readonly sizes: Stack;
}

/**
 * Each iteration as it is defined: X ← (a + b·XXᵀ + c·(XXᵀ)²)·X.
 *
 * @returns where the result is, `stack` or `other`
 */
function iterateMatrices(
  stack: Region,
  other: Region,
  { iterations, sizes }: Iterations,
): Region {
  const squares = new Squares(sizes);
  const [gram, factor] = [squares.allocate(), squares.allocate()];
  let [x, next] = [stack, other];
  for (let i = 0; i < iterations; i++) {
    squares.findGram(x, { into: gram });
    squares.findFactor(gram, { into: factor });
    squares.apply(factor, x, { into: next });
    [x, next] = [next, x];
  }
  squares.free();
  return x;
}

/**
 * The same with the small factors alone. They are polynomials of XXᵀ, so the order in which they are multiplied does not
 * matter, and the next XXᵀ is the last one between two of them.
 *
 * @returns `other`
 */
function iterateFactors(
  stack: Region,
  other: Region,
  { iterations, sizes }: Iterations,
): Region {
  const squares = new Squares(sizes);
  const [gram, factor] = [squares.allocate(), squares.allocate()];
  let [product, spare] = [squares.allocate(), squares.allocate()];
  squares.findGram(stack, { into: gram });
  squares.findFactor(gram, { into: product });
  for (let i = 1; i < iterations; i++) {
    const last = i === 1 ? product : factor;
    squares.multiply(gram, last, { into: spare });
    squares.multiply(spare, last, { into: gram });
    squares.findFactor(gram, { into: factor });
    squares.multiply(factor, product, { into: spare });
    [product, spare] = [spare, product];
  }
  squares.apply(product, stack, { into: other });
  squares.free();
  return other;
}

/** Square matrices beside a stack, as wide as the short side of its matrices, and the products with them. */
class Squares {
  readonly #stack: Stack;
  readonly #width: number;
  readonly #regions: Region[] = [];
  readonly #inner: Region;

  constructor(stack: Stack) {
    this.#stack = stack;
    this.#width = Math.min(stack.rows, stack.columns);
    this.#inner = this.allocate();
  }

  /** One for each matrix of the stack. */
  allocate(): Region {
    const region = allocateRegion(this.#stack.count * this.#width ** 2);
    this.#regions.push(region);
    return region;
  }

  free(): void {
    this.#regions.forEach(freeRegion);
  }

  /** XXᵀ, or XᵀX of tall matrices. */
  findGram(x: Region, { into }: { into: Region }): void {
    const { count, rows, columns } = this.#stack;
    const sides = this.#isTall ? { transposeA: true, k: rows } : { transposeB: true, k: columns };
    const width = this.#width;
    arenaCompute().multiply({ a: x, b: x, c: into, m: width, n: width, batch: count, ...sides });
  }

  /** a + b·G + c·G². */
  findFactor(gram: Region, { into }: { into: Region }): void {
    scale(gram, C, { into: this.#inner });
    this.#shiftDiagonals(this.#inner, B); // b + c·G
    this.multiply(gram, this.#inner, { into });
    this.#shiftDiagonals(into, A);
  }

  multiply(a: Region, b: Region, { into }: { into: Region }): void {
    const width = this.#width;
    const sizes = { m: width, n: width, k: width, batch: this.#stack.count };
    arenaCompute().multiply({ a, b, c: into, ...sizes });
  }

  /** F·X, or X·F of tall matrices. */
  apply(factor: Region, x: Region, { into }: { into: Region }): void {
    const { count, rows, columns } = this.#stack;
    const [a, b] = this.#isTall ? [x, factor] : [factor, x];
    const sizes = { m: rows, n: columns, k: this.#width, batch: count };
    arenaCompute().multiply({ a, b, c: into, ...sizes });
  }

  get #isTall(): boolean {
    return this.#stack.rows > this.#stack.columns;
  }

  #shiftDiagonals(matrices: Region, shift: number): void {
    const values = regionView(matrices);
    const width = this.#width;
    for (let start = 0; start < values.length; start += width * width) {
      for (let i = 0; i < width; i++) values[start + i * (width + 1)] += shift;
    }
  }
}

function scale(from: Region, share: number, { into }: { into: Region }): void {
  arenaCompute().kernels.run(scaleTo, [from.length, share, from.address, into.address]);
}

/** y = scale · x. Arguments: size, scale, x, y. */
const scaleTo: KernelDefinition = {
  name: "scale",
  write(code) {
    const [size, scale] = [code.count(), code.number()];
    const [x, y] = [code.pointer(), code.pointer()];
    code.columns(size, () => code.store(y, code.multiply(code.load(x), scale)));
  },
};
