// The WebAssembly module of matrix products: functions that pack a panel of B, that multiply all rows of
// A by a panel, and that copy the columns for which C has no whole panel.

import { encodeModule, WasmFunction } from "./wasm_encoder.ts";

/** Columns of a panel of B: two vectors of four floats. */
export const WIDTH = 8;
/** Rows of a block of C: as many blocks as fit of the first height, then of the next. */
const BLOCK_ROWS = [6, 3, 1] as const;
/** Steps along k without a jump between them. */
const UNROLL = 4;
const FLOAT = 4;

/** Multiplies rows by a panel; strides are in bytes. */
export type Multiply = (
  a: number,
  b: number,
  c: number,
  rounds: number,
  rest: number,
  rowA: number,
  rowB: number,
  rowC: number,
  ...blocks: number[]
) => void;

/** The functions of the module. Addresses and strides are in bytes. */
export interface ProductFunctions {
  packRows(from: number, to: number, k: number, row: number): void;
  packLanes(from: number, to: number, k: number, step: number, lanes: number, lane: number): void;
  copyLanes(
    ...[from, to, rows, rowFrom, rowTo, lanes]: [number, number, number, number, number, number]
  ): void;
  readonly multiply: Readonly<Record<string, Multiply>>;
}

/** Which of the functions that multiply is meant. */
export interface Variant {
  readonly transposeA: boolean;
  /** Whether the panel is packed, rather than columns of B where they are. */
  readonly isPacked: boolean;
  /** Whether the products are added to C. */
  readonly adds: boolean;
}

/** The name of a variant. */
export function variantName({ transposeA, isPacked, adds }: Variant): string {
  return `multiply${Number(transposeA)}${Number(isPacked)}${Number(adds)}`;
}

const VARIANTS: readonly Variant[] = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) => ({
  transposeA: (bits & 1) > 0,
  isPacked: (bits & 2) > 0,
  adds: (bits & 4) > 0,
}));

/** Makes the module for a memory. `relaxed`: multiplies and adds in one instruction. */
export function instantiateProducts(
  memory: WebAssembly.Memory,
  { relaxed }: { relaxed: boolean },
): ProductFunctions {
  const module = new WebAssembly.Module(encodeProducts({ relaxed }));
  const { exports } = new WebAssembly.Instance(module, { host: { memory } });
  const { packRows, packLanes, copyLanes, ...multiply } = exports;
  return { packRows, packLanes, copyLanes, multiply } as unknown as ProductFunctions;
}

/** Whether this engine multiplies and adds in one instruction. */
export function hasRelaxedSimd(): boolean {
  return WebAssembly.validate(encodeProducts({ relaxed: true }));
}

/** How many blocks of each height make up `m` rows. */
export function countBlocks(m: number): number[] {
  return BLOCK_ROWS.map((rows) => {
    const count = Math.floor(m / rows);
    m -= count * rows;
    return count;
  });
}

/** How often a product of depth `k` takes `UNROLL` steps at once, and how many steps are left. */
export function countSteps(k: number): [rounds: number, rest: number] {
  return [Math.floor(k / UNROLL), k % UNROLL];
}

function encodeProducts({ relaxed }: { relaxed: boolean }): Uint8Array<ArrayBuffer> {
  const multiply = VARIANTS.map((variant) =>
    [variantName(variant), multiplyFunction(variant, { relaxed })] as const
  );
  return encodeModule({
    packRows: packRows(),
    packLanes: packLanes(),
    copyLanes: copyLanes(),
    ...Object.fromEntries(multiply),
  });
}

function packRows(): WasmFunction {
  const f = new WasmFunction(4);
  const [from, to, k, row] = f.parameters();
  f.repeat(k, () => {
    for (const offset of [0, 16]) f.get(to).get(from).load(offset).store(offset);
    f.advance(from, { by: row });
    f.advance(to, { bytes: FLOAT * WIDTH });
  });
  return f;
}

