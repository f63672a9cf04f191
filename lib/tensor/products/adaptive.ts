// Which products are worth code of their own. Generating it takes about a millisecond, so a small
// product whose shape comes once, as in decoding with a growing context, is done without.

import type { GeneratedProducts } from "./dispatch.ts";
import type { Finish, Product } from "./product.ts";

/** Computes a batch of products in the memory of the tensors, and adds `bias` to each of their rows. */
export type Multiply = (product: Product, finish?: Pick<Finish, "bias">) => void;

/** The arithmetic that the slower way does in about the time that generating code takes. */
const WORTH_GENERATING = 1e7;

/** How many shapes are watched before watching begins again. */
const MOST_WATCHED = 4096;

/** Generates code for a shape as soon as the work done on it would have paid for that. */
export function adaptiveProducts(generated: GeneratedProducts, otherwise: Multiply): Multiply {
  const done = new Map<string, number>();
  return (product, finish) => {
    const { m, n, k, batch = 1, transposeA = false, transposeB = false } = product;
    const arithmetic = 2 * m * n * k * batch;
    if (arithmetic >= WORTH_GENERATING) return generated.multiply(product, finish);
    const key = `${m} ${n} ${k} ${batch} ${transposeA} ${transposeB}`;
    const work = (done.get(key) ?? 0) + arithmetic;
    if (work >= WORTH_GENERATING) {
      generated.multiply(product, finish);
      if (work === Infinity) return;
    } else {
      otherwise(product, finish);
    }
    if (done.size >= MOST_WATCHED) done.clear();
    done.set(key, work >= WORTH_GENERATING ? Infinity : work);
  };
}
