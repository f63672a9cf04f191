// The two activations of the feed-forward layer, each a forward beside its backward.

import type * as tf from "@tensorflow/tfjs";
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
    forward: () => ({ output: geluForward([x])[0], saved: [x] }),
    backward: (dy, [x]) => geluBackward([x, dy]),
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
    forward: () => ({ output: swigluForward([gate, up])[0], saved: [gate, up] }),
    backward: (dy, [gate, up]) => swigluBackward([gate, up, dy]),
  });
}

const SLOPE = 2 * Math.sqrt(2 / Math.PI);
const CUBIC = 0.044715;

const geluForward = defineHostKernel({
  name: "DialsGelu",
  outputShapes: ([x]) => [x],
  run([x], [y]) {
    for (let i = 0; i < x.length; i++) {
      const v = x[i];
      y[i] = v / (1 + Math.exp(-SLOPE * (v + CUBIC * v * v * v)));
    }
  },
});

const geluBackward = defineHostKernel({
  name: "DialsGeluGrad",
  outputShapes: ([x]) => [x],
  run([x, dy], [dx]) {
    for (let i = 0; i < x.length; i++) {
      const v = x[i];
      const gate = 1 / (1 + Math.exp(-SLOPE * (v + CUBIC * v * v * v)));
      const slope = SLOPE * (1 + 3 * CUBIC * v * v);
      dx[i] = dy[i] * (gate + v * gate * (1 - gate) * slope);
    }
  },
});

const swigluForward = defineHostKernel({
  name: "DialsSwiglu",
  outputShapes: ([gate]) => [gate],
  run([gate, up], [y]) {
    for (let i = 0; i < gate.length; i++) y[i] = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
  },
});

const swigluBackward = defineHostKernel({
  name: "DialsSwigluGrad",
  outputShapes: ([gate, up]) => [gate, up],
  run([gate, up, dy], [dGate, dUp]) {
    for (let i = 0; i < gate.length; i++) {
      const g = gate[i];
      const open = 1 / (1 + Math.exp(-g));
      dUp[i] = dy[i] * g * open;
      dGate[i] = dy[i] * up[i] * open * (1 + g * (1 - open));
    }
  },
});
