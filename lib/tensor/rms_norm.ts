// Root-mean-square normalisation, forward beside backward.

import * as tf from "@tensorflow/tfjs";
import { defineArenaKernel } from "./arena/kernel.ts";
import { expectLastAxis } from "./expect.ts";
import { computed, defineOperation } from "./operation.ts";
import type { Integer, KernelCode, Vector } from "./vectors/code.ts";
import type { KernelDefinition } from "./vectors/kernels.ts";

/**
 * Root-mean-square normalisation: each row is divided by its RMS and scaled by `gain`.
 *
 * @param x activations, shape (..., D)
 * @param gain learned scale, shape (D)
 * @returns same shape as `x`
 * @throws {ShapeError} if the last axis of `x` is not as long as `gain`
 * @see Zhang & Sennrich 2019, "Root Mean Square Layer Normalization"
 */
export function rmsNorm(x: tf.Tensor, gain: tf.Tensor, { epsilon = 1e-5 } = {}): tf.Tensor {
  expectLastAxis("rmsNorm", x, gain.size);
  return operation({ x, gain }, { epsilon });
}

const operation = defineOperation({
  name: "DialsRmsNorm",
  outputs: ([x]) => [x],
  run({ inputs: [x, gain], outputs: [y], attributes: { epsilon }, kernels }) {
    const sizes = [x.size / x.width, x.width, epsilon, 1 / x.width];
    kernels.run(forward, [...sizes, x.address, gain.address, y.address]);
  },
  saves: ["x", "gain"],
  gradients: (dy, [x, gain], { epsilon }) =>
    computed(["x", "gain"], gradient({ x, gain, dy }, { epsilon })),
  composed({ x, gain }, { epsilon }) {
    const meanSquare = tf.mean(tf.square(x), -1, true); // (..., 1)
    return tf.mul(tf.mul(x, tf.rsqrt(tf.add(meanSquare, epsilon))), gain);
  },
});

const gradient = defineArenaKernel({
  name: "DialsRmsNormGradient",
  outputs: ([x, gain]) => [x, gain],
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

/** One by the root mean square of a row. */
function inverseRms(code: KernelCode, { x, width, epsilon, share }: Row): Vector {
  const squares = code.variable(0);
  code.columns(width, () => {
    const value = code.load(x);
    code.gatherProduct(squares, value, value);
  });
  const meanSquare = code.multiplyAdd(code.sum(squares), share, epsilon);
  return code.divide(code.constant(1), code.root(meanSquare));
}

const forward: KernelDefinition = {
  name: "RMS norm",
  write(code) {
    const [rows, width] = [code.count(), code.count()];
    const [epsilon, share] = [code.number(), code.number()];
    const [x, gain, y] = [code.pointer(), code.pointer(), code.pointer()];
    const bytes = code.bytes(width);
    code.repeat(rows, () => {
      const scale = inverseRms(code, { x, width, epsilon, share });
      code.columns(width, () => {
        code.store(y, code.multiply(code.multiply(code.load(x), scale), code.load(gain)));
      });
      for (const pointer of [x, y]) code.advance(pointer, bytes);
    });
  },
};

const backward: KernelDefinition = {
  name: "gradient of RMS norm",
  write(code) {
    const [rows, width] = [code.count(), code.count()];
    const [epsilon, share] = [code.number(), code.number()];
    const [x, gain, dy] = [code.pointer(), code.pointer(), code.pointer()];
    const [dx, dGain] = [code.pointer(), code.pointer()];
    const bytes = code.bytes(width);
    code.columns(width, () => code.store(dGain, code.constant(0)));
    code.repeat(rows, () => {
      const scale = inverseRms(code, { x, width, epsilon, share });
      const dot = code.variable(0);
      code.columns(width, () => {
        const product = code.multiply(code.load(dy), code.load(x));
        code.store(dGain, code.multiplyAdd(product, scale, code.load(dGain)));
        code.gatherProduct(dot, product, code.load(gain));
      });
      // How much the row's own RMS moves.
      const cube = code.multiply(code.multiply(scale, scale), scale);
      const pull = code.multiply(code.multiply(code.sum(dot), share), cube);
      code.columns(width, () => {
        const own = code.multiply(code.multiply(code.load(dy), code.load(gain)), scale);
        code.store(dx, code.multiplySubtract(code.load(x), pull, own));
      });
      for (const pointer of [x, dy, dx]) code.advance(pointer, bytes);
    });
  },
};
