// How the update is divided: each worker moves its own share of the parameters.

import type { Slot } from "./layout.ts";
import type { Optimizer } from "./optimizer.ts";

/** Numbers of one parameter, from `start` to before `end`. */
export interface Range {
  readonly slot: Slot;
  readonly start: number;
  readonly end: number;
}

/** Cuts lie at a cache line, so that no two workers write into one. */
const GRAIN = 16;

/**
 * Shares of about the same work for `workers`. Every number is in exactly one. Parameters that cannot be
 * divided go first, the largest to whoever has least; the others fill up what is left.
 */
export function divide(
  slots: readonly Slot[],
  { optimizer, workers }: { optimizer: Optimizer; workers: number },
): Range[][] {
  const shares: Range[][] = Array.from({ length: workers }, () => []);
  const loads = new Array<number>(workers).fill(0);
  const give = (worker: number, range: Range) => {
    shares[worker].push(range);
    loads[worker] += range.end - range.start;
  };
  const whole = slots.filter((slot) => !optimizer.isDivisible(slot));
  for (const slot of whole.toSorted((a, b) => b.size - a.size)) {
    give(loads.indexOf(Math.min(...loads)), { slot, start: 0, end: slot.size });
  }
  const divisible = slots.filter((slot) => optimizer.isDivisible(slot));
  const total = slots.reduce((sum, { size }) => sum + size, 0);
  let worker = 0;
  for (const slot of divisible) {
    let start = 0;
    while (start < slot.size) {
      const isLast = worker === workers - 1;
      const room = Math.ceil((total / workers - loads[worker]) / GRAIN) * GRAIN;
      if (!isLast && room <= 0) {
        worker++;
        continue;
      }
      const end = isLast ? slot.size : Math.min(slot.size, start + room);
      give(worker, { slot, start, end });
      start = end;
    }
  }
  return shares;
}
