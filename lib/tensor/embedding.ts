// The embedding lookup, forward beside backward.

import type * as tf from "@tensorflow/tfjs";
import { differentiable } from "./differentiable.ts";
import { expectRank } from "./expect.ts";
import { defineHostKernel } from "./host_kernel.ts";

/**
 * One row of `table` for each id.
 *
 * @param table learned rows, shape (V, D)
 * @param ids int32, shape (...), each from 0 to V − 1
 * @returns shape (..., D)
 * @throws {ShapeError} if `table` is no matrix
 * @throws {RangeError} if an id has no row
 */
export function embedding(table: tf.Tensor, ids: tf.Tensor): tf.Tensor {
  expectRank("embedding", table, 2);
  const [rows] = table.shape;
  return differentiable({
    inputs: [table],
    forward() {
      const [output] = forward([table, ids]);
      return { output, saved: [ids] };
    },
    backward: (dy, [ids]) => backward([dy, ids], { rows }),
  });
}

const forward = defineHostKernel({
  name: "DialsEmbedding",
  outputShapes: ([table, ids]) => [[...ids, table[1]]],
  run([table, ids], [y]) {
    const width = y.length / ids.length;
    const rows = table.length / width;
    for (let i = 0; i < ids.length; i++) {
      if (!(ids[i] >= 0 && ids[i] < rows)) {
        throw new RangeError(
          `embedding got the id ${ids[i]}, but the table has ids from 0 to ${rows - 1}.`,
        );
      }
      y.set(table.subarray(ids[i] * width, (ids[i] + 1) * width), i * width);
    }
  },
});

const backward = defineHostKernel({
  name: "DialsEmbeddingGrad",
  outputShapes: ([dy], { rows }) => [[rows, dy[dy.length - 1]]],
  run([dy, ids], [dTable]) {
    const width = dy.length / ids.length;
    dTable.fill(0);
    for (let i = 0; i < ids.length; i++) {
      const row = ids[i] * width;
      for (let j = 0; j < width; j++) dTable[row + j] += dy[i * width + j];
    }
  },
});
