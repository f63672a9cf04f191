import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { allocateRegion, regionView } from "../../../lib/tensor/arena/regions.ts";
import type { Region } from "../../../lib/tensor/products/product.ts";
import { Random } from "../../../lib/random.ts";
import { useBackend } from "../../../lib/tensor/backend.ts";
import { AdamW } from "../../../lib/train/adamw.ts";
import { averageInto } from "../../../lib/train/average.ts";
import { Muon } from "../../../lib/train/muon.ts";
import { orthogonalize } from "../../../lib/train/newton_schulz.ts";
import type { Optimizer } from "../../../lib/train/optimizer.ts";
import { Sgd } from "../../../lib/train/sgd.ts";

await useBackend("auto");

const random = new Random(3, "optimizers");
const normal = (size: number) => Float32Array.from({ length: size }, () => random.normal());

/** The numbers, in memory that optimisers work on. */
function regionWith(values: ArrayLike<number>): Region {
  const region = allocateRegion(values.length);
  regionView(region).set(values);
  return region;
}

/** A matrix (2, 3) after four steps against gradients that change their sign and grow. */
function afterFourSteps(optimizer: Optimizer, learningRate: number): Float32Array {
  const slot = { name: "blocks.0.weight", shape: [2, 3], offset: 0, size: 6 };
  const values = regionWith([1, -2, 0.5, 0.25, -0.75, 1.5]);
  const state = optimizer.stateNames(slot).map(() => regionWith(new Float32Array(6)));
  for (let step = 1; step <= 4; step++) {
    const factor = (1 + 0.5 * (step - 1)) * (step % 2 === 1 ? 1 : -1);
    const gradient = regionWith([0.5, -1.25, 0.75, 2, -0.1, 0.3].map((g) => g * factor));
    optimizer.update([{ slot, values, gradient, state }], { step, learningRate, scale: 1 });
  }
  return regionView(values);
}

Deno.test("SGD with momentum and weight decay moves as PyTorch's", () => {
  // torch.optim.SGD(lr=0.1, momentum=0.9, weight_decay=0.05), PyTorch 2.13, float64
  const expected = [0.922727169, -1.829267967, 0.428990841, 0.109284003, -0.709850386, 1.413226223];
  const values = afterFourSteps(new Sgd({ momentum: 0.9, weightDecay: 0.05 }), 0.1);
  values.forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-6));
});

Deno.test("AdamW moves as PyTorch's", () => {
  // torch.optim.AdamW(lr=0.01, betas=(0.9, 0.95), weight_decay=0.1), PyTorch 2.13, float64
  const expected = [0.986916972, -1.982922968, 0.488913974, 0.239912475, -0.737915474, 1.48491997];
  const values = afterFourSteps(new AdamW({ beta1: 0.9, beta2: 0.95, weightDecay: 0.1 }), 0.01);
  values.forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-6));
});

Deno.test("Newton-Schulz agrees with its polynomial in plain loops", () => {
  for (const [rows, columns] of [[4, 7], [7, 4], [5, 5], [4, 12], [12, 4]]) {
    const matrices = [normal(rows * columns), normal(rows * columns)];
    const stack = regionWith(matrices.flatMap((matrix) => [...matrix]));
    orthogonalize(stack, { count: 2, rows, columns });
    const found = regionView(stack);
    const expected = matrices.flatMap((matrix) => plainNewtonSchulz(matrix, rows, columns).flat());
    expected.forEach((value, i) => assertAlmostEquals(found[i], value, 1e-4));
  }
});

Deno.test("Newton-Schulz agrees with its polynomial where singular values are far apart", () => {
  const [rows, columns] = [8, 40];
  // Each row is the one before and a tenth of something new, so that the last hardly differ.
  const matrix = normal(rows * columns);
  for (let i = columns; i < matrix.length; i++) matrix[i] = matrix[i - columns] + 0.1 * matrix[i];
  const stack = regionWith(matrix);
  orthogonalize(stack, { count: 1, rows, columns });
  const expected = plainNewtonSchulz(matrix, rows, columns).flat();
  regionView(stack).forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-3));
});

Deno.test("Newton-Schulz brings the singular values of a matrix near 1", () => {
  const stack = regionWith(normal(6 * 40));
  orthogonalize(stack, { count: 1, rows: 6, columns: 40 });
  const rows = rowsOf(regionView(stack), 6, 40);
  const gram = rows.map((a) => rows.map((b) => dot(a, b)));
  gram.forEach((row, i) =>
    row.forEach((value, j) => assertAlmostEquals(value, i === j ? 1 : 0, 0.45))
  );
});

