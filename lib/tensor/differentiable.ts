// What makes a forward kernel and its backward kernel one differentiable operation.

import * as tf from "@tensorflow/tfjs";

/** An operation on float32 tensors with one output and its own gradient. */
export interface Differentiable {
  /** The inputs that get a gradient. */
  readonly inputs: readonly tf.Tensor[];
  /** The output, and whatever the backward pass wants to find again. */
  forward(): { output: tf.Tensor; saved: readonly tf.Tensor[] };
  /** The gradient of each input, in their order, from that of the output. */
  backward(outputGradient: tf.Tensor, saved: readonly tf.Tensor[]): tf.Tensor[];
}

/** Runs `operation` so that tfjs differentiates through it with its own backward pass. */
export function differentiable(operation: Differentiable): tf.Tensor {
  const custom = tf.customGrad((...args: unknown[]) => {
    const save = args[args.length - 1] as (tensors: tf.Tensor[]) => void;
    const { output, saved } = operation.forward();
    save([...saved]);
    return {
      value: output,
      gradFunc: (dy: tf.Tensor, kept: tf.Tensor[]) => operation.backward(dy, kept),
    };
  });
  return custom(...(operation.inputs as tf.Tensor[]));
}
