// How the fetching of the next panel of B is spread over the blocks of a panel: memory gives only so much at
// once, and needs most of the panel's time.

import { blockCount, type RowBlocks } from "./plan.ts";
import { UNROLL } from "./sums.ts";

/** The rows of a panel, as they lie in memory, shared among the row blocks of the panel before it. */
export interface Spread {
  /** The first block that has a share, and how many have one. */
  readonly first: number;
  readonly blocks: number;
  /** How many rows each of them has, but for the last, which has the rest. */
  readonly rows: number;
  /** How many rows there are. */
  readonly all: number;
}

/** Rows that are copied, one after so many rounds of the sums. */
export interface CopyingSpread extends Spread {
  readonly rounds: number;
}

/** More rounds between two rows gain nothing and make long code. */
const MOST_ROUNDS = 4;

/** Spreads the copying of `k` rows over all blocks but the first; undefined where they are not enough. */
export function spreadCopying(
  blocks: readonly RowBlocks[],
  k: number,
): CopyingSpread | undefined {
  const most = blockCount(blocks) - 1;
  for (let rounds = MOST_ROUNDS; rounds > 0; rounds--) {
    const possible = Math.floor(k / (UNROLL * rounds));
    if (possible === 0 || possible * most < k) continue;
    return { first: 1, ...share(k, Math.ceil(k / possible)), rounds };
  }
  return undefined;
}

/** Spreads the fetching of rows that run along k. */
export function spreadFetching(blocks: readonly RowBlocks[], rows: number): Spread {
  return { first: 0, ...share(rows, blockCount(blocks)) };
}

/** Shares rows among so many blocks, or fewer. */
function share(all: number, most: number): Omit<Spread, "first"> {
  const rows = Math.ceil(all / most);
  return { blocks: Math.ceil(all / rows), rows, all };
}

/** How many rows the block of this number, from 0, has. */
export function rowsOf({ first, blocks, rows, all }: Spread, block: number): number {
  const index = block - first;
  if (index < 0 || index >= blocks) return 0;
  return Math.min(rows, all - index * rows);
}

/** The numbers of the blocks that may have more or fewer rows than the one before. */
export function endsOf({ first, blocks }: Spread): number[] {
  return [first, first + blocks - 1, first + blocks];
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
