// AdamW: Adam whose weight decay is apart from the gradient.

import * as tf from "@tensorflow/tfjs";
import { hostView } from "../tensor/host_view.ts";

/** What steers {@linkcode AdamW}. */
export interface AdamWOptions {
  /** How slowly the mean of the gradients forgets, 0 to 1. */
  readonly beta1: number;
  /** How slowly the mean of their squares forgets, 0 to 1. */
  readonly beta2: number;
  /** Added to the root of the squares. */
  readonly epsilon: number;
  /** Share of a decayed parameter that is taken away, times the learning rate, at each step. */
  readonly weightDecay: number;
  /** Which parameters decay; by default the matrices, since gains and biases have no size to keep small. */
  readonly decays?: (shape: readonly number[]) => boolean;
}

/** The two running means of one parameter's gradient. */
export interface Moments {
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/**
 * AdamW over the parameters of a model.
 *
 * @see Loshchilov & Hutter 2017, "Decoupled Weight Decay Regularization"
 */
export class AdamW {
  /** Steps taken so far. */
  steps = 0;
  readonly moments: ReadonlyMap<string, Moments>;
  readonly #parameters: ReadonlyMap<string, tf.Variable>;
  readonly #options: Required<AdamWOptions>;

  constructor(parameters: ReadonlyMap<string, tf.Variable>, options: AdamWOptions) {
    this.#parameters = parameters;
    this.#options = { decays: (shape) => shape.length > 1, ...options };
    this.moments = new Map(
      [...parameters].map(([name, { size }]) => [
        name,
        { first: new Float32Array(size), second: new Float32Array(size) },
      ]),
    );
  }

  /**
   * Moves every parameter one step against its gradient. All gradients together are first scaled
   * down to the norm `clip` if they are longer.
   *
   * @param gradients one for each parameter, by its name
   * @returns the norm of all gradients before clipping; where it is not finite nothing was moved
   */
  step(
    gradients: ReadonlyMap<string, tf.Tensor>,
    { learningRate, clip = Infinity }: { learningRate: number; clip?: number },
  ): { gradientNorm: number } {
    const gradientNorm = globalNorm(gradients.values());
    if (!Number.isFinite(gradientNorm)) return { gradientNorm };
    this.steps++;
    const scale = gradientNorm > clip ? clip / gradientNorm : 1;
    for (const [name, variable] of this.#parameters) {
      const moved = this.#moved(name, variable, { gradients, learningRate, scale });
      const tensor = tf.tensor(moved, variable.shape, "float32");
      variable.assign(tensor);
      tensor.dispose();
    }
    return { gradientNorm };
  }

  #moved(
    name: string,
    variable: tf.Variable,
    { gradients, learningRate, scale }: {
      gradients: ReadonlyMap<string, tf.Tensor>;
      learningRate: number;
      scale: number;
    },
  ): Float32Array {
    const { beta1, beta2, epsilon, weightDecay, decays } = this.#options;
    const { first, second } = this.moments.get(name)!;
    const gradient = hostView(gradients.get(name)!);
    const value = hostView(variable);
    const keep = 1 - (decays(variable.shape) ? learningRate * weightDecay : 0);
    const rate = learningRate / (1 - beta1 ** this.steps);
    const correction = 1 / Math.sqrt(1 - beta2 ** this.steps);
    const moved = new Float32Array(value.length);
    for (let i = 0; i < moved.length; i++) {
      const g = gradient[i] * scale;
      const m = first[i] = beta1 * first[i] + (1 - beta1) * g;
      const v = second[i] = beta2 * second[i] + (1 - beta2) * g * g;
      moved[i] = keep * value[i] - rate * m / (Math.sqrt(v) * correction + epsilon);
    }
    return moved;
  }
}

/** The length of all gradients taken as one vector. */
function globalNorm(gradients: Iterable<tf.Tensor>): number {
  let squares = 0;
  for (const gradient of gradients) {
    const values = hostView(gradient);
    for (let i = 0; i < values.length; i++) squares += values[i] * values[i];
  }
  return Math.sqrt(squares);
}
