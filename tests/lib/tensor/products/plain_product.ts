// What every product is compared with: the definition, in float64, and random cases for it.

import { assert } from "@std/assert";
import type { Random } from "../../../../lib/random.ts";
import type { ProductShape } from "../../../../lib/tensor/products/plan.ts";

/** Sizes of a batch of products, and what follows them. */
export type Case = ProductShape;

/** A case of plain matrices, with `changes`. */
export function plainCase(
  { m, n, k, ...changes }: Partial<Case> & { m: number; n: number; k: number },
): Case {
  const { transposeA = false, transposeB = false } = changes;
  const rowA = changes.rowA ?? (transposeA ? m : k);
  const rowB = changes.rowB ?? (transposeB ? k : n);
  const rowC = changes.rowC ?? n;
  return {
    ...{ m, n, k, transposeA, transposeB, batch: 1, rowA, rowB, rowC },
    strideA: (transposeA ? k : m) * rowA,
    strideB: (transposeB ? n : k) * rowB,
    strideC: m * rowC,
    ...{ accumulate: false, bias: false, activation: "none", keepsInput: false },
    ...changes,
  };
}

/** A random case, mostly small and now and then with a side of up to `most`; `n` is given or random too. */
export function randomCase(
  random: Random,
  { most, n: columns }: { most: number; n?: number },
): Case {
  const size = () => 1 + random.integer(random.uniform() < 0.15 ? most : 40);
  const [m, n, k] = [size(), columns ?? size(), size()];
  const batch = random.uniform() < 0.7 ? 1 : 1 + random.integer(4);
  const gap = () => random.uniform() < 0.8 ? 0 : random.integer(9);
  const transposeA = random.uniform() < 0.5;
  const transposeB = random.uniform() < 0.5;
  const rowA = (transposeA ? m : k) + gap();
  const rowB = (transposeB ? k : n) + gap();
  const rowC = n + gap();
  const stride = (matrix: number) => random.uniform() < 0.2 ? 0 : matrix + gap();
  return {
    ...{ m, n, k, transposeA, transposeB, batch, rowA, rowB, rowC },
    strideA: stride((transposeA ? k : m) * rowA),
    strideB: stride((transposeB ? n : k) * rowB),
    strideC: m * rowC + gap(),
    ...{ accumulate: false, bias: false, activation: "none", keepsInput: false },
  };
}

/** A random case with a random end: sums added to C, a bias, an activation. */
export function randomFinish(random: Random, given: Case): Case {
  const likely = (share: number) => random.uniform() < share;
  const activation = likely(0.5) ? "none" : likely(0.5) ? "gelu" : "silu";
  return {
    ...given,
    accumulate: likely(0.3),
    bias: likely(0.4),
    activation,
    keepsInput: activation !== "none" && likely(0.5),
  };
}

/** The floats that the operands of a case need. */
export function operandSizes(given: Case) {
  const { m, n, k, transposeA, transposeB, batch } = given;
  const extent = (rows: number, row: number, columns: number, stride: number) =>
    (batch - 1) * stride + (rows - 1) * row + columns;
  return {
    a: extent(transposeA ? k : m, given.rowA, transposeA ? m : k, given.strideA),
    b: extent(transposeB ? n : k, given.rowB, transposeB ? k : n, given.strideB),
    c: extent(m, given.rowC, n, given.strideC),
  };
}

/** The values of a case's operands, C as it became. */
export interface Values {
  readonly a: Float32Array;
  readonly b: Float32Array;
  readonly c: Float32Array;
  /** C as it was. */
  readonly before: Float32Array;
  readonly bias?: Float32Array;
  readonly kept?: Float32Array;
}

/** Asserts that a case was computed as defined, to what rounding in float32 can explain. */
export function assertProduct({ a, b, c, before, bias, kept }: Values, given: Case): void {
  const { m, n, k, transposeA, transposeB, batch, rowA, rowB, rowC, strideA, strideB } = given;
  const untouched = before.slice();
  for (let product = 0; product < batch; product++) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        const at = product * given.strideC + i * rowC + j;
        const [old, added] = [given.accumulate ? before[at] : 0, bias?.[j] ?? 0];
        let sum = old + added;
        let size = Math.abs(old) + Math.abs(added);
        for (let p = 0; p < k; p++) {
          const term = a[product * strideA + (transposeA ? p * rowA + i : i * rowA + p)] *
            b[product * strideB + (transposeB ? j * rowB + p : p * rowB + j)];
          sum += term;
          size += Math.abs(term);
        }
        const wanted = ACTIVATIONS[given.activation](sum);
        const place = `C[${product}][${i}][${j}]`;
        assertClose(c[at], wanted, { size, what: () => `${place} of ${JSON.stringify(given)}` });
        if (kept !== undefined) {
          assertClose(kept[at], sum, {
            size,
            what: () => `kept ${place}: ${JSON.stringify(given)}`,
          });
        }
        untouched[at] = c[at];
      }
    }
  }
  for (let at = 0; at < c.length; at++) {
    if (c[at] !== untouched[at]) assert(false, `wrote between rows: ${JSON.stringify(given)}`);
  }
}

function assertClose(
  value: number,
  wanted: number,
  { size, what }: { size: number; what: () => string },
): void {
  // Written so that NaN fails too.
  if (!(Math.abs(value - wanted) <= 1e-6 * size + 1e-9)) {
    assert(false, `${value}, not ${wanted}: ${what()}`);
  }
}

const ACTIVATIONS: Readonly<Record<Case["activation"], (x: number) => number>> = {
  none: (x) => x,
  silu: (x) => x / (1 + Math.exp(-x)),
  gelu: (x) => x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))) / 2,
};
