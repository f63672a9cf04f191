// Probabilities as whole numbers, which both sides of a compression compute alike.

import { MOST_TOTAL, type Share } from "./arithmetic_coder.ts";

/**
 * Divides an interval among tokens by their probabilities, so that each has a share: also one that was thought
 * impossible can be written, at a price.
 */
export class TokenShares {
  /** Where the share of each token begins; one more entry holds the total. */
  readonly #starts: Uint32Array;

  /** @param vocabularySize less than {@linkcode MOST_TOTAL} */
  constructor(vocabularySize: number) {
    this.#starts = new Uint32Array(vocabularySize + 1);
  }

  /**
   * Takes the probabilities of the next token.
   *
   * @param probabilities shape (V); need not add up to exactly 1
   */
  set(probabilities: ArrayLike<number>): void {
    const size = probabilities.length;
    let sum = 0;
    for (let i = 0; i < size; i++) sum += probabilities[i];
    const scale = (MOST_TOTAL - size) / sum; // one is put aside for each token
    let start = 0;
    for (let i = 0; i < size; i++) {
      this.#starts[i] = start;
      start += 1 + Math.floor(probabilities[i] * scale);
    }
    this.#starts[size] = start;
  }

  /** The share of a token. */
  of(token: number): Share {
    return { start: this.#starts[token], end: this.#starts[token + 1], total: this.total };
  }

  /** The sum of all shares. */
  get total(): number {
    return this.#starts[this.#starts.length - 1];
  }

  /** The token whose share holds a position. */
  at(position: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle] <= position) low = middle;
      else high = middle;
    }
    return low;
  }
}
