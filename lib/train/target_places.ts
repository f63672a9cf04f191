// The places of a batch that have a target: where they are few, only those are computed to the end.

import type { Batch } from "../corpus/batches.ts";
import { IGNORED } from "../tensor/cross_entropy.ts";

/** A multiple of so many places is looked at, so that there are few different shapes. */
const STEP = 64;

/** Places of a batch, and at the end at least one more that has no target. */
export interface TargetPlaces {
  /** Indices in the flat batch, shape (N). */
  readonly places: Int32Array;
  /** The target at each, shape (N); behind the last it is ignored. */
  readonly targets: Int32Array;
  /** How many targets there are. */
  readonly count: number;
}

/** How many targets of `batch` count. */
export function countTargets({ targets }: Pick<Batch, "targets">): number {
  let count = 0;
  for (let i = 0; i < targets.length; i++) if (targets[i] !== IGNORED) count++;
  return count;
}

/** The places of a batch that have a target. */
export function targetPlaces({ targets: all }: Pick<Batch, "targets">): TargetPlaces {
  const found = [...all.keys()].filter((place) => all[place] !== IGNORED);
  const size = (Math.floor(found.length / STEP) + 1) * STEP;
  const places = new Int32Array(size);
  places.set(found);
  const targets = new Int32Array(size).fill(IGNORED);
  for (const [i, place] of found.entries()) targets[i] = all[place];
  return { places, targets, count: found.length };
}