/** Lane by lane, so that B may be transposed or narrower than a panel. */
function packLanes(): WasmFunction {
  const f = new WasmFunction(6);
  const [from, to, k, step, lanes, lane] = f.parameters();
  const [source, target, left] = [f.integer(), f.integer(), f.integer()];
  f.repeat(lanes, () => {
    f.get(from).set(source);
    f.get(to).set(target);
    f.get(k).set(left);
    f.repeat(left, () => {
      f.get(target).get(source).loadFloat(0).storeFloat(0);
      f.advance(source, { by: step });
      f.advance(target, { bytes: FLOAT * WIDTH });
    });
    f.advance(from, { by: lane });
    f.advance(to, { bytes: FLOAT });
  });
  return f;
}

/** Copies the first lanes of rows. */
function copyLanes(): WasmFunction {
  const f = new WasmFunction(6);
  const [from, to, rows, rowFrom, rowTo, lanes] = f.parameters();
  const [source, target, left] = [f.integer(), f.integer(), f.integer()];
  f.repeat(rows, () => {
    f.get(from).set(source);
    f.get(to).set(target);
    f.get(lanes).set(left);
    f.repeat(left, () => {
      f.get(target).get(source).loadFloat(0).storeFloat(0);
      f.advance(source, { bytes: FLOAT });
      f.advance(target, { bytes: FLOAT });
    });
    f.advance(from, { by: rowFrom });
    f.advance(to, { by: rowTo });
  });
  return f;
}

/** All rows of A times one panel of B. */
function multiplyFunction(
  { transposeA, isPacked, adds }: Variant,
  { relaxed }: { relaxed: boolean },
): WasmFunction {
  const f = new WasmFunction(8 + BLOCK_ROWS.length);
  const [a, b, c, rounds, rest, rowA, rowB, rowC, ...blocks] = f.parameters();
  const [most] = BLOCK_ROWS;
  const sums = Array.from({ length: most }, () => [f.vector(), f.vector()]);
  const rowOfB = [f.vector(), f.vector()];
  const value = f.vector();
  const pointers = Array.from({ length: most }, () => f.integer());
  const [rowOfC, inB, left] = [f.integer(), f.integer(), f.integer()];
  const block = (rows: number) => {
    // Plain: a pointer for each row. Transposed: the rows lie side by side, behind one pointer.
    const rowsOfA = pointers.slice(0, transposeA ? 1 : rows);
    for (const sum of sums.slice(0, rows).flat()) f.zeros().set(sum);
    f.get(a).set(rowsOfA[0]);
    for (let i = 1; i < rowsOfA.length; i++) {
      f.get(rowsOfA[i - 1]).set(rowsOfA[i]);
      f.advance(rowsOfA[i], { by: rowA });
    }
    f.get(b).set(inB);
    const steps = (count: number) => {
      for (let step = 0; step < count; step++) {
        const offsetB = isPacked ? FLOAT * WIDTH * step : 0;
        rowOfB.forEach((register, i) => f.get(inB).load(offsetB + 16 * i).set(register));
        for (let row = 0; row < rows; row++) {
          if (transposeA) f.get(rowsOfA[0]).loadSplat(FLOAT * row).set(value);
          else f.get(rowsOfA[row]).loadSplat(FLOAT * step).set(value);
          rowOfB.forEach((register, i) =>
            f.multiplyAdd(sums[row][i], [value, register], { relaxed })
          );
        }
        if (transposeA) f.advance(rowsOfA[0], { by: rowA });
        if (!isPacked) f.advance(inB, { by: rowB });
      }
      if (isPacked) f.advance(inB, { bytes: FLOAT * WIDTH * count });
      if (!transposeA) { for (const row of rowsOfA) f.advance(row, { bytes: FLOAT * count }); }
    };
    f.get(rounds).set(left);
    f.repeat(left, () => steps(UNROLL));
    f.get(rest).set(left);
    f.repeat(left, () => steps(1));
    f.get(c).set(rowOfC);
    for (const sum of sums.slice(0, rows)) {
      sum.forEach((register, i) => {
        f.get(rowOfC).get(register);
        if (adds) f.get(rowOfC).load(16 * i).add();
        f.store(16 * i);
      });
      f.advance(rowOfC, { by: rowC });
    }
    f.get(rowOfC).set(c);
    for (let row = 0; row < rows; row++) {
      f.advance(a, transposeA ? { bytes: FLOAT } : { by: rowA });
    }
  };
  BLOCK_ROWS.forEach((rows, i) => f.repeat(blocks[i], () => block(rows)));
  return f;
}
