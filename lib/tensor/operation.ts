// Differentiable operations that are one kernel forward and one backward on the arena's backend, and a
// composition of tfjs's own operations everywhere else.

import * as tf from "@tensorflow/tfjs";
import { ARENA_BACKEND } from "./arena/backend.ts";
import { isTapeOn, recordOperation } from "./arena/engine.ts";
import { type ArenaKernel, type Attributes, defineArenaKernel } from "./arena/kernel.ts";

/** Tensors by the names under which an operation knows them. */
export type Named = Record<string, tf.Tensor>;

/**
 * An operation with one float32 output. What its kernel puts out beside that is for the backward pass, which
 * finds it behind the saved inputs.
 */
export interface Operation extends ArenaKernel {
  /** The inputs that its backward pass needs. */
  readonly saves: readonly string[];
  /**
   * The gradients of those inputs that have one. Those that one kernel computes together are computed
   * at once, the others when they are asked for.
   *
   * @param dy the gradient of the output
   */
  readonly gradients: (
    dy: tf.Tensor,
    saved: tf.Tensor[],
    attributes: Attributes,
  ) => Record<string, () => tf.Tensor>;
  /** The definition, in plain tfjs: what the kernels must agree with. */
  readonly composed: (inputs: Named, attributes: Attributes) => tf.Tensor;
}

const names = new Set<string>();

/** Whether an operation of that name was made by {@linkcode defineOperation}. */
export function isOperation(name: string): boolean {
  return names.has(name);
}

/** Makes `operation` known to tfjs, and returns a function that applies it. */
export function defineOperation(
  operation: Operation,
): (inputs: Named, attributes?: Attributes) => tf.Tensor {
  names.add(operation.name);
  const run = defineArenaKernel(operation);
  tf.registerGradient({
    kernelName: operation.name,
    inputsToSave: [...operation.saves],
    gradFunc: (dy, saved, attributes) =>
      operation.gradients(dy as tf.Tensor, saved, attributes as unknown as Attributes),
  });
  return (inputs, attributes = {}) => {
    if (tf.getBackend() !== ARENA_BACKEND) {
      return tf.tidy(() => operation.composed(inputs, attributes));
    }
    const [output, ...others] = run(inputs, attributes);
    if (isTapeOn()) {
      const saved = [...operation.saves.map((name) => inputs[name]), ...others];
      recordOperation(operation.name, { inputs, output, saved, attributes });
    }
    for (const other of others) other.dispose();
    return output;
  };
}

/** Gradients that one kernel has computed, by the names of their inputs. */
export function computed<const Name extends string>(
  names: readonly Name[],
  gradients: tf.Tensor[],
): Record<Name, () => tf.Tensor> {
  const entries = names.map((name, i) => [name, () => gradients[i]]);
  return Object.fromEntries(entries) as Record<Name, () => tf.Tensor>;
}
