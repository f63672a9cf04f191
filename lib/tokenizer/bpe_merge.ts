// How one piece of text becomes tokens: of all neighbouring pairs that were merged in training, the
// one merged first is merged, the leftmost of several, until no pair is left. Two ways to the same result:
// a scan for the pieces that text is made of, a heap for the long ones, where a scan would be quadratic.

import { MinHeap } from "./min_heap.ts";
import type { PairTable } from "./pair_table.ts";

/** What was learned: pairs of ids, in the order of their merging. */
export interface MergeRules {
  /** The rank of a pair: 0 for the first merge. */
  readonly ranks: PairTable;
  /** The id that the merge of a rank makes. */
  readonly results: Uint32Array;
}

/** The number of bytes from which the heap is the faster way. */
const LONG_PIECE = 64;
const UNMERGEABLE = 0x7fffffff;
const scratchRanks = new Int32Array(LONG_PIECE);

/**
 * Merges the ids of one piece in place.
 *
 * @param ids the ids of the piece's bytes, from the array's beginning
 * @param length how many there are
 * @returns how many are left
 */
export function mergePiece(ids: Uint32Array, length: number, rules: MergeRules): number {
  return length <= LONG_PIECE ? mergeByScan(ids, length, rules) : mergeByHeap(ids, length, rules);
}

/** Looks for the lowest rank anew after each merge: quadratic, and the faster on short pieces. */
export function mergeByScan(ids: Uint32Array, length: number, rules: MergeRules): number {
  const { ranks, results } = rules;
  const pairRanks = length <= LONG_PIECE ? scratchRanks : new Int32Array(length);
  const rankAt = (at: number): number => {
    const rank = ranks.get(ids[at], ids[at + 1]);
    return rank < 0 ? UNMERGEABLE : rank;
  };
  for (let i = 0; i + 1 < length; i++) pairRanks[i] = rankAt(i);
  for (;;) {
    let lowest = UNMERGEABLE;
    let at = 0;
    for (let i = 0; i + 1 < length; i++) {
      if (pairRanks[i] < lowest) {
        lowest = pairRanks[i];
        at = i;
      }
    }
    if (lowest === UNMERGEABLE) return length;
    ids[at] = results[lowest];
    length--;
    for (let i = at + 1; i < length; i++) {
      ids[i] = ids[i + 1];
      pairRanks[i] = pairRanks[i + 1];
    }
    if (at > 0) pairRanks[at - 1] = rankAt(at - 1);
    if (at + 1 < length) pairRanks[at] = rankAt(at);
  }
}

/** Keeps the pairs in a heap and the ids in a linked list: n log n. */
export function mergeByHeap(ids: Uint32Array, length: number, rules: MergeRules): number {
  const { ranks, results } = rules;
  const next = new Int32Array(length); // `length` ends the list
  const previous = new Int32Array(length); // −1 before its beginning
  const heap = new MinHeap();
  const pairRanks = new Int32Array(length).fill(UNMERGEABLE); // what the heap's entries must agree with
  const enter = (at: number): void => {
    const rank = next[at] < length ? ranks.get(ids[at], ids[next[at]]) : -1;
    pairRanks[at] = rank < 0 ? UNMERGEABLE : rank;
    if (rank >= 0) heap.push(rank, at);
  };
  for (let i = 0; i < length; i++) {
    next[i] = i + 1;
    previous[i] = i - 1;
    enter(i);
  }
  while (heap.size > 0) {
    const rank = heap.key;
    const at = heap.tie;
    heap.pop();
    if (pairRanks[at] !== rank) continue; // one of the pair has been merged with another since
    const right = next[at];
    ids[at] = results[rank];
    pairRanks[right] = UNMERGEABLE;
    next[at] = next[right];
    if (next[at] < length) previous[next[at]] = at;
    enter(at);
    if (previous[at] >= 0) enter(previous[at]);
  }
  let kept = 0;
  for (let at = 0; at < length; at = next[at]) ids[kept++] = ids[at];
  return kept;
}
