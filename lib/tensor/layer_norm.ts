// Layer normalisation, forward beside backward.

import * as tf from "@tensorflow/tfjs";
import { differentiable } from "./differentiable.ts";
import { expectLastAxis } from "./expect.ts";
import { defineHostKernel } from "./host_kernel.ts";

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
  const { gain, bias = tf.zeros(gain.shape) } = affine;
  expectLastAxis("layerNorm", x, gain.size);
  return differentiable({
    inputs: [x, gain, bias],
    forward() {
      const [output] = forward([x, gain, bias], { epsilon });
      return { output, saved: [x, gain] };
    },
    backward: (dy, [x, gain]) => backward([x, gain, dy], { epsilon }),
  });
}

const forward = defineHostKernel({
  name: "DialsLayerNorm",
  outputShapes: ([x]) => [x],
  run([x, gain, bias], [y], { epsilon }) {
    const width = gain.length;
    for (let row = 0; row < x.length; row += width) {
      const mean = rowMean(x, row, width);
      const scale = inverseDeviation(x, { row, width, mean, epsilon });
      for (let i = 0; i < width; i++) y[row + i] = (x[row + i] - mean) * scale * gain[i] + bias[i];
    }
  },
});

const backward = defineHostKernel({
  name: "DialsLayerNormGrad",
  outputShapes: ([x, gain]) => [x, gain, gain],
  run([x, gain, dy], [dx, dGain, dBias], { epsilon }) {
    const width = gain.length;
    dGain.fill(0);
    dBias.fill(0);
    for (let row = 0; row < x.length; row += width) {
      const mean = rowMean(x, row, width);
      const scale = inverseDeviation(x, { row, width, mean, epsilon });
      let sum = 0; // of the gradients of the normalised row
      let dot = 0; // of those gradients with the normalised row itself
      for (let i = 0; i < width; i++) {
        const normal = (x[row + i] - mean) * scale;
        const g = dy[row + i];
        dGain[i] += g * normal;
        dBias[i] += g;
        sum += g * gain[i];
        dot += g * gain[i] * normal;
      }
      sum /= width;
      dot /= width;
      for (let i = 0; i < width; i++) {
        const normal = (x[row + i] - mean) * scale;
        dx[row + i] = scale * (dy[row + i] * gain[i] - sum - normal * dot);
      }
    }
  },
});

function rowMean(x: ArrayLike<number>, row: number, width: number): number {
  let sum = 0;
  for (let i = row; i < row + width; i++) sum += x[i];
  return sum / width;
}

function inverseDeviation(
  x: ArrayLike<number>,
  { row, width, mean, epsilon }: { row: number; width: number; mean: number; epsilon: number },
): number {
  let squares = 0;
  for (let i = row; i < row + width; i++) squares += (x[i] - mean) ** 2;
  return 1 / Math.sqrt(squares / width + epsilon);
}
