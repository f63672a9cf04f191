// Training a byte-level BPE: again and again the most frequent pair of neighbouring tokens becomes a
// token of its own (Gage 1994; Sennrich et al. 2016). Counting all pairs anew for each merge would cost
// merges × text. Here every place in the distinct pieces is in the list of the pair that begins there,
// so a merge touches only the places where its pair stands, and corrects the counts of the neighbours.

import { MinHeap } from "./min_heap.ts";
import { PairTable } from "./pair_table.ts";
import type { PieceCounts } from "./piece_counts.ts";

/** One learned merge: the tokens `left` and `right`, side by side, are the token `id`. */
export interface Merge {
  readonly left: number;
  readonly right: number;
  readonly id: number;
}

/** What `learnMerges` is told. */
export interface LearnMergesOptions {
  /** The id of each byte. */
  byteIds: Uint32Array;
  /** The first id for a merged token: the ids below it are taken. */
  firstId: number;
  /** How many tokens to make; fewer if the pairs run out. */
  tokens: number;
  /** A pair that occurs less often is not merged. */
  minimumFrequency: number;
}

/** How many new tokens pass between two steps. */
const TOKENS_IN_A_STEP = 32;

/**
 * Learns the merges, in their order: yields the number of new tokens now and then, so that others get a turn,
 * and returns the merges at the end. Of pairs equally frequent the one with the lowest left id is merged
 * first, then the one with the lowest right id: Hugging Face's order, so the same text gives the same merges.
 *
 * Two merges may make the same bytes (`ab` + `c`, `a` + `bc`): they share one id.
 */
export function* learnMerges(
  pieces: PieceCounts,
  { byteIds, firstId, tokens, minimumFrequency }: LearnMergesOptions,
): Generator<number, Merge[]> {
  const places = new Places(pieces, byteIds);
  const spellings = new Map<string, number>(); // a token's bytes, as a string of char codes, to its id
  const spelling: string[] = [];
  byteIds.forEach((id, byte) => spelling[id] = String.fromCharCode(byte));
  const merges: Merge[] = [];
  const merged = new Set<number>();
  const queue = new PairQueue(places);

  while (spellings.size < tokens) {
    const pair = queue.next();
    if (pair === undefined || places.frequency[pair] < minimumFrequency) break;
    const left = places.left[pair];
    const right = places.right[pair];
    const joined = spelling[left] + spelling[right];
    const known = spellings.get(joined);
    const id = known ?? firstId + spellings.size;
    if (known === undefined) {
      spellings.set(joined, id);
      spelling[id] = joined;
    }
    if (!merged.has(pair)) merges.push({ left, right, id }); // a shared id can bring a pair back
    merged.add(pair);
    queue.add(places.merge(pair, id));
    if (known === undefined && spellings.size % TOKENS_IN_A_STEP === 0) yield spellings.size;
  }
  return merges;
}

/**
 * The pairs by frequency. A pair's frequency may have fallen since it was queued: it is then queued
 * anew when its turn comes, which costs less than keeping the queue right at every step.
 */
class PairQueue {
  #heap = new MinHeap();
  #places: Places;
  /** Pairs in the heap's ties: left · 2²⁶ + right, exact in a float64 and sorted as the pairs are. */
  static readonly #PAIR_BASE = 2 ** 26;

  constructor(places: Places) {
    this.#places = places;
    this.add(places.left.keys());
  }

  add(pairs: Iterable<number>): void {
    const { left, right, frequency } = this.#places;
    for (const pair of pairs) {
      if (frequency[pair] > 0) {
        this.#heap.push(-frequency[pair], left[pair] * PairQueue.#PAIR_BASE + right[pair]);
      }
    }
  }

