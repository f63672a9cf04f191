// tfjs's engine, entered where it keeps account of tensors and of the tape. Its own way of running an
// operation takes several microseconds, much of it for copies of what is saved; small models
// have hundreds of operations in a step.

import * as tf from "@tensorflow/tfjs";
import type { ArenaBackend } from "./backend.ts";
import type { Attributes } from "./kernel.ts";

/** The part of the engine that is needed here. */
interface Engine {
  isTapeOn(): boolean;
  makeTensorFromTensorInfo(info: tf.TensorInfo, backend: unknown): tf.Tensor;
  addTapeNode(
    kernelName: string,
    inputs: Record<string, tf.Tensor>,
    outputs: readonly tf.Tensor[],
    gradient: null,
    saved: readonly tf.Tensor[],
    attributes: Attributes,
  ): void;
}

/** Whether what is computed now will be differentiated. */
export function isTapeOn(): boolean {
  return engine().isTapeOn();
}

/** Makes what a kernel has put out known as tensors. */
export function tensorOf(info: tf.TensorInfo): tf.Tensor {
  return engine().makeTensorFromTensorInfo(info, tf.backend());
}

/** Another tensor of the same numbers. */
export function share({ dataId, shape, dtype }: tf.Tensor): tf.Tensor {
  (tf.backend() as ArenaBackend).incRef(dataId);
  return tensorOf({ dataId, shape, dtype });
}

/** Writes an operation on the tape, with what its gradient, which is registered, wants to find again. */
export function recordOperation(
  name: string,
  { inputs, output, saved, attributes }: {
    inputs: Record<string, tf.Tensor>;
    output: tf.Tensor;
    saved: readonly tf.Tensor[];
    attributes: Attributes;
  },
): void {
  const kept = saved.map((tensor) => {
    const shared = share(tensor);
    shared.kept = true;
    return shared;
  });
  engine().addTapeNode(name, inputs, [output], null, kept, attributes);
}

function engine(): Engine {
  return tf.engine() as unknown as Engine;
}
