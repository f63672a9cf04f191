// What computes in an arena: vector kernels, matrix products and attention, in machine code or in WebAssembly.

import { BlockAttention } from "../attention/blocks.ts";
import { type FusedAttention, GeneratedAttention } from "../attention/generated.ts";
import { adaptiveProducts, type Multiply } from "../products/adaptive.ts";
import { ACCELERATE, CblasProducts } from "../products/cblas_products.ts";
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
  /** Causal attention. */
  readonly attention: FusedAttention;
}

/**
 * The fastest that this system allows: machine code, or on macOS the matrix products of Accelerate.
 *
 * @throws {Error} if this machine or its permissions do not allow it; the message says why
 */
export function nativeCompute(arena: Arena, otherwise: Compute): Compute {
  if (Deno.build.os === "darwin") return accelerateCompute(arena, otherwise);
  const load = openCodeLoader();
  const set = bestInstructionSet(readCpuFeatures(load));
  if (set === undefined) throw new Error("the processor has neither AVX-512 nor AVX2 with FMA");
  const target = { set, load, memory: arena.memory };
  const products = new GeneratedProducts(target);
  return {
    name: `generated ${set} machine code`,
    kernels: machineKernels(arena, { set, load }),
    multiply: adaptiveProducts(products, otherwise.multiply),
    attention: new GeneratedAttention(target),
  };
}

/** Accelerate for matrix products, and WebAssembly for the rest. */
function accelerateCompute(arena: Arena, { kernels }: Compute): Compute {
  const products = new CblasProducts(ACCELERATE, { memory: arena.memory });
  const multiply: Multiply = (product, finish) => products.multiply(product, finish);
  return {
    name: "matrix products of macOS's Accelerate, the rest in WebAssembly",
    kernels,
    multiply,
    attention: new BlockAttention(arena, { kernels, multiply }),
  };
}

/** WebAssembly, which works everywhere. */
export function wasmCompute(arena: Arena): Compute {
  const products = new WasmProducts({
    memory: arena.memory,
    allocate: (bytes) => arena.allocate(bytes),
    free: (address, bytes) => arena.free(address, bytes),
  });
  const kernels = wasmKernels(arena, { relaxed: hasRelaxedSimd() });
  const multiply: Multiply = (product, finish) => products.multiply(product, finish);
  return {
    name: "WebAssembly",
    kernels,
    multiply,
    attention: new BlockAttention(arena, { kernels, multiply }),
  };
}
