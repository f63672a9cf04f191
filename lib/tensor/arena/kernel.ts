// Kernels of the arena's backend as tfjs sees them: outputs are allocated, and a function of ours fills them.

import * as tf from "@tensorflow/tfjs";
import type { FusedAttention } from "../attention/generated.ts";
import type { KernelRunner } from "../vectors/kernels.ts";
import type { Region } from "../products/product.ts";
import type { Multiply } from "../products/adaptive.ts";
import { tensorOf } from "./engine.ts";
import { ARENA_BACKEND, type ArenaBackend, type View } from "./backend.ts";

/** Plain values that steer a kernel; they are no tensors and get no gradient. */
export type Attributes = Readonly<Record<string, number>>;

/** One tensor of a kernel's call. */
export class Operand {
  readonly shape: number[];
  /** Where its values lie in the arena. */
  readonly address: number;
  /** How many values it has. */
  readonly size: number;
  readonly #backend: ArenaBackend;
  readonly #dtype: tf.DataType;

  constructor(info: tf.TensorInfo, backend: ArenaBackend) {
    this.shape = info.shape;
    this.address = backend.address(info);
    this.size = tf.util.sizeFromShape(info.shape);
    this.#backend = backend;
    this.#dtype = info.dtype;
  }

  /** Where its values lie, and how many there are. */
  get region(): Region {
    return { address: this.address, length: this.size };
  }

  /** The length of its last axis. */
  get width(): number {
    return this.shape[this.shape.length - 1];
  }

  /** Its values. */
  get values(): View {
    const { arena } = this.#backend;
    return this.#dtype === "int32"
      ? arena.integers(this.address, this.size)
      : arena.floats(this.address, this.size);
  }
}

/** What a kernel's function gets. */
export interface KernelCall {
  readonly inputs: readonly Operand[];
  /** float32, with any values. */
  readonly outputs: readonly Operand[];
  readonly attributes: Attributes;
  readonly kernels: KernelRunner;
  readonly multiply: Multiply;
  readonly attention: FusedAttention;
}

/** A kernel of the arena's backend. */
export interface ArenaKernel {
  readonly name: string;
  /** The shapes of its outputs, from those of its inputs. */
  readonly outputs: (shapes: number[][], attributes: Attributes) => number[][];
  /** Computes. Called again with the same call where work is repeated: inputs have other values then. */
  readonly run: (call: KernelCall) => void;
}

/** Makes `kernel` known to tfjs, and returns a function that runs it while the arena's backend is in use. */
export function defineArenaKernel(
  kernel: ArenaKernel,
): (inputs: Record<string, tf.Tensor>, attributes?: Attributes) => tf.Tensor[] {
  tf.registerKernel({
    kernelName: kernel.name,
    backendName: ARENA_BACKEND,
    kernelFunc({ inputs, backend, attrs }) {
      const infos = Object.values(inputs) as tf.TensorInfo[];
      return runArenaKernel(kernel, {
        infos,
        backend: backend as ArenaBackend,
        attributes: attrs as unknown as Attributes,
      });
    },
  });
  return (inputs, attributes = {}) => {
    const backend = tf.backend();
    const { kernelFunc } = tf.getKernel(kernel.name, ARENA_BACKEND);
    const attrs = attributes as unknown as tf.NamedAttrMap;
    return (kernelFunc({ inputs, backend, attrs }) as tf.TensorInfo[]).map(tensorOf);
  };
}

/** Runs `kernel` on tensors of `backend`. */
export function runArenaKernel(
  kernel: ArenaKernel,
  { infos, backend, attributes }: {
    infos: readonly tf.TensorInfo[];
    backend: ArenaBackend;
    attributes: Attributes;
  },
): tf.TensorInfo[] {
  const shapes = kernel.outputs(infos.map(({ shape }) => shape), attributes);
  const outputs = shapes.map((shape) => backend.output(shape));
  const call: KernelCall = {
    inputs: infos.map((info) => new Operand(info, backend)),
    outputs: outputs.map((info) => new Operand(info, backend)),
    attributes,
    kernels: backend.compute.kernels,
    multiply: backend.compute.multiply,
    attention: backend.compute.attention,
  };
  backend.perform(kernel.name, () => kernel.run(call));
  return outputs;
}
