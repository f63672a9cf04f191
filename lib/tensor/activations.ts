// The activation functions of feed-forward layers, forward beside backward.

import * as tf from "@tensorflow/tfjs";
import { ShapeError } from "../errors.ts";
import { defineArenaKernel } from "./arena/kernel.ts";
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
  forward: (code, x) => code.divide(x, geluDivisor(code, x, code.multiply(x, x))),
  slope(code, x) {
    const squares = code.multiply(x, x);
    const open = code.divide(code.constant(1), geluDivisor(code, x, squares));
    const steepness = code.multiplyAdd(
      squares,
      code.constant(3 * SLOPE * CUBIC),
      code.constant(SLOPE),
    );
    const closing = code.multiply(x, code.subtract(code.constant(1), open));
    return code.multiply(open, code.multiplyAdd(closing, steepness, code.constant(1)));
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
  forward(code, x) {
    const { size, tail } = normalTail(code, x);
    // For positive x this is x − x · tail, else x · tail.
    return code.multiplySubtract(size, tail, code.max(x, code.constant(0)));
  },
  slope(code, x) {
    const { size, tail, bell } = normalTail(code, x);
    const fromMiddle = code.subtract(code.constant(0.5), tail);
    const sign = code.divide(x, code.max(size, code.constant(1e-30)));
    const below = code.multiplyAdd(sign, fromMiddle, code.constant(0.5));
    return code.multiplyAdd(code.multiply(x, bell), code.constant(DENSITY), below);
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
  forward(code, x) {
    const positive = code.max(x, code.constant(0));
    return code.multiply(positive, positive);
  },
  slope: (code, x) => code.multiply(code.max(x, code.constant(0)), code.constant(2)),
  composed: (x) => tf.square(tf.relu(x)),
});

/** A function of each number alone: its values, its slope, and its definition. */
function defineActivation(
  name: string,
  { forward, slope, composed }: {
    forward: (code: KernelCode, x: Vector) => Vector;
    slope: (code: KernelCode, x: Vector) => Vector;
    composed: (x: tf.Tensor) => tf.Tensor;
  },
): (inputs: { x: tf.Tensor }) => tf.Tensor {
  const values: KernelDefinition = {
    name,
    write(code) {
      const [size, from, to] = [code.count(), code.pointer(), code.pointer()];
      code.columns(size, () => code.store(to, forward(code, code.load(from))));
    },
  };
  const slopes: KernelDefinition = {
    name: `gradient of ${name}`,
    write(code) {
      const size = code.count();
      const [x, dy, dx] = [code.pointer(), code.pointer(), code.pointer()];
      code.columns(size, () => {
        code.store(dx, code.multiply(code.load(dy), slope(code, code.load(x))));
      });
    },
  };
  const gradient = defineArenaKernel({
    name: `${name}Gradient`,
    outputs: ([x]) => [x],
    run({ inputs: [x, dy], outputs: [dx], kernels }) {
      kernels.run(slopes, [x.size, x.address, dy.address, dx.address]);
    },
  });
  return defineOperation({
    name,
    outputs: ([x]) => [x],
    run({ inputs: [x], outputs: [y], kernels }) {
      kernels.run(values, [x.size, x.address, y.address]);
    },
    saves: ["x"],
    gradients: (dy, [x]) => ({ x: () => gradient({ x, dy })[0] }),
    composed: ({ x }) => composed(x),
  });
}

const swigluOperation = defineOperation({
  name: "DialsSwiglu",
  outputs: ([gate]) => [gate],
  run({ inputs: [gate, up], outputs: [y], kernels }) {
    kernels.run(swigluForward, [gate.size, gate.address, up.address, y.address]);
  },
  saves: ["gate", "up"],
  gradients: (dy, [gate, up]) => computed(["gate", "up"], swigluGradient({ gate, up, dy })),
  composed: ({ gate, up }) => tf.mul(tf.mul(gate, tf.sigmoid(gate)), up),
});

const swigluGradient = defineArenaKernel({
  name: "DialsSwigluGradient",
  outputs: ([gate, up]) => [gate, up],
  run({ inputs, outputs, kernels }) {
    const arrays = [...inputs, ...outputs].map(({ address }) => address);
    kernels.run(swigluBackward, [inputs[0].size, ...arrays]);
  },
});

const swigluForward: KernelDefinition = {
  name: "SwiGLU",
  write(code) {
    const size = code.count();
    const [inGate, inUp, to] = [code.pointer(), code.pointer(), code.pointer()];
    code.columns(size, () => {
      const gate = code.load(inGate);
      const silu = code.multiply(gate, logistic(code, gate));
      code.store(to, code.multiply(silu, code.load(inUp)));
    });
  },
};

const swigluBackward: KernelDefinition = {
  name: "gradient of SwiGLU",
  write(code) {
    const size = code.count();
    const [inGate, inUp, inDy] = [code.pointer(), code.pointer(), code.pointer()];
    const [outGate, outUp] = [code.pointer(), code.pointer()];
    code.columns(size, () => {
      const gate = code.load(inGate);
      const open = logistic(code, gate);
      const pull = code.multiply(code.load(inDy), open);
      code.store(outUp, code.multiply(pull, gate));
      const closing = code.multiply(gate, code.subtract(code.constant(1), open));
      const rise = code.add(closing, code.constant(1));
      code.store(outGate, code.multiply(code.multiply(pull, code.load(inUp)), rise));
    });
  },
};
