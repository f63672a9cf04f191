// Root-mean-square normalisation, forward beside backward.

import type * as tf from "@tensorflow/tfjs";
import { differentiable } from "./differentiable.ts";
import { expectLastAxis } from "./expect.ts";
import { defineHostKernel } from "./host_kernel.ts";

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
  return differentiable({
    inputs: [x, gain],
    forward() {
      const [output] = forward([x, gain], { epsilon });
      return { output, saved: [x, gain] };
    },
    backward: (dy, [x, gain]) => backward([x, gain, dy], { epsilon }),
  });
}

const forward = defineHostKernel({
  name: "DialsRmsNorm",
  outputShapes: ([x]) => [x],
  run([x, gain], [y], { epsilon }) {
    const width = gain.length;
    for (let row = 0; row < x.length; row += width) {
      const scale = inverseRms(x, row, width, epsilon);
      for (let i = 0; i < width; i++) y[row + i] = x[row + i] * scale * gain[i];
    }
  },
});

const backward = defineHostKernel({
  name: "DialsRmsNormGrad",
  outputShapes: ([x, gain]) => [x, gain],
  run([x, gain, dy], [dx, dGain], { epsilon }) {
    const width = gain.length;
    dGain.fill(0);
    for (let row = 0; row < x.length; row += width) {
      const scale = inverseRms(x, row, width, epsilon);
      let dot = 0;
      for (let i = 0; i < width; i++) {
        const g = dy[row + i];
        dot += g * gain[i] * x[row + i];
        dGain[i] += g * x[row + i] * scale;
      }
      const pull = dot * scale * scale * scale / width; // how much the row's own RMS moves
      for (let i = 0; i < width; i++) {
        dx[row + i] = dy[row + i] * gain[i] * scale - x[row + i] * pull;
      }
    }
  },
});

function inverseRms(x: ArrayLike<number>, row: number, width: number, epsilon: number): number {
  let squares = 0;
  for (let i = row; i < row + width; i++) squares += x[i] * x[i];
  return 1 / Math.sqrt(squares / width + epsilon);
}
