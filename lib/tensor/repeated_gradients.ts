// A loss and its gradients over and over, as in training. What a small model computes in a step takes about as
// long as tfjs's account of it; so it is recorded, and then repeated without.

import * as tf from "@tensorflow/tfjs";
import type { Compute } from "./arena/compute.ts";
import { Recording } from "./arena/recording.ts";
import { arenaBackend, regionOf, regionView } from "./arena/regions.ts";
import { valueAndGradients } from "./gradients.ts";

/** A loss, and how it changes with each variable. */
export interface LossAndGradients {
  readonly loss: number;
  /** Valid until the next computation. */
  readonly gradients: readonly tf.Tensor[];
}

/**
 * A loss of numbers that change in place: the tensors that `loss` uses are always the same, with other values.
 * For the arena's backend.
 */
export class RepeatedGradients {
  readonly #loss: () => tf.Scalar;
  readonly #variables: readonly tf.Tensor[];
  /** What gradients are multiplied by. */
  readonly #seed = tf.scalar(1);
  #recording: Recording | undefined;
  #compute: Compute | undefined;
  #result: { value: tf.Scalar; gradients: readonly tf.Tensor[] } | undefined;
  #isRepeatable = true;

  constructor(loss: () => tf.Scalar, variables: readonly tf.Tensor[]) {
    this.#loss = loss;
    this.#variables = variables;
  }

  /**
   * Computes both with the numbers as they are now.
   *
   * @param options.weight what both are multiplied by
   */
  compute({ weight }: { weight: number }): LossAndGradients {
    regionView(regionOf(this.#seed))[0] = weight;
    if (this.#recording !== undefined && this.#compute === arenaBackend().compute) {
      this.#recording.repeat();
    } else {
      this.#forget();
      this.#record();
    }
    const { value, gradients } = this.#result!;
    return { loss: weight * regionView(regionOf(value))[0], gradients };
  }

  /** Does `work` in the memory that the passes need, if they are not under way. It must leave no tensor there. */
  within<T>(work: () => T): T {
    return this.#recording === undefined ? work() : arenaBackend().within(this.#recording, work);
  }

  dispose(): void {
    this.#forget();
    this.#seed.dispose();
  }

  #record(): void {
    const backend = arenaBackend();
    const recording = new Recording(backend.arena);
    const work = () => valueAndGradients(this.#loss, this.#variables, { seed: this.#seed });
    try {
      this.#result = this.#isRepeatable ? backend.record(recording, work) : work();
      this.#isRepeatable &&= recording.obstacle === undefined;
    } catch (error) {
      recording.dispose();
      throw error;
    }
    if (this.#isRepeatable) [this.#recording, this.#compute] = [recording, backend.compute];
    else recording.dispose();
  }

  #forget(): void {
    if (this.#result !== undefined) tf.dispose([this.#result.value, ...this.#result.gradients]);
    this.#recording?.dispose();
    this.#result = this.#recording = undefined;
  }
}
