// One worker's copy of the model: the same parameters as everyone's, and its own way forward and back.

import * as tf from "@tensorflow/tfjs";
import type { Batch } from "../corpus/batches.ts";
import type { ModelConfig } from "../model/config.ts";
import { type ModelDropout, Transformer } from "../model/transformer.ts";
import { regionView, tensorOver } from "../tensor/arena/regions.ts";
import type { Region } from "../tensor/products/product.ts";
import { valueAndGradients } from "../tensor/gradients.ts";
import { IGNORED } from "../tensor/cross_entropy.ts";
import type { ModelLayout } from "./layout.ts";
import { isShared } from "./run_memory.ts";

/** The loss of a part of a batch, in its share of the whole, and how it changes with each parameter. */
export interface Backpropagated {
  readonly loss: number;
  /** Of the parameters that are trained, in the layout's order. */
  readonly gradients: readonly tf.Tensor[];
}

/** A model over parameters that lie in shared memory and change there. */
export class Replica {
  readonly #model: Transformer;
  readonly #parameters: readonly Region[];
  /** What gets a gradient. */
  readonly #trained: tf.Variable[];

  constructor(
    { config, layout, parameters }: {
      config: ModelConfig;
      layout: ModelLayout;
      parameters: readonly Region[];
    },
  ) {
    this.#parameters = parameters;
    const tensors = layout.slots.map(({ name, shape }, i): [string, tf.Tensor] => [
      name,
      tensorAt(parameters[i], [...shape]),
    ]);
    this.#model = Transformer.over(config, new Map(tensors));
    for (const [, tensor] of tensors) tensor.dispose();
    this.#trained = layout.trained.map(({ name }) => this.#model.parameters.get(name)!);
  }

  /**
   * One forward and one backward pass.
   *
   * @param options.weight what loss and gradients are multiplied by
   */
  async backpropagate(
    batch: Batch,
    { weight, dropout }: { weight: number; dropout?: ModelDropout },
  ): Promise<Backpropagated> {
    this.#refresh();
    const [x, y] = tensorsOf(batch);
    const { value, gradients } = valueAndGradients(() => {
      const loss = this.#model.loss(x, y, { dropout });
      return weight === 1 ? loss : tf.mul(loss, weight);
    }, this.#trained);
    const [loss] = await value.data();
    tf.dispose([x, y, value]);
    return { loss, gradients };
  }

  /** The mean loss over the targets of `batch`. */
  async loss(batch: Batch): Promise<number> {
    this.#refresh();
    const value = tf.tidy(() => this.#model.loss(...tensorsOf(batch)));
    const [loss] = await value.data();
    value.dispose();
    return loss;
  }

  dispose(): void {
    this.#model.dispose();
  }

  /** Brings the parameters to a backend that keeps a copy of its own. */
  #refresh(): void {
    if (isShared() || tf.getBackend() === "cpu") return; // there the tensors are the memory itself
    for (const [i, variable] of [...this.#model.parameters.values()].entries()) {
      const tensor = tensorAt(this.#parameters[i], variable.shape);
      variable.assign(tensor);
      tensor.dispose();
    }
  }
}

/** How many targets of `batch` count. */
export function countTargets({ targets }: Batch): number {
  let count = 0;
  for (let i = 0; i < targets.length; i++) if (targets[i] !== IGNORED) count++;
  return count;
}

function tensorAt(region: Region, shape: number[]): tf.Tensor {
  return isShared() ? tensorOver(region, shape) : tf.tensor(regionView(region), shape, "float32");
}

function tensorsOf({ inputs, targets, batch, context }: Batch): [tf.Tensor2D, tf.Tensor2D] {
  const shape: [number, number] = [batch, context];
  return [tf.tensor2d(inputs, shape, "int32"), tf.tensor2d(targets, shape, "int32")];
}