  /** Takes out the most frequent pair; undefined if none is left. */
  next(): number | undefined {
    while (this.#heap.size > 0) {
      const queued = -this.#heap.key;
      const left = Math.floor(this.#heap.tie / PairQueue.#PAIR_BASE);
      const pair = this.#places.pairOf(left, this.#heap.tie % PairQueue.#PAIR_BASE);
      this.#heap.pop();
      if (this.#places.frequency[pair] === queued) return pair;
      this.add([pair]);
    }
  }
}

const NONE = -1;

/**
 * The tokens of all distinct pieces, one after the other, and for each pair of tokens the places where
 * it stands. A place is the position of a token's first byte; the place of a pair is that of its left
 * token. Pairs are numbered as they turn up.
 */
class Places {
  /** The left token of each pair. */
  readonly left: number[] = [];
  /** The right token of each pair. */
  readonly right: number[] = [];
  /** How often each pair stands in the whole text. */
  readonly frequency: number[] = [];

  readonly #pairs = new PairTable();
  /** The first and the last place of each pair. */
  readonly #head: number[] = [];
  readonly #tail: number[] = [];
  /** For each place: its token, the neighbouring places in its piece, how often the piece occurs. */
  readonly #token: Int32Array;
  readonly #previous: Int32Array;
  readonly #next: Int32Array;
  readonly #weight: Float64Array;
  /** For each place: the pair that begins there, and its neighbours in that pair's list of places. */
  readonly #pair: Int32Array;
  readonly #before: Int32Array;
  readonly #after: Int32Array;

  constructor({ bytes, ends, counts }: PieceCounts, byteIds: Uint32Array) {
    const size = bytes.length;
    this.#token = new Int32Array(size);
    this.#previous = new Int32Array(size);
    this.#next = new Int32Array(size);
    this.#weight = new Float64Array(size);
    this.#pair = new Int32Array(size).fill(NONE);
    this.#before = new Int32Array(size);
    this.#after = new Int32Array(size);

    let start = 0;
    for (let piece = 0; piece < ends.length; piece++) {
      const end = ends[piece];
      for (let place = start; place < end; place++) {
        this.#token[place] = byteIds[bytes[place]];
        this.#previous[place] = place === start ? NONE : place - 1;
        this.#next[place] = place === end - 1 ? NONE : place + 1;
        this.#weight[place] = counts[piece];
        if (place > start) this.#link(place - 1);
      }
      start = end;
    }
  }

  /** The number of a pair; a new pair gets one. */
  pairOf(left: number, right: number): number {
    let pair = this.#pairs.get(left, right);
    if (pair === NONE) {
      pair = this.left.length;
      this.#pairs.set(left, right, pair);
      this.left.push(left);
      this.right.push(right);
      this.frequency.push(0);
      this.#head.push(NONE);
      this.#tail.push(NONE);
    }
    return pair;
  }

  /**
   * Puts the token `id` wherever the pair stands, from left to right.
   *
   * @returns the pairs that have become more frequent
   */
  merge(pair: number, id: number): Set<number> {
    const risen = new Set<number>();
    // In "aaa" the pair "aa" stands twice, and merging it here takes it away there: so always the head.
    for (let place = this.#head[pair]; place !== NONE; place = this.#head[pair]) {
      const right = this.#next[place];
      const previous = this.#previous[place];
      const next = this.#next[right];
      this.#unlink(place);
      if (previous !== NONE) this.#unlink(previous);
      if (next !== NONE) this.#unlink(right);
      this.#token[place] = id;
      this.#next[place] = next;
      if (previous !== NONE) risen.add(this.#link(previous));
      if (next !== NONE) {
        this.#previous[next] = place;
        risen.add(this.#link(place));
      }
    }
    return risen;
  }

  /** Enters the pair that begins at `place` at the end of its list. */
  #link(place: number): number {
    const pair = this.pairOf(this.#token[place], this.#token[this.#next[place]]);
    const last = this.#tail[pair];
    this.#pair[place] = pair;
    this.#before[place] = last;
    this.#after[place] = NONE;
    if (last === NONE) this.#head[pair] = place;
    else this.#after[last] = place;
    this.#tail[pair] = place;
    this.frequency[pair] += this.#weight[place];
    return pair;
  }

  /** Takes the pair that begins at `place` out of its list. */
  #unlink(place: number): void {
    const pair = this.#pair[place];
    const before = this.#before[place];
    const after = this.#after[place];
    if (before === NONE) this.#head[pair] = after;
    else this.#after[before] = after;
    if (after === NONE) this.#tail[pair] = before;
    else this.#before[after] = before;
    this.frequency[pair] -= this.#weight[place];
  }
}
