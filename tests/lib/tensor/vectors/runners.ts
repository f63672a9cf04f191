// Every kind of code that vector kernels can be translated to, as far as this machine runs it.

import type { Arena } from "../../../../lib/tensor/arena/arena.ts";
import { readCpuFeatures } from "../../../../lib/tensor/products/cpu_features.ts";
import { openCodeLoader } from "../../../../lib/tensor/products/executable_memory.ts";
import type { InstructionSet } from "../../../../lib/tensor/products/vector_instructions.ts";
import {
  type KernelRunner,
  machineKernels,
  wasmKernels,
} from "../../../../lib/tensor/vectors/kernels.ts";

type Start = ((arena: Arena) => KernelRunner) | undefined;

/** By name; undefined where this machine has no such code, which is said. */
export const runners: readonly (readonly [string, Start])[] = [
  ["AVX-512", machine("AVX-512")],
  ["AVX2", machine("AVX2")],
  ["WebAssembly", (arena) => wasmKernels(arena, { relaxed: false })],
  ["relaxed WebAssembly", (arena) => wasmKernels(arena, { relaxed: true })],
];

function machine(set: InstructionSet): Start {
  try {
    const load = openCodeLoader();
    const { avx512f, avx2, fma } = readCpuFeatures(load);
    if (set === "AVX-512" ? avx512f : avx2 && fma) {
      return (arena) => machineKernels(arena, { set, load });
    }
    console.log(`Not tested here: the processor has no ${set}`);
  } catch (error) {
    console.log(`Not tested here: ${set}: ${(error as Error).message}`);
  }
  return undefined;
}
