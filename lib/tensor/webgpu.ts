// tfjs's own WebGPU backend, on Deno's WebGPU.

import * as tf from "@tensorflow/tfjs";

/** What WebGPU computes on. */
export interface GpuAdapter {
  /** Its name, such as `NVIDIA GeForce RTX 4070`. */
  readonly name: string;
  /** Whether it is a program that plays a GPU, which is right but slower than anything else. */
  readonly isSoftware: boolean;
}

/**
 * Finds the adapter and makes tfjs's backend known.
 *
 * @throws {Error} if there is none; the message says why, and what to do
 */
export async function openWebGpu(): Promise<GpuAdapter> {
  if (navigator.gpu === undefined) throw new Error("this Deno has no WebGPU");
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null) throw new Error(`no GPU was found${DRIVERS[Deno.build.os] ?? ""}`);
  await import("@tensorflow/tfjs-backend-webgpu");
  const { description, vendor, isFallbackAdapter } = adapter.info;
  const isSoftware = isFallbackAdapter || /llvmpipe|swiftshader|software/i.test(description);
  return { name: description || vendor || "a GPU", isSoftware };
}

/** What can be done where WebGPU finds nothing. */
const DRIVERS: Partial<Record<typeof Deno.build.os, string>> = {
  linux: "; on Debian and Ubuntu the package mesa-vulkan-drivers brings one in software",
};

/**
 * Lets the backend say what to do instead when it is asked for numbers at once: tfjs reads them through a
 * drawing of them, which Deno does not have.
 */
export function explainReads(): void {
  const backend = tf.backend() as unknown as ReadingBackend;
  const read = backend.readSync;
  if (read.name === "readOrExplain") return;
  backend.readSync = function readOrExplain(this: ReadingBackend, dataId: object): unknown {
    const { values, dtype } = this.tensorMap.get(dataId);
    if (values !== null && values !== undefined || dtype === "string") {
      return read.call(this, dataId);
    }
    throw new Error(
      "The webgpu backend gives its numbers with `await tensor.data()` only, not with dataSync(); " +
        "to train and to write text, use native or wasm.",
    );
  };
}

interface ReadingBackend {
  readonly tensorMap: { get(dataId: object): { values?: unknown; dtype: string } };
  readSync(dataId: object): unknown;
}
