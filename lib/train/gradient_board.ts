// Where workers find each other's gradients: each says at which addresses of the shared memory its own lie.

import * as tf from "@tensorflow/tfjs";
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
  /** Tensors whose numbers others read. */
  #published: readonly tf.Tensor[] = [];
  /** Shared memory for the gradients of a backend that has its tensors elsewhere. */
  readonly #copies: readonly Region[];

  constructor(
    { slots, rank, workers, words }: {
      slots: readonly Slot[];
      rank: number;
      workers: number;
      words: Int32Array;
    },
  ) {
    this.#slots = slots;
    this.#rank = rank;
    this.#workers = workers;
    this.#words = words;
    this.#indices = new Map(slots.map((slot, i) => [slot, i]));
    this.#copies = isShared() ? [] : slots.map(({ size }) => allocateRegion(size));
  }

  /** Shows the others where `gradients` lie, in the order of the parameters; none where there were no rows for them. */
  async publish(gradients: readonly tf.Tensor[]): Promise<void> {
    this.#published = gradients;
    for (let i = 0; i < this.#slots.length; i++) {
      const address = gradients.length === 0 ? 0 : (await this.#place(gradients[i], i)).address;
      this.#words[this.#word(this.#rank, i)] = address | 0;
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

  /** Gives back what was published. */
  release(): void {
    tf.dispose([...this.#published]);
    this.#published = [];
  }

  dispose(): void {
    this.release();
    this.#copies.forEach(freeRegion);
  }

  async #place(gradient: tf.Tensor, index: number): Promise<Region> {
    if (isShared()) return regionOf(gradient);
    regionView(this.#copies[index]).set(await gradient.data());
    return this.#copies[index];
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
