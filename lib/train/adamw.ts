// AdamW: Adam whose weight decay is apart from the gradient.

import { arenaCompute } from "../tensor/backend.ts";
import type { KernelDefinition } from "../tensor/vectors/kernels.ts";
import type { Slot } from "./layout.ts";
import { decays, type Optimizer, type Piece, type UpdateStep } from "./optimizer.ts";

/** What steers {@linkcode AdamW}. */
export interface AdamWOptions {
  /** How slowly the mean of the gradients forgets, 0 to 1. */
  readonly beta1: number;
  /** How slowly the mean of their squares forgets, 0 to 1. */
  readonly beta2: number;
  /** Added to the root of the squares. Default 1e-8. */
  readonly epsilon?: number;
  /** Share of a decayed parameter that is taken away, times the learning rate, at each step. */
  readonly weightDecay: number;
  /** Which parameters decay; by default the matrices. */
  readonly decays?: (slot: Slot) => boolean;
}

const STATE = ["adamw.first", "adamw.second"] as const;

/**
 * AdamW: each number moves by the mean of its gradients over the root of the mean of their squares.
 *
 * @see Loshchilov & Hutter 2017, "Decoupled Weight Decay Regularization"
 */
export class AdamW implements Optimizer {
  readonly #options: Required<AdamWOptions>;

  constructor(options: AdamWOptions) {
    this.#options = { epsilon: 1e-8, decays, ...options };
  }

  stateNames(): readonly string[] {
    return STATE;
  }

  isDivisible(): boolean {
    return true;
  }

  update(pieces: readonly Piece[], { step, learningRate, scale }: UpdateStep): void {
    const { beta1, beta2, epsilon, weightDecay, decays } = this.#options;
    const { kernels } = arenaCompute();
    const means = [beta1, (1 - beta1) * scale, beta2, (1 - beta2) * scale * scale];
    const rate = learningRate / (1 - beta1 ** step);
    const correction = 1 / Math.sqrt(1 - beta2 ** step);
    for (const { slot, values, gradient, state: [first, second] } of pieces) {
      const keep = 1 - (decays(slot) ? learningRate * weightDecay : 0);
      const arrays = [values, gradient, first, second].map(({ address }) => address);
      kernels.run(move, [values.length, ...means, keep, rate, correction, epsilon, ...arrays]);
    }
  }
}

const move: KernelDefinition = {
  name: "AdamW",
  write(code) {
    const size = code.count();
    const [keepFirst, addFirst, keepSecond, addSecond] = [
      code.number(),
      code.number(),
      code.number(),
      code.number(),
    ];
    const [keep, rate, correction, epsilon] = [
      code.number(),
      code.number(),
      code.number(),
      code.number(),
    ];
    const [values, gradient] = [code.pointer(), code.pointer()];
    const [first, second] = [code.pointer(), code.pointer()];
    code.columns(size, () => {
      const g = code.load(gradient);
      const m = code.multiplyAdd(g, addFirst, code.multiply(code.load(first), keepFirst));
      code.store(first, m);
      const squares = code.multiply(code.multiply(g, g), addSecond);
      const v = code.multiplyAdd(code.load(second), keepSecond, squares);
      code.store(second, v);
      const size = code.multiplyAdd(code.root(v), correction, epsilon);
      const step = code.divide(code.multiply(m, rate), size);
      code.store(values, code.subtract(code.multiply(code.load(values), keep), step));
    });
  },
};
