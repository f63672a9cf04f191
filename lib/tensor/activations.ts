// The two activations of the feed-forward layer, each a forward beside its backward. Both are built on
// the logistic function, which tfjs computes many lanes at a time where our loops take one.

import * as tf from "@tensorflow/tfjs";
import { ShapeError } from "../errors.ts";
import { differentiable } from "./differentiable.ts";
import { defineHostKernel } from "./host_kernel.ts";

/**
 * Gaussian error linear unit in its tanh form, as GPT-2 has it. Written with a sigmoid, since
 * `(1 + tanh(u)) / 2 = σ(2u)`.
 *
 * @param x any shape
 * @returns same shape as `x`
 * @see Hendrycks & Gimpel 2016, "Gaussian Error Linear Units"
 */
export function gelu(x: tf.Tensor): tf.Tensor {
  return differentiable({
    inputs: [x],
    forward() {
      const [argument] = geluArgument([x]);
      const open = tf.sigmoid(argument);
      return { output: tf.mul(x, open), saved: [x, open] };
    },
    backward: (dy, [x, open]) => geluBackward([x, open, dy]),
  });
}

/**
 * The gate of SwiGLU: `silu(gate) · up`, with `silu(g) = g · σ(g)`.
 *
 * @param gate any shape
 * @param up the shape of `gate`
 * @returns same shape
 * @throws {ShapeError} if the shapes differ
 * @see Shazeer 2020, "GLU Variants Improve Transformer"
 */
export function swiglu(gate: tf.Tensor, up: tf.Tensor): tf.Tensor {
  if (gate.shape.join() !== up.shape.join()) {
    throw new ShapeError(
      `swiglu needs two tensors of one shape, but got (${gate.shape}) and (${up.shape}).`,
    );
  }
  return differentiable({
    inputs: [gate, up],
    forward() {
      const open = tf.sigmoid(gate);
      return { output: swigluForward([gate, up, open])[0], saved: [gate, up, open] };
    },
    backward: (dy, [gate, up, open]) => swigluBackward([gate, up, open, dy]),
  });
}

const SLOPE = 2 * Math.sqrt(2 / Math.PI);
const CUBIC = 0.044715;

/** What GPT-2's tanh form puts under the logistic function. */
const geluArgument = defineHostKernel({
  name: "DialsGeluArgument",
  outputShapes: ([x]) => [x],
  run([x], [y]) {
    for (let i = 0; i < x.length; i++) y[i] = SLOPE * (x[i] + CUBIC * x[i] * x[i] * x[i]);
  },
});

const geluBackward = defineHostKernel({
  name: "DialsGeluGrad",
  outputShapes: ([x]) => [x],
  run([x, open, dy], [dx]) {
    for (let i = 0; i < x.length; i++) {
      const slope = SLOPE * (1 + 3 * CUBIC * x[i] * x[i]);
      dx[i] = dy[i] * open[i] * (1 + x[i] * (1 - open[i]) * slope);
    }
  },
});

const swigluForward = defineHostKernel({
  name: "DialsSwiglu",
  outputShapes: ([gate]) => [gate],
  run([gate, up, open], [y]) {
    for (let i = 0; i < gate.length; i++) y[i] = gate[i] * open[i] * up[i];
  },
});

const swigluBackward = defineHostKernel({
  name: "DialsSwigluGrad",
  outputShapes: ([gate, up]) => [gate, up],
  run([gate, up, open, dy], [dGate, dUp]) {
    for (let i = 0; i < gate.length; i++) {
      const pull = dy[i] * open[i];
      dUp[i] = pull * gate[i];
      dGate[i] = pull * up[i] * (1 + gate[i] * (1 - open[i]));
    }
  },
});
