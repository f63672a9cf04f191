// The sum of two tensors, forward beside backward, which needs to remember neither of them.

import * as tf from "@tensorflow/tfjs";
import { ShapeError } from "../errors.ts";
import { share } from "./arena/engine.ts";
import { defineArenaKernel } from "./arena/kernel.ts";
import { addRow, elementwise, sumRows } from "./arena/rows.ts";
import { defineOperation } from "./operation.ts";

/**
 * `x + y`. A smaller `y` is added to each part of `x` that has its shape, as positions are to each text.
 *
 * @param x any shape
 * @param y the shape of `x`, or the last axes of it
 * @returns the shape of `x`
 * @throws {ShapeError} if `y` has another shape
 */
export function add(x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  if (x.shape.slice(x.rank - y.rank).join() !== y.shape.join() || y.rank > x.rank) {
    throw new ShapeError(
      `add needs a second shape that is the end of the first, but got (${x.shape}) and (${y.shape}).`,
    );
  }
  return x.rank === y.rank ? whole({ x, y }) : repeated({ x, y });
}

const whole = defineOperation({
  name: "DialsAdd",
  outputs: ([x]) => [x],
  run({ inputs: [x, y], outputs: [sum], kernels }) {
    kernels.run(addElements, [x.size, x.address, y.address, sum.address]);
  },
  saves: [],
  gradients: (dy) => ({ x: () => share(dy), y: () => share(dy) }),
  composed: ({ x, y }) => tf.add(x, y),
});

const repeated = defineOperation({
  name: "DialsAddRepeated",
  outputs: ([x]) => [x],
  run({ inputs: [x, y], outputs: [sum], kernels }) {
    kernels.run(addRow, [x.size / y.size, y.size, x.address, y.address, sum.address]);
  },
  // For its shape: the tape has no other place for it.
  saves: ["y"],
  gradients: (dy, [y]) => ({
    x: () => share(dy),
    y: () => repeatedGradient({ dy, y })[0],
  }),
  composed: ({ x, y }) => tf.add(x, y),
});

const repeatedGradient = defineArenaKernel({
  name: "DialsAddRepeatedGradient",
  outputs: ([, y]) => [y],
  run({ inputs: [dy], outputs: [sum], kernels }) {
    kernels.run(sumRows, [dy.size / sum.size, sum.size, dy.address, sum.address]);
  },
});

const addElements = elementwise("add");
