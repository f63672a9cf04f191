// How the copying of the next panel of B is spread over the blocks of a panel: memory gives only so much at
// once, and needs most of the panel's time.

import { blockCount, type RowBlocks } from "./plan.ts";
import { UNROLL } from "./sums.ts";

/** A panel's rows, as the row blocks of the panel before it copy them; the first block copies none. */
export interface Spread {
  /** How many blocks copy rows. */
  readonly blocks: number;
  /** How many rows each of them copies, but for the last, which copies the rest. */
  readonly rows: number;
  /** The rounds of the sums between two rows. */
  readonly rounds: number;
}

/** More rounds between two rows gain nothing and make long code. */
const MOST_ROUNDS = 4;

/** Spreads the copying of `k` rows; undefined where there are not blocks enough. */
export function spreadCopying(blocks: readonly RowBlocks[], k: number): Spread | undefined {
  const most = blockCount(blocks) - 1;
  for (let rounds = MOST_ROUNDS; rounds > 0; rounds--) {
    const possible = Math.floor(k / (UNROLL * rounds));
    if (possible === 0 || possible * most < k) continue;
    const copying = Math.ceil(k / possible);
    const rows = Math.ceil(k / copying);
    return { blocks: Math.ceil(k / rows), rows, rounds };
  }
  return undefined;
}

/** How many rows of `k` the block of this number, from 0, copies. */
export function rowsCopied({ blocks, rows }: Spread, block: number, k: number): number {
  if (block === 0 || block > blocks) return 0;
  return block === blocks ? k - (blocks - 1) * rows : rows;
}

/** Cuts runs of equal blocks at the given numbers of blocks. */
export function cutRuns(
  blocks: readonly RowBlocks[],
  ends: readonly number[],
): (RowBlocks & { first: number })[] {
  const runs: (RowBlocks & { first: number })[] = [];
  let first = 0;
  for (const { rows, count } of blocks) {
    for (const end = first + count; first < end;) {
      const next = Math.min(end, ...ends.filter((at) => at > first));
      runs.push({ first, rows, count: next - first });
      first = next;
    }
  }
  return runs;
}
