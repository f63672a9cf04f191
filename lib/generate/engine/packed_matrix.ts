// How a decoder keeps its matrices: the columns in blocks of 32, and in each block row after row, so that a
// product with a vector reads memory from front to back, in whole cache lines, and never adds across lanes.

import type { Room } from "./arena.ts";

/** Columns in a block. */
export const BLOCK = 32;

/** Rows that share a scale, in int8. */
export const SCALE_GROUP = 32;

/** How the numbers of a matrix are kept: as they are, or in a quarter of the room, rounded to 255 steps a group. */
export type Precision = "float32" | "int8";

/** A matrix (inputs, outputs), packed; columns beyond the outputs are 0. */
export interface PackedMatrix {
  readonly precision: Precision;
  /** Rows; in int8 a multiple of {@linkcode SCALE_GROUP}, rows beyond the matrix being 0. */
  readonly inputs: number;
  readonly blocks: number;
  /** Where the numbers are: `[block][input][32]`, floats or bytes. */
  readonly address: number;
  /** In int8: where the scales are, `[block][input / 32][32]` floats. */
  readonly scales: number;
}

/** The least multiple of 32 that is no less than `size`. */
export function padded(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK;
}

/** Where the numbers of a matrix come from. */
export interface MatrixSource {
  readonly inputs: number;
  readonly outputs: number;
  /** Writes row `input` into `to`, `outputs` long and 0 wherever nothing has been written. */
  readonly readRow: (input: number, to: Float32Array) => void;
}

/** Packs a matrix as floats; with `rounded` set they are those that int8 would keep. */
export function packFloats(
  room: Room,
  source: MatrixSource,
  { rounded = false }: { rounded?: boolean } = {},
): PackedMatrix {
  const { inputs, outputs } = source;
  const blocks = padded(outputs) / BLOCK;
  const address = room.take(blocks * inputs * BLOCK);
  const floats = room.floats;
  for (const { first, rows, count } of groupsOf(source)) {
    if (rounded) {
      const scales = scalesOf(rows, outputs);
      for (let i = 0; i < count * outputs; i++) {
        const scale = scales[i % outputs];
        rows[i] = scale === 0 ? 0 : Math.round(rows[i] / scale) * scale;
      }
    }
    for (let i = 0; i < count; i++) {
      for (let block = 0; block < blocks; block++) {
        const from = i * outputs + block * BLOCK;
        const width = Math.min(BLOCK, outputs - block * BLOCK);
        const to = address / 4 + (block * inputs + first + i) * BLOCK;
        for (let lane = 0; lane < width; lane++) floats[to + lane] = rows[from + lane];
      }
    }
  }
  return { precision: "float32", inputs, blocks, address, scales: 0 };
}

/** Packs a matrix as bytes: each column of a group of rows in whole numbers from −127 to 127 of its scale. */
export function packBytes(room: Room, source: MatrixSource): PackedMatrix {
  const { outputs } = source;
  const inputs = padded(source.inputs);
  const blocks = padded(outputs) / BLOCK;
  const groups = inputs / SCALE_GROUP;
  const address = room.take(blocks * inputs * BLOCK / 4);
  const scaleAddress = room.take(blocks * groups * BLOCK);
  const floats = room.floats;
  const bytes = new Int8Array(floats.buffer);
  for (const { first, rows, count } of groupsOf(source)) {
    const scales = scalesOf(rows, outputs);
    for (let block = 0; block < blocks; block++) {
      const width = Math.min(BLOCK, outputs - block * BLOCK);
      const toScale = scaleAddress / 4 + (block * groups + first / SCALE_GROUP) * BLOCK;
      for (let lane = 0; lane < width; lane++) {
        const scale = scales[block * BLOCK + lane];
        floats[toScale + lane] = scale;
        if (scale === 0) continue;
        for (let i = 0; i < count; i++) {
          const to = address + (block * inputs + first + i) * BLOCK + lane;
          bytes[to] = Math.round(rows[i * outputs + block * BLOCK + lane] / scale);
        }
      }
    }
  }
  return { precision: "int8", inputs, blocks, address, scales: scaleAddress };
}

/** The rows of a matrix in the groups that share scales; what is given is good until the next is asked for. */
function* groupsOf(
  { inputs, outputs, readRow }: MatrixSource,
): Generator<{ first: number; count: number; rows: Float32Array }> {
  const rows = new Float32Array(SCALE_GROUP * outputs);
  for (let first = 0; first < inputs; first += SCALE_GROUP) {
    rows.fill(0);
    const count = Math.min(SCALE_GROUP, inputs - first);
    for (let i = 0; i < count; i++) {
      readRow(first + i, rows.subarray(i * outputs, (i + 1) * outputs));
    }
    yield { first, count, rows };
  }
}

/** The scale of each column: the largest number of a group is 127 times its scale. */
function scalesOf(rows: Float32Array, outputs: number): Float32Array {
  const scales = new Float32Array(outputs);
  for (let i = 0; i < rows.length;) {
    for (let column = 0; column < outputs; column++, i++) {
      const size = Math.abs(rows[i]);
      if (size > scales[column]) scales[column] = size;
    }
  }
  for (let column = 0; column < outputs; column++) scales[column] /= 127;
  return scales;
}
