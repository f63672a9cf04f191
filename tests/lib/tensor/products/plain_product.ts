// What every product is compared with: the definition, in float64, and random cases for it.

import { assert } from "@std/assert";
import type { Random } from "../../../../lib/random.ts";

/** Sizes of a batch of products; a stride of 0 shares one matrix among all of them. */
export interface Case {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly batch: number;
  readonly strideA: number;
  readonly strideB: number;
}

/** A random case, mostly small and now and then with a side of up to `most`. */
export function randomCase(random: Random, { most }: { most: number }): Case {
  const size = () => 1 + random.integer(random.uniform() < 0.15 ? most : 40);
  const [m, n, k] = [size(), size(), size()];
  const batch = random.uniform() < 0.7 ? 1 : 1 + random.integer(4);
  const gap = () => random.uniform() < 0.8 ? 0 : random.integer(9);
  const stride = (matrix: number) => random.uniform() < 0.2 ? 0 : matrix + gap();
  return {
    m,
    n,
    k,
    transposeA: random.uniform() < 0.5,
    transposeB: random.uniform() < 0.5,
    batch,
    strideA: stride(m * k),
    strideB: stride(k * n),
  };
}

/** The floats that the buffers of a case need. */
export function bufferSizes({ m, n, k, batch, strideA, strideB }: Case) {
  return {
    a: (batch - 1) * strideA + m * k,
    b: (batch - 1) * strideB + k * n,
    c: batch * m * n,
  };
}

/**
 * Asserts that `c` is the product of `a` and `b`, added to `before` where given, to what rounding in
 * float32 can explain.
 */
export function assertProduct(
  { a, b, c, before }: { a: Float32Array; b: Float32Array; c: Float32Array; before?: Float32Array },
  given: Case,
): void {
  const { m, n, k, transposeA, transposeB, batch, strideA, strideB } = given;
  for (let product = 0; product < batch; product++) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        const at = (product * m + i) * n + j;
        let sum = before?.[at] ?? 0;
        let size = Math.abs(sum);
        for (let p = 0; p < k; p++) {
          const term = a[product * strideA + (transposeA ? p * m + i : i * k + p)] *
            b[product * strideB + (transposeB ? j * k + p : p * n + j)];
          sum += term;
          size += Math.abs(term);
        }
        // Written so that NaN fails too.
        if (!(Math.abs(c[at] - sum) <= 1e-6 * size)) {
          assert(
            false,
            `C[${product}][${i}][${j}] is ${c[at]}, not ${sum}: ${JSON.stringify(given)}`,
          );
        }
      }
    }
  }
}
