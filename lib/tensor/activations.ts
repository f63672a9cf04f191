// The activation functions of feed-forward layers. Forward and backward want the same exponential, which
// is most of the work: so the slope is computed on the way forward, and the way back is a product.

import * as tf from "@tensorflow/tfjs";
import { ShapeError } from "../errors.ts";
import { defineArenaKernel } from "./arena/kernel.ts";
import { elementwise } from "./arena/rows.ts";
import { computed, defineOperation } from "./operation.ts";
import type { KernelCode, Vector } from "./vectors/code.ts";
import type { KernelDefinition } from "./vectors/kernels.ts";
import { exponential, logistic } from "./vectors/math.ts";

/**
 * Gaussian error linear unit in its tanh form, as GPT-2 has it. Written with a logistic function, since
 * `(1 + tanh(u)) / 2 = σ(2u)`.
 *
 * @param x any shape
 * @returns same shape as `x`
 * @see Hendrycks & Gimpel 2016, "Gaussian Error Linear Units"
 */
export function gelu(x: tf.Tensor): tf.Tensor {
  return geluOperation({ x });
}

/**
 * Gaussian error linear unit as defined: `x · Φ(x)`, with the normal distribution's share Φ below x.
 *
 * @param x any shape
 * @returns same shape as `x`
 * @see Hendrycks & Gimpel 2016, "Gaussian Error Linear Units"
 */
export function geluExact(x: tf.Tensor): tf.Tensor {
  return geluExactOperation({ x });
}

/**
 * The square of what is positive, and 0 for the rest.
 *
 * @param x any shape
 * @returns same shape as `x`
 * @see So et al. 2021, "Primer: Searching for Efficient Transformers for Language Modeling"
 */
export function relu2(x: tf.Tensor): tf.Tensor {
  return relu2Operation({ x });
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
  return swigluOperation({ gate, up });
}

/** What the tanh form puts under the logistic function is `SLOPE · (x + CUBIC · x³)`. */
const SLOPE = 2 * Math.sqrt(2 / Math.PI);
const CUBIC = 0.044715;

const geluOperation = defineActivation("DialsGelu", {
  write(code, x) {
    const squares = code.multiply(x, x);
    const open = code.divide(code.constant(1), geluDivisor(code, x, squares));
    const steepness = code.multiplyAdd(
      squares,
      code.constant(3 * SLOPE * CUBIC),
      code.constant(SLOPE),
    );
    const value = code.multiply(x, open);
    const closing = code.multiplySubtract(value, open, value); // x · open · (1 − open)
    return { value, slope: code.multiplyAdd(closing, steepness, open) };
  },
  composed(x) {
    const u = tf.mul(tf.add(x, tf.mul(tf.mul(x, tf.square(x)), CUBIC)), SLOPE);
    return tf.mul(x, tf.sigmoid(u));
  },
});

/** 1 + e^−u, whose inverse is how open the gate is. */
function geluDivisor(code: KernelCode, x: Vector, squares: Vector): Vector {
  const factor = code.multiplyAdd(squares, code.constant(-SLOPE * CUBIC), code.constant(-SLOPE));
  return code.add(exponential(code, code.multiply(factor, x)), code.constant(1));
}

const geluExactOperation = defineActivation("DialsGeluExact", {
  write(code, x) {
    const { size, tail, bell } = normalTail(code, x);
    const fromMiddle = code.subtract(code.constant(0.5), tail);
    const sign = code.divide(x, code.max(size, code.constant(1e-30)));
    const below = code.multiplyAdd(sign, fromMiddle, code.constant(0.5));
    const slope = code.multiplyAdd(code.multiply(x, bell), code.constant(DENSITY), below);
    // For positive x this is x − x · tail, else x · tail.
    return { value: code.multiplySubtract(size, tail, code.max(x, code.constant(0))), slope };
  },
  composed: (x) => tf.mul(x, tf.div(tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2))), 2)),
});

const DENSITY = 1 / Math.sqrt(2 * Math.PI);

/**
 * The size of x, the share of the standard normal distribution beyond it, and e^(−x²/2). The error of the
 * share stays under 1e-7.
 *
 * @see Abramowitz & Stegun 1964, formula 7.1.26
 */
