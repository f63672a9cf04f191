// Steps of learning from any loss: for preferences and rewards, whose losses are not that of the next token.

import * as tf from "@tensorflow/tfjs";
import { ConfigError } from "../errors.ts";
import { allocateRegion, freeRegion, regionOf, regionView } from "../tensor/arena/regions.ts";
import type { Region } from "../tensor/products/product.ts";
import { AdamW } from "../train/adamw.ts";
import { subregion } from "../train/layout.ts";
import { type Piece, stateFinder, stateLayout } from "../train/optimizer.ts";
import { isShared } from "../train/run_memory.ts";
import { addTo, sumOfSquares } from "../train/sums.ts";
import { gradientLayout, GradientSum, trainedParameters } from "./gradient_sum.ts";

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

/** A parameter that moves, all but its gradient. */
interface Moved extends Omit<Piece, "gradient"> {
  readonly variable: tf.Variable;
}

/** Moves parameters by AdamW. Of a model with an adapter, the adapter's alone. */
export class Learner {
  readonly #trained: ReadonlyMap<string, tf.Variable>;
  readonly #moved: readonly Moved[];
  /** Memory that is the learner's own. */
  readonly #regions: readonly Region[];
  readonly #optimizer: AdamW;
  readonly #clip: number;
  /** Made when it is first needed: gradients may come from elsewhere. */
  #sum: GradientSum | undefined;
  #step = 0;

  constructor(
    parameters: ReadonlyMap<string, tf.Variable>,
    { beta1 = 0.9, beta2 = 0.99, weightDecay = 0, clip = 1 }: LearnerOptions = {},
  ) {
    this.#trained = trainedParameters(parameters);
    this.#optimizer = new AdamW({ beta1, beta2, weightDecay });
    this.#clip = clip;
    const { slots, size } = gradientLayout(this.#trained);
    const state = allocateRegion(stateLayout(this.#optimizer, slots).size);
    // Where tensors lie in the arena they are moved in place: other threads may be reading there.
    const copies = allocateRegion(isShared() ? 0 : size);
    this.#regions = [state, copies];
    regionView(state).fill(0);
    const stateOf = stateFinder(this.#optimizer, { slots, state });
    const variables = [...this.#trained.values()];
    this.#moved = slots.map((slot, i) => ({
      slot,
      variable: variables[i],
      values: isShared() ? regionOf(variables[i]) : subregion(copies, slot.offset, slot.size),
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
    this.#sum ??= new GradientSum(this.#trained);
    this.#sum.clear();
    let loss = 0;
    for (const part of losses) loss += this.#sum.add(part);
    return this.move([this.#sum.region], { loss, learningRate });
  }

  /**
   * One step against gradients that have been found already, laid out as {@linkcode gradientLayout} says. The first of
   * them becomes the sum of all.
   *
   * @param options.loss the loss that they are of
   * @throws {ConfigError} as {@linkcode Learner.step}
   */
  move(
    [sum, ...terms]: readonly Region[],
    { loss, learningRate }: { loss: number; learningRate: number },
  ): LearnedStep {
    for (const term of terms) addTo(sum, term);
    const gradientNorm = Math.sqrt(sumOfSquares(sum));
    if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) {
      throw new ConfigError(
        `Step ${
          this.#step + 1
        } gave a loss of ${loss} and a gradient norm of ${gradientNorm} at a learning rate of ` +
          `${learningRate}: try a third of it. The model is as it was before the step.`,
      );
    }
    const scale = gradientNorm > this.#clip ? this.#clip / gradientNorm : 1;
    const pieces = this.#moved.map(({ slot, values, state }): Piece => ({
      ...{ slot, values, state },
      gradient: subregion(sum, slot.offset, slot.size),
    }));
    if (!isShared()) {
      for (const { variable, values } of this.#moved) regionView(values).set(variable.dataSync());
    }
    this.#optimizer.update(pieces, { step: ++this.#step, learningRate, scale });
    if (!isShared()) this.#giveBack();
    return { loss, gradientNorm };
  }

  /** Gives back what the learner remembers. */
  dispose(): void {
    this.#sum?.dispose();
    this.#regions.forEach(freeRegion);
  }

  /** Brings what was moved to a backend that has a memory of its own. */
  #giveBack(): void {
    for (const { slot, variable, values } of this.#moved) {
      const moved = tf.tensor(regionView(values).slice(), [...slot.shape], "float32");
      variable.assign(moved);
      moved.dispose();
    }
  }
}
