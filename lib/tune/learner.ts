// Steps of learning from any loss: for preferences and rewards, whose losses are not that of the next token. It runs on
// the thread that calls.

import * as tf from "@tensorflow/tfjs";
import { ConfigError } from "../errors.ts";
import { isLoraParameter } from "../model/lora.ts";
import { allocateRegion, freeRegion, regionView } from "../tensor/arena/regions.ts";
import { valueAndGradients } from "../tensor/gradients.ts";
import { hostView } from "../tensor/host_view.ts";
import type { Region } from "../tensor/products/product.ts";
import { AdamW } from "../train/adamw.ts";
import { layOut, subregion } from "../train/layout.ts";
import { type Piece, stateFinder, stateLayout } from "../train/optimizer.ts";
import { sumOfSquares } from "../train/sums.ts";

/** What steers a {@linkcode Learner}. */
export interface LearnerOptions {
  /** Default 0.9. */
  readonly beta1?: number;
  /** Default 0.99. */
  readonly beta2?: number;
  /** Decoupled weight decay of the matrices. Default 0. */
  readonly weightDecay?: number;
  /** Longest gradient norm that is not scaled down. Default 1. */
  readonly clip?: number;
}

/** What a step of learning measured. */
export interface LearnedStep {
  readonly loss: number;
  /** Norm of all gradients together, before clipping. */
  readonly gradientNorm: number;
}

/** Moves parameters by AdamW. Of a model with an adapter, the adapter's alone. */
export class Learner {
  readonly #variables: readonly tf.Variable[];
  /** One for each variable. */
  readonly #pieces: readonly Piece[];
  readonly #gradients: Region;
  /** All memory that is taken. */
  readonly #regions: readonly Region[];
  readonly #optimizer: AdamW;
  readonly #clip: number;
  #step = 0;

  constructor(
    parameters: ReadonlyMap<string, tf.Variable>,
    { beta1 = 0.9, beta2 = 0.99, weightDecay = 0, clip = 1 }: LearnerOptions = {},
  ) {
    const all = [...parameters];
    const adapter = all.filter(([name]) => isLoraParameter(name));
    const trained = adapter.length > 0 ? adapter : all;
    this.#variables = trained.map(([, variable]) => variable);
    this.#optimizer = new AdamW({ beta1, beta2, weightDecay });
    this.#clip = clip;
    const { slots, size } = layOut(trained.map(([name, { shape }]) => ({ name, shape })));
    const values = allocateRegion(size);
    this.#gradients = allocateRegion(size);
    const state = allocateRegion(stateLayout(this.#optimizer, slots).size);
    this.#regions = [values, this.#gradients, state];
    for (const region of this.#regions) regionView(region).fill(0);
    const stateOf = stateFinder(this.#optimizer, { slots, state });
    this.#pieces = slots.map((slot) => ({
      slot,
      values: subregion(values, slot.offset, slot.size),
      gradient: subregion(this.#gradients, slot.offset, slot.size),
      state: stateOf(slot),
    }));
  }

  /**
   * One step against the sum of `losses`, which are computed and differentiated one after another, so that a large batch
   * can be learned from in parts.
   *
   * @throws {ConfigError} if a loss is no finite number; the parameters are then as they were
   */
  step(
    losses: Iterable<() => tf.Scalar>,
    { learningRate }: { learningRate: number },
  ): LearnedStep {
    regionView(this.#gradients).fill(0);
    let loss = 0;
    for (const part of losses) loss += this.#addGradients(part);
    const gradientNorm = Math.sqrt(sumOfSquares(this.#gradients));
    if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) {
      throw new ConfigError(
        `Step ${
          this.#step + 1
        } gave a loss of ${loss} and a gradient norm of ${gradientNorm} at a learning rate of ` +
          `${learningRate}: try a third of it. The model is as it was before the step.`,
      );
    }
    this.#move({ learningRate, scale: gradientNorm > this.#clip ? this.#clip / gradientNorm : 1 });
    return { loss, gradientNorm };
  }

  /** Gives back what the learner remembers. */
  dispose(): void {
    this.#regions.forEach(freeRegion);
  }

  #addGradients(part: () => tf.Scalar): number {
    const { value, gradients } = valueAndGradients(part, this.#variables);
    const loss = value.dataSync()[0];
    for (const [i, piece] of this.#pieces.entries()) {
      const gradient = hostView(gradients[i]);
      const sum = regionView(piece.gradient);
      for (let j = 0; j < sum.length; j++) sum[j] += gradient[j];
    }
    tf.dispose([value, ...gradients]);
    return loss;
  }

  #move({ learningRate, scale }: { learningRate: number; scale: number }): void {
    for (const [i, { values }] of this.#pieces.entries()) {
      regionView(values).set(this.#variables[i].dataSync());
    }
    this.#optimizer.update(this.#pieces, { step: ++this.#step, learningRate, scale });
    for (const [i, { slot, values }] of this.#pieces.entries()) {
      const moved = tf.tensor(regionView(values).slice(), [...slot.shape], "float32");
      this.#variables[i].assign(moved);
      moved.dispose();
    }
  }
}
