// Machine code and WebAssembly against plain sums. Machine code is tested where it can be made; the other
// instruction set of a processor that has both as well.

import { assert, assertEquals } from "@std/assert";
import { Arena } from "../../../../lib/generate/engine/arena.ts";
import type { Kernels } from "../../../../lib/generate/engine/kernels.ts";
import { NativeKernels } from "../../../../lib/generate/engine/native_kernels.ts";
import {
  BLOCK,
  type MatrixSource,
  packBytes,
  type PackedMatrix,
  packFloats,
} from "../../../../lib/generate/engine/packed_matrix.ts";
import { WasmKernels } from "../../../../lib/generate/engine/wasm_kernels.ts";
import {
  bestInstructionSet,
  readCpuFeatures,
} from "../../../../lib/tensor/products/cpu_features.ts";
import { openCodeLoader } from "../../../../lib/tensor/products/executable_memory.ts";

const KINDS: [string, (arena: Arena) => Kernels][] = [
  ["WebAssembly", (arena) => new WasmKernels(arena)],
  ...nativeSets().map((set): [string, (arena: Arena) => Kernels] => [
    `${set} machine code`,
    (arena) => new NativeKernels(arena, { set }),
  ]),
];

function nativeSets(): ("AVX-512" | "AVX2")[] {
  try {
    const best = bestInstructionSet(readCpuFeatures(openCodeLoader()));
    return best === "AVX-512" ? ["AVX-512", "AVX2"] : best === undefined ? [] : [best];
  } catch (error) {
    console.log(`machine code is left out: ${(error as Error).message}`);
    return [];
  }
}

function matrix(inputs: number, outputs: number): MatrixSource {
  return {
    inputs,
    outputs,
    readRow(i, to) {
      for (let j = 0; j < outputs; j++) to[j] = Math.sin(31 * i + 7 * j);
    },
  };
}

/** Multiplies `rows` rows by a packed matrix; the rows lie further apart than they are long. */
function multiply(
  kernels: Kernels,
  arena: Arena,
  { packed, rows }: { packed: PackedMatrix; rows: number },
): { x: Float32Array[]; y: Float32Array[] } {
  const { inputs, blocks, address: w, precision } = packed;
  const strideX = inputs + 3;
  const strideY = blocks * BLOCK + 5;
  const x = arena.take(rows * strideX);
  const y = arena.take(rows * strideY);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < inputs; i++) {
      arena.floats[x / 4 + row * strideX + i] = Math.cos(row + 3 * i);
    }
  }
  const isBytes = precision === "int8";
  kernels.multiply({
    ...{ rows, x, strideX, y, strideY, inputs, w, blocks },
    blockStride: inputs * BLOCK * (isBytes ? 1 : 4),
    scales: isBytes ? packed.scales : undefined,
  });
  const rowsAt = (address: number, stride: number, length: number) =>
    Array.from({ length: rows }, (_, row) => {
      const at = address / 4 + row * stride;
      return arena.floats.slice(at, at + length);
    });
  return { x: rowsAt(x, strideX, inputs), y: rowsAt(y, strideY, blocks * BLOCK) };
}

const SHAPES = [[32, 32, 1], [33, 70, 1], [128, 352, 1], [17, 500, 3], [64, 64, 13], [5, 31, 6]];