Deno.test("Muon moves a matrix by its orthogonalised momentum, as plain loops do", () => {
  const [rows, columns, learningRate] = [4, 6, 0.02];
  const slot = { name: "blocks.0.mlp.up.weight", shape: [rows, columns], offset: 0, size: 24 };
  const muon = new Muon({
    beta1: 0.9,
    beta2: 0.99,
    weightDecay: 0.1,
    momentum: 0.9,
    restShare: 0.3,
  });
  const values = regionWith(normal(24));
  const state = muon.stateNames(slot).map(() => regionWith(new Float32Array(24)));
  let expected: number[] = [...regionView(values)];
  let mean = new Array<number>(24).fill(0);
  for (let step = 1; step <= 3; step++) {
    const gradient = normal(24);
    const piece = { slot, values, gradient: regionWith(gradient), state };
    muon.update([piece], { step, learningRate, scale: 0.5 });
    mean = mean.map((m, i) => 0.9 * m + 0.1 * 0.5 * gradient[i]);
    const ahead = mean.map((m, i) => 0.9 * m + 0.1 * 0.5 * gradient[i]);
    const direction = plainNewtonSchulz(ahead, rows, columns).flat();
    expected = expected.map((value, i) =>
      value * (1 - learningRate * 0.1) - learningRate * 0.2 * Math.sqrt(6) * direction[i]
    );
  }
  regionView(values).forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-4));
});

Deno.test("Muon leaves embeddings, heads and gains to AdamW, at a share of the rate", () => {
  const adamw = { beta1: 0.9, beta2: 0.99, weightDecay: 0.1 };
  const muon = new Muon({ ...adamw, momentum: 0.95, restShare: 0.25 });
  for (const [name, shape] of [["embedding", [3, 4]], ["blocks.0.mlp_norm.gain", [12]]] as const) {
    const slot = { name, shape, offset: 0, size: 12 };
    const start = normal(12);
    const gradient = regionWith(normal(12));
    const after = (optimizer: Optimizer, learningRate: number) => {
      const values = regionWith(start);
      const state = optimizer.stateNames(slot).map(() => regionWith(new Float32Array(12)));
      optimizer.update([{ slot, values, gradient, state }], { step: 1, learningRate, scale: 1 });
      return regionView(values);
    };
    assertEquals([...after(muon, 0.04)], [...after(new AdamW(adamw), 0.01)]);
    assert(muon.isDivisible(slot));
  }
});

Deno.test("gradients are scaled before they are used", () => {
  const optimizer = new Sgd({ momentum: 0, weightDecay: 0 });
  const slot = { name: "embedding", shape: [2], offset: 0, size: 2 };
  const values = regionWith([1, 1]);
  const piece = { slot, values, gradient: regionWith([4, -8]), state: [regionWith([0, 0])] };
  optimizer.update([piece], { step: 1, learningRate: 0.5, scale: 0.25 });
  assertEquals([...regionView(values)], [0.5, 2]);
});

Deno.test("the average of the parameters follows its definition, faster at the start", () => {
  const average = regionWith([0]);
  let expected = 0;
  for (let step = 1; step <= 60; step++) {
    const keep = Math.min(0.8, (1 + step) / (10 + step));
    expected = keep * expected + (1 - keep) * step;
    averageInto(average, regionWith([step]), { decay: 0.8, step });
  }
  assertAlmostEquals(regionView(average)[0], expected, 1e-4);
});

/** Five iterations of X ← aX + (bXXᵀ + c(XXᵀ)²)X from X over its norm, the wide way round. */
function plainNewtonSchulz(
  values: ArrayLike<number>,
  rows: number,
  columns: number,
): number[][] {
  let x = rowsOf(Array.from(values), rows, columns);
  if (rows > columns) x = transpose(x);
  const norm = Math.sqrt(x.flat().reduce((sum, value) => sum + value * value, 0));
  x = x.map((row) => row.map((value) => value / norm));
  for (let i = 0; i < 5; i++) {
    const gram = multiply(x, transpose(x));
    const squared = multiply(gram, gram);
    const factor = gram.map((row, r) => row.map((g, c) => -4.775 * g + 2.0315 * squared[r][c]));
    const turned = multiply(factor, x);
    x = x.map((row, r) => row.map((value, c) => 3.4445 * value + turned[r][c]));
  }
  return rows > columns ? transpose(x) : x;
}

function rowsOf(values: ArrayLike<number>, rows: number, columns: number): number[][] {
  return Array.from(
    { length: rows },
    (_, r) => Array.from({ length: columns }, (_, c) => values[r * columns + c]),
  );
}

function transpose(x: number[][]): number[][] {
  return x[0].map((_, c) => x.map((row) => row[c]));
}

function multiply(a: number[][], b: number[][]): number[][] {
  const columns = transpose(b);
  return a.map((row) => columns.map((column) => dot(row, column)));
}

function dot(a: number[], b: number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
