// One worker's copy of the model: the same parameters as everyone's, and its own way forward and back.

import * as tf from "@tensorflow/tfjs";
import type { Batch } from "../corpus/batches.ts";
import type { ModelConfig } from "../model/config.ts";
import { type ModelDropout, Transformer } from "../model/transformer.ts";
import { regionView, tensorOver } from "../tensor/arena/regions.ts";
import type { Region } from "../tensor/products/product.ts";
import { valueAndGradients } from "../tensor/gradients.ts";
import { hostView } from "../tensor/host_view.ts";
import { RepeatedGradients } from "../tensor/repeated_gradients.ts";
import { batchLoss, fewPlaces, lossOf, tensorsOf } from "./batch_loss.ts";
import type { ModelLayout } from "./layout.ts";
import { isShared } from "./run_memory.ts";

/** The loss of a part of a batch, in its share of the whole, and how it changes with each parameter. */
export interface Backpropagated {
  readonly loss: number;
  /** Of the parameters that are trained, in the layout's order; valid until the next pass. */
  readonly gradients: readonly tf.Tensor[];
}

/** A model over parameters that lie in shared memory and change there. */
export class Replica {
  readonly #model: Transformer;
  readonly #parameters: readonly Region[];
  /** What gets a gradient. */
  readonly #trained: tf.Variable[];
  /** Gradients of the last pass that was not recorded. */
  #gradients: readonly tf.Tensor[] = [];
  #pass: RepeatedPass | undefined;
  #shape: Pick<Batch, "batch" | "context"> | undefined;

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
    this.release();
    const few = dropout === undefined ? fewPlaces(batch) : undefined;
    const isPlain = dropout === undefined && few === undefined;
    if (isShared() && isPlain && this.#comesAgain(batch)) {
      this.#pass ??= new RepeatedPass(this.#model, { batch, trained: this.#trained });
      return this.#pass.backpropagate(batch, { weight });
    }
    const tensors = tensorsOf(batch, few);
    const seed = tf.scalar(weight);
    const loss = () => lossOf(this.#model, tensors, { dropout });
    const { value, gradients } = valueAndGradients(loss, this.#trained, { seed });
    this.#gradients = gradients;
    const [unweighted] = await value.data();
    tf.dispose([tensors, { seed, value }]);
    return { loss: weight * unweighted, gradients };
  }

  /** The mean loss over the targets of `batch`. */
  async loss(batch: Batch): Promise<number> {
    this.#refresh();
    const compute = () => tf.tidy(() => batchLoss(this.#model, batch));
    const value = this.#pass === undefined ? compute() : this.#pass.within(compute);
    const [loss] = await value.data();
    value.dispose();
    return loss;
  }

  /** Gives back gradients that nobody reads any more. */
  release(): void {
    tf.dispose([...this.#gradients]);
    this.#gradients = [];
  }

  dispose(): void {
    this.release();
    this.#pass?.dispose();
    this.#model.dispose();
  }

  /**
   * Whether a batch has the shape of the one before, so that passes over it are worth recording. A recording of
   * another shape is given up.
   */
  #comesAgain({ batch, context }: Batch): boolean {
    const isSame = this.#shape?.batch === batch && this.#shape.context === context;
    this.#shape = { batch, context };
    if (isSame) return true;
    this.#pass?.dispose();
    this.#pass = undefined;
    return false;
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

/** Passes over batches of one shape, recorded. */
class RepeatedPass {
  readonly #inputs: tf.Tensor2D;
  readonly #targets: tf.Tensor;
  readonly #passes: RepeatedGradients;

  constructor(
    model: Transformer,
    { batch, trained }: { batch: Batch; trained: readonly tf.Variable[] },
  ) {
    const tensors = tensorsOf(batch);
    [this.#inputs, this.#targets] = [tensors.inputs, tensors.targets];
    this.#passes = new RepeatedGradients(() => lossOf(model, tensors), trained);
  }

  backpropagate({ inputs, targets }: Batch, { weight }: { weight: number }): Backpropagated {
    hostView(this.#inputs).set(inputs);
    hostView(this.#targets).set(targets);
    return this.#passes.compute({ weight });
  }

  /** Does `work` in the memory of the passes. */
  within<T>(work: () => T): T {
    return this.#passes.within(work);
  }

  dispose(): void {
    this.#passes.dispose();
    tf.dispose([this.#inputs, this.#targets]);
  }
}

function tensorAt(region: Region, shape: number[]): tf.Tensor {
  return isShared() ? tensorOver(region, shape) : tf.tensor(regionView(region), shape, "float32");
}