for (const [name, open] of KINDS) {
  Deno.test(`${name}: products of rows with a packed matrix are sums of products`, () => {
    const arena = new Arena();
    const kernels = open(arena);
    for (const [inputs, outputs, rows] of SHAPES) {
      const source = matrix(inputs, outputs);
      const { x, y } = multiply(kernels, arena, { packed: packFloats(arena, source), rows });
      assertProduct(source, { x, y });
    }
  });

  Deno.test(`${name}: a row has the same product alone and among others, to the last bit`, () => {
    const arena = new Arena();
    const kernels = open(arena);
    const packs = name === "WebAssembly" ? [packFloats] : [packFloats, packBytes];
    for (const pack of packs) {
      const packed = pack(arena, matrix(50, 200));
      const [alone] = multiply(kernels, arena, { packed, rows: 1 }).y;
      for (const rows of [2, 5, 11]) {
        assertEquals(multiply(kernels, arena, { packed, rows }).y[0], alone);
      }
    }
  });

  Deno.test(`${name}: exponentials and activations are those of JavaScript`, () => {
    const arena = new Arena();
    const kernels = open(arena);
    const values = Float32Array.from({ length: 96 }, (_, i) => 6 * Math.sin(i));
    const [x, up] = [arena.take(96), arena.take(96)];
    const fill = () => {
      arena.floats.set(values, x / 4);
      arena.floats.set(values.map((value) => value + 1), up / 4);
    };
    const result = () => arena.floats.slice(x / 4, x / 4 + 96);
    fill();
    const sums: number[] = [];
    const [shifts, expected] = [[6, 5], [0, 0]];
    kernels.exponentials({ x, rows: 2, stride: 64, length: 32, shifts, sums });
    assertNear(
      result(),
      values.map((value, i) => {
        const row = Math.floor(i / 64);
        if (i % 64 >= 32) return value;
        expected[row] += Math.exp(value - shifts[row]);
        return Math.exp(value - shifts[row]);
      }),
    );
    assertNear(sums, expected);
    const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));
    fill();
    kernels.activate("silu", x, { length: 96, up });
    assertNear(result(), values.map((value) => value * sigmoid(value) * (value + 1)));
    fill();
    kernels.activate("gelu", x, { length: 96 });
    const slope = 2 * Math.sqrt(2 / Math.PI);
    assertNear(
      result(),
      values.map((value) => value * sigmoid(slope * (value + 0.044715 * value ** 3))),
    );
  });

  if (name === "WebAssembly") continue; // which keeps floats
  Deno.test(`${name}: bytes are multiplied as the floats that they stand for`, () => {
    const arena = new Arena();
    const kernels = open(arena);
    for (const [inputs, outputs, rows] of SHAPES) {
      const source = matrix(inputs, outputs);
      const bytes = multiply(kernels, arena, { packed: packBytes(arena, source), rows }).y;
      const packed = packFloats(arena, source, { rounded: true });
      const floats = multiply(kernels, arena, { packed, rows }).y;
      bytes.forEach((row, i) => assertNear(row, floats[i]));
    }
  });
}

Deno.test("rounding to bytes moves no number by more than half a step", () => {
  const arena = new Arena();
  const source = matrix(70, 40);
  const [exact, rounded] = [
    packFloats(arena, source),
    packFloats(arena, source, { rounded: true }),
  ];
  const at = (packed: PackedMatrix, i: number) => arena.floats[packed.address / 4 + i];
  for (let i = 0; i < 70 * 64; i++) {
    assert(Math.abs(at(exact, i) - at(rounded, i)) <= 0.5001 / 127);
  }
});

function assertProduct(
  { inputs, outputs, readRow }: MatrixSource,
  { x, y }: { x: Float32Array[]; y: Float32Array[] },
): void {
  const weights = Array.from({ length: inputs }, (_, i) => {
    const row = new Float32Array(outputs);
    readRow(i, row);
    return row;
  });
  x.forEach((row, r) => {
    const sums = new Float64Array(y[r].length);
    for (let i = 0; i < inputs; i++) {
      for (let j = 0; j < outputs; j++) sums[j] += row[i] * weights[i][j];
    }
    assertNear(y[r], sums);
  });
}

function assertNear(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  assertEquals(actual.length, expected.length);
  for (let i = 0; i < actual.length; i++) {
    const off = Math.abs(actual[i] - expected[i]);
    assert(off <= 1e-6 * (5 + Math.abs(expected[i])), `${actual[i]} at ${i}, not ${expected[i]}`);
  }
}
