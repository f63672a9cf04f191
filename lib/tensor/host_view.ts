// The numbers of tensors where they lie.

import * as tf from "@tensorflow/tfjs";
import { ArenaBackend, type View } from "./arena/backend.ts";

/**
 * The values of `tensor` where they lie, or a copy on a backend outside this process's memory. Valid until
 * the tensor is disposed of; not to be written to.
 */
export function hostView(tensor: tf.Tensor): View {
  const backend = tf.backend();
  return backend instanceof ArenaBackend ? backend.view(tensor) : tensor.dataSync() as View;
}

/** Whether the backend in use can be read at once; on WebGPU numbers come with `await tensor.data()`. */
export function canRead(): boolean {
  return tf.getBackend() !== "webgpu";
}
