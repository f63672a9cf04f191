// Which of tfjs's backends does the work, and with which matrix products.
//
// `native` and `wasm` are one backend of tfjs, that of the arena: they share its memory, and differ in
// who computes in it. Tensors therefore survive a change between them.

import * as tf from "@tensorflow/tfjs";
import { ConfigError } from "../errors.ts";
import { ARENA_BACKEND } from "./arena/backend.ts";
import { type Compute, nativeCompute, wasmCompute } from "./arena/compute.ts";
import { arenaBackend } from "./arena/regions.ts";
import "./arena/tfjs_kernels.ts";
import "./products/tfjs_kernels.ts";
import { explainReads, openWebGpu } from "./webgpu.ts";

/** What can do the work. */
export type BackendName = "native" | "wasm" | "webgpu" | "cpu";

/** What was taken, and why. */
export interface BackendReport {
  readonly name: BackendName;
  /** Why this one: what was asked for, or what keeps the faster ones away. */
  readonly reason: string;
  /** A sentence for people, such as `native: generated AVX-512 machine code …`. */
  readonly line: string;
}

const BACKENDS: readonly BackendName[] = ["native", "wasm", "webgpu", "cpu"];

/** What `auto` tries, fastest first. WebGPU cannot be read at once, which training and writing need. */
const AUTOMATIC: readonly BackendName[] = ["native", "wasm", "cpu"];

/**
 * Sets tfjs up. May be called again, with the same name or another.
 *
 * - `native`: in machine code that is generated for this processor
 * - `wasm`: all in WebAssembly
 * - `cpu`: all in JavaScript, 10 to 100 times slower
 * - `webgpu`: on the GPU; its numbers can only be read with `await tensor.data()`
 * - `auto`: the first of `native`, `wasm` and `cpu` that works here
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

/** The backend that {@linkcode useBackend} took last; undefined before. */
export function backendInUse(): BackendName | undefined {
  return inUse;
}

let inUse: BackendName | undefined;

/** The last start: tfjs confuses starts that overlap, so each waits for the one before. */
let previous: Promise<unknown> = Promise.resolve();

async function start(choice: BackendName | "auto"): Promise<BackendReport> {
  if (choice !== "auto" && !BACKENDS.includes(choice)) {
    throw new ConfigError(
      `There is no backend ${JSON.stringify(choice)}; choose one of auto, ${BACKENDS.join(", ")}.`,
    );
  }
  const obstacles: string[] = [];
  for (const name of choice === "auto" ? AUTOMATIC : [choice]) {
    try {
      const what = await START[name]();
      inUse = name;
      const reason = obstacles.join("; ") ||
        (choice === "auto" ? "the fastest, and it works here" : "asked for");
      const why = obstacles.length > 0
        ? `; ${reason}`
        : name === "native"
        ? ""
        : "; native is faster where it works";
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
  native: async () => await startNative(),
  wasm: startWasm,
  webgpu: startWebGpu,
  cpu: startCpu,
};

let wasm: Compute | undefined;
let native: Compute | undefined;

function startNative(): Promise<string> {
  const { arena } = arenaBackend();
  wasm ??= wasmCompute(arena);
  native ??= nativeCompute(arena, wasm);
  return startArena(native);
}

function startWasm(): Promise<string> {
  wasm ??= wasmCompute(arenaBackend().arena);
  return startArena(wasm);
}

/** What computes in the arena, whatever tfjs's own operations are done by. */
export function arenaCompute(): Compute {
  if (inUse === "native" && native !== undefined) return native;
  return wasm ??= wasmCompute(arenaBackend().arena);
}

async function startArena(compute: Compute): Promise<string> {
  arenaBackend().compute = compute;
  await setTfjsBackend(ARENA_BACKEND);
  return compute.name;
}

async function startWebGpu(): Promise<string> {
  const { name, isSoftware } = await openWebGpu();
  await setTfjsBackend("webgpu");
  explainReads();
  return isSoftware ? `${name}, a GPU in software` : name;
}

async function startCpu(): Promise<string> {
  // tfjs greets on the console when its cpu backend is first used in Node.js or Deno, unless:
  (tf.findBackend("cpu") as unknown as { firstUse: boolean }).firstUse = false;
  await setTfjsBackend("cpu");
  return "plain JavaScript";
}

async function setTfjsBackend(name: string): Promise<void> {
  if (tf.getBackend() === name) return;
  if (!await tf.setBackend(name)) throw new Error(`tfjs cannot start its ${name} backend`);
  await tf.ready();
}
