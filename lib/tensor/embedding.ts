// The embedding lookup, forward beside backward.

import * as tf from "@tensorflow/tfjs";
import { defineArenaKernel } from "./arena/kernel.ts";
import { expectRank } from "./expect.ts";
import { canRead } from "./host_view.ts";
import { defineOperation } from "./operation.ts";
import type { KernelDefinition } from "./vectors/kernels.ts";

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
  return operation({ table, ids }, { rows: table.shape[0] });
}

const operation = defineOperation({
  name: "DialsEmbedding",
  outputs: ([table, ids]) => [[...ids, table[1]]],
  run({ inputs: [table, ids], outputs: [y], attributes: { rows }, kernels }) {
    expectRows(ids.values, rows);
    kernels.run(copyRows, [ids.size, y.width, ids.address, table.address, y.address]);
  },
  saves: ["ids"],
  gradients: (dy, [ids], attributes) => ({ table: () => gradient({ dy, ids }, attributes)[0] }),
  composed({ table, ids }, { rows }) {
    if (canRead()) expectRows(ids.dataSync(), rows);
    return tf.gather(table, ids);
  },
});

const gradient = defineArenaKernel({
  name: "DialsEmbeddingGradient",
  outputs: ([dy], { rows }) => [[rows, dy[dy.length - 1]]],
  run({ inputs: [dy, ids], outputs: [dTable], kernels }) {
    const sizes = [dTable.size, ids.size, dy.width];
    kernels.run(addRows, [...sizes, ids.address, dy.address, dTable.address]);
  },
});

/** @throws {RangeError} if one of `ids` is not below `rows` */
function expectRows(ids: ArrayLike<number>, rows: number): void {
  for (let i = 0; i < ids.length; i++) {
    if (!(ids[i] >= 0 && ids[i] < rows)) {
      throw new RangeError(
        `embedding got the id ${ids[i]}, but the table has ids from 0 to ${rows - 1}.`,
      );
    }
  }
}

const copyRows: KernelDefinition = {
  name: "embedding",
  write(code) {
    const [count, width] = [code.count(), code.count()];
    const [ids, table, y] = [code.pointer(), code.pointer(), code.pointer()];
    const bytes = code.bytes(width);
    code.repeat(count, () => {
      const row = code.copy(table);
      code.advance(row, code.product(code.loadInteger(ids), bytes));
      code.columns(width, () => code.store(y, code.load(row)));
      code.advance(ids, 4);
      code.advance(y, bytes);
    });
  },
};

const addRows: KernelDefinition = {
  name: "gradient of embedding",
  write(code) {
    const [size, count, width] = [code.count(), code.count(), code.count()];
    const [ids, dy, dTable] = [code.pointer(), code.pointer(), code.pointer()];
    const bytes = code.bytes(width);
    code.columns(size, () => code.store(dTable, code.constant(0)));
    code.repeat(count, () => {
      const row = code.copy(dTable);
      code.advance(row, code.product(code.loadInteger(ids), bytes));
      code.columns(width, () => code.store(row, code.add(code.load(row), code.load(dy))));
      code.advance(ids, 4);
      code.advance(dy, bytes);
    });
  },
};