function normalTail(code: KernelCode, x: Vector): { size: Vector; tail: Vector; bell: Vector } {
  const size = code.max(x, code.subtract(code.constant(0), x));
  const bell = exponential(code, code.multiply(code.multiply(x, x), code.constant(-0.5)));
  const steps = code.constant(0.3275911 * Math.SQRT1_2);
  const t = code.divide(
    code.constant(1),
    code.multiplyAdd(size, steps, code.variable(1)),
  );
  const coefficients = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592];
  let sum = code.variable(coefficients[0] / 2);
  for (const coefficient of coefficients.slice(1)) {
    sum = code.multiplyAdd(sum, t, code.constant(coefficient / 2));
  }
  return { size, tail: code.multiply(code.multiply(sum, t), bell), bell };
}

const relu2Operation = defineActivation("DialsRelu2", {
  write(code, x) {
    const positive = code.max(x, code.constant(0));
    return { value: code.multiply(positive, positive), slope: code.add(positive, positive) };
  },
  composed: (x) => tf.square(tf.relu(x)),
});

/** A function of each number alone: how its values and slopes are computed, and its definition. */
function defineActivation(
  name: string,
  { write, composed }: {
    write: (code: KernelCode, x: Vector) => { value: Vector; slope: Vector };
    composed: (x: tf.Tensor) => tf.Tensor;
  },
): (inputs: { x: tf.Tensor }) => tf.Tensor {
  const kernel: KernelDefinition = {
    name,
    write(code) {
      const [size, x] = [code.count(), code.pointer()];
      const [y, slopes] = [code.pointer(), code.pointer()];
      code.columns(size, () => {
        const { value, slope } = write(code, code.load(x));
        code.store(y, value);
        code.store(slopes, slope);
      });
    },
  };
  return defineOperation({
    name,
    outputs: ([x]) => [x, x],
    run({ inputs: [x], outputs: [y, slopes], kernels }) {
      kernels.run(kernel, [x.size, x.address, y.address, slopes.address]);
    },
    saves: [],
    gradients: (dy, [slopes]) => ({ x: () => product({ dy, slopes })[0] }),
    composed: ({ x }) => composed(x),
  });
}

const product = defineArenaKernel({
  name: "DialsActivationGradient",
  outputs: ([dy]) => [dy],
  run({ inputs: [dy, slopes], outputs: [dx], kernels }) {
    kernels.run(multiplyElements, [dy.size, dy.address, slopes.address, dx.address]);
  },
});

const multiplyElements = elementwise("multiply");

const swigluOperation = defineOperation({
  name: "DialsSwiglu",
  outputs: ([gate]) => [gate, gate, gate],
  run({ inputs, outputs, kernels }) {
    const arrays = [...inputs, ...outputs].map(({ address }) => address);
    kernels.run(swigluForward, [inputs[0].size, ...arrays]);
  },
  saves: [],
  gradients: (dy, [gateSlopes, upSlopes]) =>
    computed(["gate", "up"], swigluGradient({ dy, gateSlopes, upSlopes })),
  composed: ({ gate, up }) => tf.mul(tf.mul(gate, tf.sigmoid(gate)), up),
});

const swigluGradient = defineArenaKernel({
  name: "DialsSwigluGradient",
  outputs: ([dy]) => [dy, dy],
  run({ inputs, outputs, kernels }) {
    const arrays = [...inputs, ...outputs].map(({ address }) => address);
    kernels.run(swigluBackward, [inputs[0].size, ...arrays]);
  },
});

const swigluForward: KernelDefinition = {
  name: "SwiGLU",
  write(code) {
    const size = code.count();
    const [inGate, inUp, y] = [code.pointer(), code.pointer(), code.pointer()];
    const [gateSlopes, upSlopes] = [code.pointer(), code.pointer()];
    code.columns(size, () => {
      const [gate, up] = [code.load(inGate), code.load(inUp)];
      const open = logistic(code, gate);
      const silu = code.multiply(gate, open);
      code.store(y, code.multiply(silu, up));
      code.store(upSlopes, silu);
      const slope = code.add(code.multiplySubtract(silu, open, silu), open);
      code.store(gateSlopes, code.multiply(slope, up));
    });
  },
};

const swigluBackward: KernelDefinition = {
  name: "gradient of SwiGLU",
  write(code) {
    const size = code.count();
    const [dy, gateSlopes, upSlopes] = [code.pointer(), code.pointer(), code.pointer()];
    const [dGate, dUp] = [code.pointer(), code.pointer()];
    code.columns(size, () => {
      const g = code.load(dy);
      code.store(dGate, code.multiply(g, code.load(gateSlopes)));
      code.store(dUp, code.multiply(g, code.load(upSlopes)));
    });
  },
};
