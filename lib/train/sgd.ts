// Stochastic gradient descent with momentum.

import { arenaCompute } from "../tensor/backend.ts";
import type { KernelDefinition } from "../tensor/vectors/kernels.ts";
import { decays, type Optimizer, type Piece, type UpdateStep } from "./optimizer.ts";

/** What steers {@linkcode Sgd}. */
export interface SgdOptions {
  /** The share of the last step's velocity that stays, 0 to 1; 0 is plain descent. */
  readonly momentum: number;
  /** Share of a matrix that is added to its gradient. */
  readonly weightDecay: number;
}

const STATE = ["sgd.velocity"] as const;

/**
 * Each number has a velocity, which its gradient pushes: `v ← momentum · v + g; x ← x − rate · v`.
 *
 * @see Sutskever et al. 2013, "On the importance of initialization and momentum in deep learning"
 */
export class Sgd implements Optimizer {
  readonly #options: SgdOptions;

  constructor(options: SgdOptions) {
    this.#options = options;
  }

  stateNames(): readonly string[] {
    return STATE;
  }

  isDivisible(): boolean {
    return true;
  }

  update(pieces: readonly Piece[], { learningRate, scale }: UpdateStep): void {
    const { momentum, weightDecay } = this.#options;
    const { kernels } = arenaCompute();
    for (const { slot, values, gradient, state: [velocity] } of pieces) {
      const decay = decays(slot) ? weightDecay : 0;
      const arrays = [values, gradient, velocity].map(({ address }) => address);
      kernels.run(move, [values.length, momentum, scale, decay, learningRate, ...arrays]);
    }
  }
}

const move: KernelDefinition = {
  name: "SGD",
  write(code) {
    const size = code.count();
    const [momentum, scale] = [code.number(), code.number()];
    const [decay, rate] = [code.number(), code.number()];
    const [values, gradient, velocity] = [code.pointer(), code.pointer(), code.pointer()];
    code.columns(size, () => {
      const x = code.load(values);
      const pushed = code.multiplyAdd(x, decay, code.multiply(code.load(gradient), scale));
      const v = code.multiplyAdd(code.load(velocity), momentum, pushed);
      code.store(velocity, v);
      code.store(values, code.multiplySubtract(v, rate, x));
    });
  },
};
