// Sums over runs of numbers in the arena.

import { allocateRegion, regionView } from "../tensor/arena/regions.ts";
import { arenaCompute } from "../tensor/backend.ts";
import type { Region } from "../tensor/products/product.ts";
import type { KernelDefinition } from "../tensor/vectors/kernels.ts";

/** The squares of all numbers of a region, added up. */
export function sumOfSquares({ address, length }: Region): number {
  const out = answer();
  arenaCompute().kernels.run(squares, [length, address, out.address]);
  return regionView(out)[0];
}

/** Adds `terms` to `sums`, in place. */
export function addTo(sums: Region, terms: Region): void {
  arenaCompute().kernels.run(add, [sums.length, terms.address, sums.address]);
}

let region: Region | undefined;

/** A place for one number, which this thread keeps. */
function answer(): Region {
  return region ??= allocateRegion(1);
}

const squares: KernelDefinition = {
  name: "sum of squares",
  write(code) {
    const [size, x, y] = [code.count(), code.pointer(), code.pointer()];
    const sum = code.variable(0);
    code.columns(size, () => {
      const value = code.load(x);
      code.gatherProduct(sum, value, value);
    });
    code.storeFirst(y, code.sum(sum));
  },
};

const add: KernelDefinition = {
  name: "add in place",
  write(code) {
    const [size, x, y] = [code.count(), code.pointer(), code.pointer()];
    code.columns(size, () => code.store(y, code.add(code.load(y), code.load(x))));
  },
};
