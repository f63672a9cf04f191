// Layer normalisation, forward beside backward.

import * as tf from "@tensorflow/tfjs";
import { defineArenaKernel } from "./arena/kernel.ts";
import { expectLastAxis } from "./expect.ts";
import { computed, defineOperation } from "./operation.ts";
import type { Integer, KernelCode, Vector } from "./vectors/code.ts";
import type { KernelDefinition } from "./vectors/kernels.ts";

/**
 * Layer normalisation: each row is shifted to mean 0 and scaled to variance 1, then multiplied by
 * `gain` and moved by `bias`.
 *
 * @param x activations, shape (..., D)
 * @param affine learned `gain` and `bias`, each of shape (D); without a bias nothing is moved
 * @returns same shape as `x`
 * @throws {ShapeError} if the last axis of `x` is not as long as `gain`
 * @see Ba, Kiros & Hinton 2016, "Layer Normalization"
 */
export function layerNorm(
  x: tf.Tensor,
  affine: { gain: tf.Tensor; bias?: tf.Tensor },
  { epsilon = 1e-5 } = {},
): tf.Tensor {
  const { gain, bias } = affine;
  expectLastAxis("layerNorm", x, gain.size);
  return bias === undefined
    ? unmoved({ x, gain }, { epsilon })
    : moved({ x, gain, bias }, { epsilon });
}

const moved = defineOperation({
  name: "DialsLayerNorm",
  outputs: ([x]) => [x],
  run({ inputs: [x, gain, bias], outputs: [y], attributes: { epsilon }, kernels }) {
    const sizes = [x.size / x.width, x.width, epsilon, 1 / x.width];
    kernels.run(forward, [...sizes, x.address, gain.address, y.address, bias.address]);
  },
  saves: ["x", "gain"],
  gradients: (dy, [x, gain], { epsilon }) =>
    computed(["x", "gain", "bias"], gradient({ x, gain, dy }, { epsilon })),
  composed: ({ x, gain, bias }, { epsilon }) => tf.add(composed(x, gain, epsilon), bias),
});

const unmoved = defineOperation({
  name: "DialsLayerNormWithoutBias",
  outputs: ([x]) => [x],
  run({ inputs: [x, gain], outputs: [y], attributes: { epsilon }, kernels }) {
    const sizes = [x.size / x.width, x.width, epsilon, 1 / x.width];
    kernels.run(forwardWithoutBias, [...sizes, x.address, gain.address, y.address]);
  },
  saves: ["x", "gain"],
  gradients: (dy, [x, gain], { epsilon }) =>
    computed(["x", "gain"], gradient({ x, gain, dy }, { epsilon })),
  composed: ({ x, gain }, { epsilon }) => composed(x, gain, epsilon),
});

function composed(x: tf.Tensor, gain: tf.Tensor, epsilon: number): tf.Tensor {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true); // (..., 1)
  return tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon))), gain);
}

const gradient = defineArenaKernel({
  name: "DialsLayerNormGradient",
  outputs: ([x, gain]) => [x, gain, gain],
  run({ inputs, outputs, attributes: { epsilon }, kernels }) {
    const [{ size, width }] = inputs;
    const arrays = [...inputs, ...outputs].map(({ address }) => address);
    kernels.run(backward, [size / width, width, epsilon, 1 / width, ...arrays]);
  },
});

interface Row {
  readonly x: Integer;
  readonly width: Integer;
  readonly epsilon: Vector;
  /** 1 / D. */
  readonly share: Vector;
}

/** The mean of a row, and one by its standard deviation. */
function statistics(code: KernelCode, row: Row): { mean: Vector; scale: Vector } {
  const { x, width, epsilon, share } = row;
  const sum = code.variable(0);
  code.columns(width, () => code.gather(sum, code.load(x)));
  const mean = code.multiply(code.sum(sum), share);
  const squares = code.variable(0);
  code.columns(width, () => {
    const centred = code.subtract(code.load(x), mean);
    code.gatherProduct(squares, centred, centred);
  });
  const variance = code.multiplyAdd(code.sum(squares), share, epsilon);
  return { mean, scale: code.divide(code.constant(1), code.root(variance)) };
}

const forward = forwardKernel("layer norm", (code) => {
  const bias = code.pointer();
  return (normal, gain) => code.multiplyAdd(normal, gain, code.load(bias));
});

const forwardWithoutBias = forwardKernel(
  "layer norm without bias",
  (code) => (normal, gain) => code.multiply(normal, gain),
);

/** @param begin what the kernel begins with, behind its parameters, and how its outputs are made */
function forwardKernel(
  name: string,
  begin: (code: KernelCode) => (normal: Vector, gain: Vector) => Vector,
): KernelDefinition {
  return {
    name,
    write(code) {
      const [rows, width] = [code.count(), code.count()];
      const [epsilon, share] = [code.number(), code.number()];
      const [x, gain, y] = [code.pointer(), code.pointer(), code.pointer()];
      const scaled = begin(code);
      const bytes = code.bytes(width);
      code.repeat(rows, () => {
        const { mean, scale } = statistics(code, { x, width, epsilon, share });
        code.columns(width, () => {
          const normal = code.multiply(code.subtract(code.load(x), mean), scale);
          code.store(y, scaled(normal, code.load(gain)));
        });
        for (const pointer of [x, y]) code.advance(pointer, bytes);
      });
    },
  };
}

const backward: KernelDefinition = {
  name: "gradient of layer norm",
  write(code) {
    const [rows, width] = [code.count(), code.count()];
    const [epsilon, share] = [code.number(), code.number()];
    const [x, gain, dy] = [code.pointer(), code.pointer(), code.pointer()];
    const [dx, dGain, dBias] = [code.pointer(), code.pointer(), code.pointer()];
    const bytes = code.bytes(width);
    code.columns(width, () => {
      for (const sums of [dGain, dBias]) code.store(sums, code.constant(0));
    });
    code.repeat(rows, () => {
      const { mean, scale } = statistics(code, { x, width, epsilon, share });
      const sum = code.variable(0); // of the gradients of the normalised row
      const dot = code.variable(0); // of those gradients with the normalised row itself
      code.columns(width, () => {
        const normal = code.multiply(code.subtract(code.load(x), mean), scale);
        const g = code.load(dy);
        code.store(dGain, code.multiplyAdd(g, normal, code.load(dGain)));
        code.store(dBias, code.add(g, code.load(dBias)));
        const scaled = code.multiply(g, code.load(gain));
        code.gather(sum, scaled);
        code.gatherProduct(dot, scaled, normal);
      });
      const [meanSum, meanDot] = [sum, dot].map((of) => code.multiply(code.sum(of), share));
      code.columns(width, () => {
        const normal = code.multiply(code.subtract(code.load(x), mean), scale);
        const g = code.subtract(code.multiply(code.load(dy), code.load(gain)), meanSum);
        code.store(dx, code.multiply(scale, code.multiplySubtract(normal, meanDot, g)));
      });
      for (const pointer of [x, dy, dx]) code.advance(pointer, bytes);
    });
  },
};
