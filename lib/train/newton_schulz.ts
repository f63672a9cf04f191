// Orthogonalisation by matrix products alone.

import { allocateRegion, freeRegion, regionView } from "../tensor/arena/regions.ts";
import { arenaCompute } from "../tensor/backend.ts";
import type { Region } from "../tensor/products/product.ts";
import type { KernelDefinition } from "../tensor/vectors/kernels.ts";
import { subregion } from "./layout.ts";
import { sumOfSquares } from "./sums.ts";

/** Of the odd polynomial a·x + b·x³ + c·x⁵, which pulls every singular value towards 1, fast near 0. */
const [A, B, C] = [3.4445, -4.775, 2.0315];

/**
 * Replaces matrices by those with the same singular vectors and singular values near 1: UΣVᵀ becomes about UVᵀ.
 * After five iterations the singular values lie between about 0.7 and 1.2, which is near enough for a step.
 *
 * @param stack `count` matrices of `rows` and `columns`, one behind the other
 * @see Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks"
 */
export function orthogonalize(
  stack: Region,
  { count, rows, columns, iterations = 5 }: {
    count: number;
    rows: number;
    columns: number;
    iterations?: number;
  },
): void {
  const { kernels, multiply } = arenaCompute();
  const size = rows * columns;
  for (let i = 0; i < count; i++) {
    const matrix = subregion(stack, i * size, size);
    const scale = 1 / (Math.sqrt(sumOfSquares(matrix)) + 1e-7);
    kernels.run(scaleTo, [size, scale, matrix.address, matrix.address]);
  }
  // Products with the smaller of XXᵀ and XᵀX; a tall matrix is multiplied from its other side.
  const isTall = rows > columns;
  const width = Math.min(rows, columns);
  const square = count * width * width;
  const [gram, inner, outer] = [
    allocateRegion(square),
    allocateRegion(square),
    allocateRegion(square),
  ];
  let [x, next] = [stack, allocateRegion(count * size)];
  const other = next;
  const squares = { m: width, n: width, batch: count };
  for (let i = 0; i < iterations; i++) {
    const sides = isTall ? { transposeA: true, k: rows } : { transposeB: true, k: columns };
    multiply({ a: x, b: x, c: gram, ...squares, ...sides });
    kernels.run(scaleTo, [square, C, gram.address, inner.address]);
    shiftDiagonals(inner, width, B); // b + c·XXᵀ
    multiply({ a: gram, b: inner, c: outer, ...squares, k: width });
    shiftDiagonals(outer, width, A); // a + b·XXᵀ + c·(XXᵀ)²
    const [a, b] = isTall ? [x, outer] : [outer, x];
    multiply({ a, b, c: next, m: rows, n: columns, k: width, batch: count });
    [x, next] = [next, x];
  }
  if (x !== stack) kernels.run(scaleTo, [count * size, 1, x.address, stack.address]);
  for (const region of [gram, inner, outer, other]) freeRegion(region);
}

/** Adds `shift` to the diagonal of each matrix of `width` rows. */
function shiftDiagonals(matrices: Region, width: number, shift: number): void {
  const values = regionView(matrices);
  for (let start = 0; start < values.length; start += width * width) {
    for (let i = 0; i < width; i++) values[start + i * (width + 1)] += shift;
  }
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
