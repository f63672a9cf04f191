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
