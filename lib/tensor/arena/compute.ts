// What computes in an arena: vector kernels and matrix products, in machine code or in WebAssembly.

import { adaptiveProducts, type Multiply } from "../products/adaptive.ts";
import { bestInstructionSet, readCpuFeatures } from "../products/cpu_features.ts";
import { GeneratedProducts } from "../products/dispatch.ts";
import { openCodeLoader } from "../products/executable_memory.ts";
import { hasRelaxedSimd } from "../products/wasm_module.ts";
import { WasmProducts } from "../products/wasm_products.ts";
import { type KernelRunner, machineKernels, wasmKernels } from "../vectors/kernels.ts";
import type { Arena } from "./arena.ts";

/** What computes in an arena. */
export interface Compute {
  /** For people, such as `generated AVX-512 machine code`. */
  readonly name: string;
  /** Element-wise and row-wise work. */
  readonly kernels: KernelRunner;
  /** Matrix products. */
  readonly multiply: Multiply;
}

/**
 * Machine code.
 *
 * @throws {Error} if this machine or its permissions do not allow it; the message says why
 */
export function nativeCompute(arena: Arena, otherwise: Compute): Compute {
  const load = openCodeLoader();
  const set = bestInstructionSet(readCpuFeatures(load));
  if (set === undefined) throw new Error("the processor has neither AVX-512 nor AVX2 with FMA");
  const products = new GeneratedProducts({ set, load, memory: arena.memory });
  return {
    name: `generated ${set} machine code`,
    kernels: machineKernels(arena, { set, load }),
    multiply: adaptiveProducts(products, otherwise.multiply),
  };
}

/** WebAssembly, which works everywhere. */
export function wasmCompute(arena: Arena): Compute {
  const products = new WasmProducts({
    memory: arena.memory,
    allocate: (bytes) => arena.allocate(bytes),
    free: (address, bytes) => arena.free(address, bytes),
  });
  return {
    name: "WebAssembly",
    kernels: wasmKernels(arena, { relaxed: hasRelaxedSimd() }),
    multiply: (product) => products.multiply(product),
  };
}
