// Where workers find each other's gradients: each says at which addresses of the shared memory its own lie.

import type * as tf from "@tensorflow/tfjs";
import { allocateRegion, freeRegion, regionOf, regionView } from "../tensor/arena/regions.ts";
import type { Region } from "../tensor/products/product.ts";
import type { Slot } from "./layout.ts";
import { isShared, Word } from "./run_memory.ts";
import type { Range } from "./shards.ts";
import { addTo, sumOfSquares } from "./sums.ts";

/** The gradients of all workers, as one of them sees them. */
export class GradientBoard {
  readonly #slots: readonly Slot[];
  readonly #rank: number;
  readonly #workers: number;
  readonly #words: Int32Array;
  readonly #indices: ReadonlyMap<Slot, number>;
  /** Shared memory for sums of gradients, and for those of a backend that has its tensors elsewhere. */
  readonly #copies: readonly Region[];

  constructor(
    { slots, rank, workers, words, parts }: {
      slots: readonly Slot[];
      rank: number;
      workers: number;
      words: Int32Array;
      /** In how many parts the gradients of a step come. */
      parts: number;
    },
  ) {
    this.#slots = slots;
    this.#rank = rank;
    this.#workers = workers;
    this.#words = words;
    this.#indices = new Map(slots.map((slot, i) => [slot, i]));
    this.#copies = isShared() && parts === 1 ? [] : slots.map(({ size }) => allocateRegion(size));
  }

  /** Shows the others that there are none of this worker, before it publishes any. */
  clear(): void {
    for (let i = 0; i < this.#slots.length; i++) this.#words[this.#word(this.#rank, i)] = 0;
  }

  /**
   * Shows the others where gradients lie: those of a step's first part, or its sum with what has been published
   * before.
   *
   * @param gradients in the order of the parameters, left as they are until the next step unless there are more parts
   */
  async publish(gradients: readonly tf.Tensor[], { part }: { part: number }): Promise<void> {
    for (const [i, gradient] of gradients.entries()) {
      const place = this.#copies.length === 0
        ? regionOf(gradient)
        : await this.#collect(gradient, { into: this.#copies[i], isFirst: part === 0 });
      this.#words[this.#word(this.#rank, i)] = place.address | 0;
    }
  }

  /**
   * Adds up all workers' gradients of a range, into the first worker's.
   *
   * @returns the squares of the sums, added up
   */
  addUp(range: Range): number {
    const sum = this.sum(range);
    for (let worker = 1; worker < this.#workers; worker++) {
      const term = this.#region(range, worker);
      if (term !== undefined) addTo(sum, term);
    }
    return sumOfSquares(sum);
  }

  /** The gradients of a range as {@linkcode addUp} left them. */
  sum(range: Range): Region {
    return this.#region(range, 0)!; // the first worker has rows whenever there are any
  }

  dispose(): void {
    this.#copies.forEach(freeRegion);
  }

  /** Copies a gradient into shared memory, or adds it to what is there. */
  async #collect(
    gradient: tf.Tensor,
    { into, isFirst }: { into: Region; isFirst: boolean },
  ): Promise<Region> {
    if (isShared() && !isFirst) {
      addTo(into, regionOf(gradient));
      return into;
    }
    const to = regionView(into);
    const values = isShared() ? regionView(regionOf(gradient)) : await gradient.data<"float32">();
    if (isFirst) to.set(values);
    else for (let i = 0; i < to.length; i++) to[i] += values[i];
    return into;
  }

  #region({ slot, start, end }: Range, worker: number): Region | undefined {
    const address = this.#words[this.#word(worker, this.#indices.get(slot)!)] >>> 0;
    if (address === 0) return undefined;
    return { address: address + 4 * start, length: end - start };
  }

  #word(worker: number, index: number): number {
    return Word.gradients + worker * this.#slots.length + index;
  }
}
