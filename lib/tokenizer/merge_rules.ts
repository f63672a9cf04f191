// The order in which a piece's tokens are merged. There are three customs, which agree on nearly
// every text but not on all.

import type { BpeParts } from "./bpe_json.ts";
import type { MergeRules } from "./bpe_merge.ts";
import { PairTable } from "./pair_table.ts";

/**
 * - `"merges"`: merges in the order they were learned, as GPT-2 does.
 * - `"wholePieces"`: a piece that is a token is that token; only others are merged. Hugging Face's
 *   `ignore_merges`.
 * - `"ranks"`: the same, and any two tokens whose bytes are a token can be merged, the one with the lowest
 *   id first. tiktoken's way.
 */
export type Merging = "merges" | "wholePieces" | "ranks";

/** Whether there is a merging of that name. */
export function isMerging(name: unknown): name is Merging {
  return name === "merges" || name === "wholePieces" || name === "ranks";
}

/** The rules that the merges make. */
export function mergeRules({ merges, merging }: Pick<BpeParts, "merges" | "merging">): MergeRules {
  const ranks = new PairTable(merges.length);
  if (merging !== "ranks") {
    merges.forEach(({ left, right }, rank) => ranks.set(left, right, rank));
    return { ranks, results: Uint32Array.from(merges, ({ id }) => id) };
  }
  let highest = 0;
  for (const { left, right, id } of merges) {
    ranks.set(left, right, id);
    highest = Math.max(highest, id);
  }
  return { ranks, results: Uint32Array.from({ length: highest + 1 }, (_, id) => id) };
}

/** Tokens by their bytes, for the mergings that look pieces up whole. */
export class WholePieces {
  readonly #ids = new Map<string, number>();
  #longest = 0;

  /** Adds a token. */
  add(bytes: Uint8Array, id: number): void {
    this.#ids.set(byteString(bytes, bytes.length), id);
    this.#longest = Math.max(this.#longest, bytes.length);
  }

  /** The id of the token that the first `length` bytes are; undefined if they are none. */
  find(bytes: Uint8Array, length: number): number | undefined {
    return length > this.#longest ? undefined : this.#ids.get(byteString(bytes, length));
  }
}

/** The first `length` bytes as a string of as many units, to be a key of a Map. */
export function byteString(bytes: Uint8Array, length = bytes.length): string {
  let text = "";
  for (let i = 0; i < length; i++) text += String.fromCharCode(bytes[i]);
  return text;
}
