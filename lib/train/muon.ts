// Muon: the hidden matrices move by the nearest orthogonal matrix to their momentum, everything else by AdamW.

import { allocateRegion, freeRegion } from "../tensor/arena/regions.ts";
import { arenaCompute } from "../tensor/backend.ts";
import type { KernelDefinition } from "../tensor/vectors/kernels.ts";
import { AdamW, type AdamWOptions } from "./adamw.ts";
import { moveAverage } from "./average.ts";
import { type Slot, subregion } from "./layout.ts";
import { orthogonalize } from "./newton_schulz.ts";
import type { Optimizer, Piece, UpdateStep } from "./optimizer.ts";

/** What steers {@linkcode Muon}. */
export interface MuonOptions extends AdamWOptions {
  /** How slowly the momentum of the matrices forgets, 0 to 1. */
  readonly momentum: number;
  /** Learning rate of what AdamW moves, as a share of that of the matrices. */
  readonly restShare: number;
}

const STATE = ["muon.momentum"] as const;

/** Root mean square of an AdamW update, as it is met in training: Muon's steps are made as long. */
const USUAL_LENGTH = 0.2;

/**
 * Muon for the matrices inside the blocks and AdamW for embedding, head, gains and biases. A step of a
 * matrix of shape (m, n) is scaled by `0.2 · √max(m, n)`, so that one learning rate serves both.
 *
 * @see Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks"
 * @see Liu et al. 2025, "Muon is Scalable for LLM Training", for the scale
 */
export class Muon implements Optimizer {
  readonly #options: MuonOptions;
  readonly #rest: AdamW;

  constructor(options: MuonOptions) {
    this.#options = options;
    this.#rest = new AdamW(options);
  }

  stateNames(slot: Slot): readonly string[] {
    return isHiddenMatrix(slot) ? STATE : this.#rest.stateNames();
  }

  isDivisible(slot: Slot): boolean {
    return !isHiddenMatrix(slot);
  }

  update(pieces: readonly Piece[], step: UpdateStep): void {
    const learningRate = step.learningRate * this.#options.restShare;
    const rest = pieces.filter(({ slot }) => !isHiddenMatrix(slot));
    this.#rest.update(rest, { ...step, learningRate });
    // Matrices of one shape are orthogonalised together: many small products cost more than one large.
    const matrices = pieces.filter(({ slot }) => isHiddenMatrix(slot));
    for (const group of Map.groupBy(matrices, ({ slot }) => slot.shape.join()).values()) {
      this.#moveAll(group, step);
    }
  }

  /** Moves matrices of one shape. */
  #moveAll(pieces: readonly Piece[], { learningRate, scale }: UpdateStep): void {
    const { momentum, weightDecay } = this.#options;
    const { kernels } = arenaCompute();
    const [rows, columns] = pieces[0].slot.shape;
    const size = rows * columns;
    const stack = allocateRegion(pieces.length * size);
    const parts = pieces.map((_, i) => subregion(stack, i * size, size));
    const add = (1 - momentum) * scale;
    for (const [i, { gradient, state: [mean] }] of pieces.entries()) {
      const arrays = [gradient, mean, parts[i]].map(({ address }) => address);
      kernels.run(lookAhead, [size, momentum, add, ...arrays]);
    }
    orthogonalize(stack, { count: pieces.length, rows, columns });
    const rate = learningRate * USUAL_LENGTH * Math.sqrt(Math.max(rows, columns));
    for (const [i, { values }] of pieces.entries()) {
      const shares = [1 - learningRate * weightDecay, -rate];
      kernels.run(moveAverage, [size, ...shares, parts[i].address, values.address]);
    }
    freeRegion(stack);
  }
}

/** mean ← momentum · mean + add · g, and the same once more ahead of it, as Nesterov's. */
const lookAhead: KernelDefinition = {
  name: "Nesterov momentum",
  write(code) {
    const size = code.count();
    const [momentum, add] = [code.number(), code.number()];
    const [gradient, mean, ahead] = [code.pointer(), code.pointer(), code.pointer()];
    code.columns(size, () => {
      const push = code.multiply(code.load(gradient), add);
      const moved = code.multiplyAdd(code.load(mean), momentum, push);
      code.store(mean, moved);
      code.store(ahead, code.multiplyAdd(moved, momentum, push));
    });
  },
};

/** Whether `slot` is a matrix between two rows of activations, not a table of tokens or positions. */
function isHiddenMatrix({ name, shape }: Slot): boolean {
  return name.startsWith("blocks.") && shape.length === 2;
}
