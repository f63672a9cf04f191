// The activations of the feed-forward layer, each a forward beside its backward. GELU by tanh and SwiGLU
// are built on the logistic function, which tfjs computes many lanes at a time where our loops take one.

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
 * Gaussian error linear unit as defined: `x · Φ(x)`, with the normal distribution's share Φ below x.
 *
 * @param x any shape
 * @returns same shape as `x`
 * @see Hendrycks & Gimpel 2016, "Gaussian Error Linear Units"
 */
export function geluExact(x: tf.Tensor): tf.Tensor {
  return differentiable({
    inputs: [x],
    forward() {
      const [output, below] = geluExactForward([x]);
      return { output, saved: [x, below] };
    },
    backward: (dy, [x, below]) => geluExactBackward([x, below, dy]),
  });
}

/**
 * The square of what is positive, and 0 for the rest.
 *
 * @param x any shape
 * @returns same shape as `x`
 * @see So et al. 2021, "Primer: Searching for Efficient Transformers for Language Modeling"
 */
export function relu2(x: tf.Tensor): tf.Tensor {
  return differentiable({
    inputs: [x],
    forward: () => ({ output: relu2Forward([x])[0], saved: [x] }),
    backward: (dy, [x]) => relu2Backward([x, dy]),
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

const geluExactForward = defineHostKernel({
  name: "DialsGeluExact",
  outputShapes: ([x]) => [x, x],
  run([x], [y, below]) {
    for (let i = 0; i < x.length; i++) {
      const share = normalShare(x[i]);
      below[i] = share;
      y[i] = x[i] * share;
    }
  },
});

const DENSITY = 1 / Math.sqrt(2 * Math.PI);

const geluExactBackward = defineHostKernel({
  name: "DialsGeluExactGrad",
  outputShapes: ([x]) => [x],
  run([x, below, dy], [dx]) {
    for (let i = 0; i < x.length; i++) {
      dx[i] = dy[i] * (below[i] + x[i] * DENSITY * Math.exp(-x[i] * x[i] / 2));
    }
  },
});

/**
 * The share of the standard normal distribution below x; the error stays under 1e-7.
 *
 * @see Abramowitz & Stegun 1964, formula 7.1.26
 */
function normalShare(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.SQRT1_2 * Math.abs(x));
  const tail = t * Math.exp(-x * x / 2) *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return x > 0 ? 1 - tail / 2 : tail / 2;
}

const relu2Forward = defineHostKernel({
  name: "DialsRelu2",
  outputShapes: ([x]) => [x],
  run([x], [y]) {
    for (let i = 0; i < x.length; i++) y[i] = x[i] > 0 ? x[i] * x[i] : 0;
  },
});

const relu2Backward = defineHostKernel({
  name: "DialsRelu2Grad",
  outputShapes: ([x]) => [x],
  run([x, dy], [dx]) {
    for (let i = 0; i < x.length; i++) dx[i] = x[i] > 0 ? 2 * x[i] * dy[i] : 0;
  },
});
