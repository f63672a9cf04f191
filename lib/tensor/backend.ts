// Which of tfjs's backends does the work, and with which matrix products.
//
// tfjs's own name for both `native` and `wasm` is "wasm": they share its memory and its element-wise
// operations, and differ in who multiplies matrices. Tensors therefore survive a change between them.

import process from "node:process";
import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-backend-wasm";
import { ConfigError } from "../errors.ts";
import "./identity.ts";
import { adaptiveProducts, type Multiply } from "./products/adaptive.ts";
import { bestInstructionSet, readCpuFeatures } from "./products/cpu_features.ts";
import { GeneratedProducts } from "./products/dispatch.ts";
import { openCodeLoader } from "./products/executable_memory.ts";
import { backendHeap, replaceProducts } from "./products/tfjs_kernels.ts";
import { WasmProducts } from "./products/wasm_products.ts";

/** What can do the work. */
export type BackendName = "native" | "wasm" | "cpu";

/** What was taken, and why. */
export interface BackendReport {
  readonly name: BackendName;
  /** Why this one: what was asked for, or what keeps the faster ones away. */
  readonly reason: string;
  /** A sentence for people, such as `native: matrix products in AVX-512 machine code …`. */
  readonly line: string;
}

/** Fastest first. */
const BACKENDS: readonly BackendName[] = ["native", "wasm", "cpu"];

/**
 * Sets tfjs up. May be called again, with the same name or another.
 *
 * - `native`: matrix products in machine code generated for each shape, the rest in WebAssembly
 * - `wasm`: all in WebAssembly
 * - `cpu`: all in JavaScript, 10 to 100 times slower
 * - `auto`: the first of these that works here
 *
 * @example
 * ```ts
 * console.log((await useBackend()).line);
 * ```
 * @throws {ConfigError} if there is no such backend, or it does not work here
 */
export function useBackend(choice: BackendName | "auto" = "auto"): Promise<BackendReport> {
  const started = previous.then(() => start(choice));
  previous = started.catch(() => {}); // whoever called hears of it
  return started;
}

/** The last start: tfjs confuses starts that overlap, so each waits for the one before. */
let previous: Promise<unknown> = Promise.resolve();

async function start(choice: BackendName | "auto"): Promise<BackendReport> {
  if (choice !== "auto" && !BACKENDS.includes(choice)) {
    throw new ConfigError(
      `There is no backend ${JSON.stringify(choice)}; choose one of auto, ${BACKENDS.join(", ")}.`,
    );
  }
  const obstacles: string[] = [];
  for (const name of choice === "auto" ? BACKENDS : [choice]) {
    try {
      const what = await START[name]();
      const reason = obstacles.join("; ") ||
        (choice === "auto" ? "the fastest, and it works here" : "asked for");
      const why = obstacles.length > 0 ? `; ${reason}` : "";
      return { name, reason, line: `${name}: ${what}${why} (tfjs ${tf.version_core})` };
    } catch (error) {
      obstacles.push(`not ${name} because ${(error as Error).message}`);
    }
  }
  throw new ConfigError(
    `The backend ${choice} does not work here: ${obstacles.join("; ")}. ` +
      `Use auto, which takes what works.`,
  );
}

/** Starts a backend and says what it is; throws where it does not work. */
const START: Readonly<Record<BackendName, () => Promise<string>>> = {
  native: startNative,
  wasm: startWasm,
  cpu: startCpu,
};

let generated: GeneratedProducts | undefined;

async function startNative(): Promise<string> {
  const inWasm = await startWasmProducts();
  generated ??= openGeneratedProducts(backendHeap(tf.backend() as BackendWasm).memory);
  replaceProducts(adaptiveProducts(generated, inWasm));
  return `matrix products in ${generated.set} machine code generated for each shape, ` +
    `the rest in WebAssembly`;
}

function openGeneratedProducts(memory: WebAssembly.Memory): GeneratedProducts {
  const load = openCodeLoader();
  const set = bestInstructionSet(readCpuFeatures(load));
  if (set === undefined) throw new Error("the processor has neither AVX-512 nor AVX2 with FMA");
  return new GeneratedProducts({ set, load, memory });
}

async function startWasm(): Promise<string> {
  replaceProducts(await startWasmProducts());
  return "WebAssembly";
}

let wasmProducts: WasmProducts | undefined;

async function startWasmProducts(): Promise<Multiply> {
  await setTfjsWasm();
  wasmProducts ??= new WasmProducts(backendHeap(tf.backend() as BackendWasm));
  const products = wasmProducts;
  return (product) => products.multiply(product);
}

async function startCpu(): Promise<string> {
  // tfjs greets on the console when its cpu backend is first used in Node.js or Deno, unless:
  (tf.findBackend("cpu") as unknown as { firstUse: boolean }).firstUse = false;
  await setTfjsBackend("cpu");
  return "plain JavaScript";
}

/**
 * Starts tfjs's wasm backend. Its loader also hangs listeners on the process that turn every rejected
 * promise nobody waits for into a crash; that is for the program to decide, so they are taken off.
 */
async function setTfjsWasm(): Promise<void> {
  const events = ["uncaughtException", "unhandledRejection"] as const;
  const before = events.map((event) => new Set(process.listeners(event as "exit")));
  await setTfjsBackend("wasm");
  events.forEach((event, i) => {
    for (const listener of process.listeners(event as "exit")) {
      if (!before[i].has(listener)) process.off(event, listener);
    }
  });
}

async function setTfjsBackend(name: string): Promise<void> {
  if (tf.getBackend() === name) return;
  if (!await tf.setBackend(name)) throw new Error(`tfjs cannot start its ${name} backend`);
  await tf.ready();
}
