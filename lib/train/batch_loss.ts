// The loss of a batch, computed no further than its targets need.

import * as tf from "@tensorflow/tfjs";
import type { Batch } from "../corpus/batches.ts";
import type { ModelDropout, Transformer } from "../model/transformer.ts";
import { countTargets, type TargetPlaces, targetPlaces } from "./target_places.ts";

/** Where more of a batch's places have a target than this share, all are computed to the end. */
const FEW = 3 / 4;

/** The places of a batch that have a target, if leaving the others out is worth while. */
export function fewPlaces(batch: Batch): TargetPlaces | undefined {
  const most = FEW * batch.targets.length;
  const count = countTargets(batch);
  if (count === 0 || count > most) return undefined; // as plain text, of which no places are sought
  const found = targetPlaces(batch);
  return found.places.length <= most ? found : undefined;
}

/** A batch as a model takes it. */
export interface BatchTensors extends tf.TensorContainerObject {
  readonly inputs: tf.Tensor2D; // (B, T)
  readonly targets: tf.Tensor; // (B, T), or (N)
  /** Which places the targets are for, unless for all; (N). */
  readonly at?: tf.Tensor1D;
}

/** A batch with all its targets, or with those at some places alone. */
export function tensorsOf(
  { inputs, targets, batch, context }: Batch,
  few?: TargetPlaces,
): BatchTensors {
  const shape: [number, number] = [batch, context];
  const all = tf.tensor2d(inputs, shape, "int32");
  if (few === undefined) return { inputs: all, targets: tf.tensor2d(targets, shape, "int32") };
  return {
    inputs: all,
    targets: tf.tensor1d(few.targets, "int32"),
    at: tf.tensor1d(few.places, "int32"),
  };
}

/** The mean loss over the targets. Call it inside `tf.tidy` or a gradient, as the model's own. */
export function lossOf(
  model: Transformer,
  { inputs, targets, at }: BatchTensors,
  { dropout }: { dropout?: ModelDropout } = {},
): tf.Scalar {
  return model.loss(inputs, targets, { dropout, at });
}

/** {@linkcode lossOf} a batch, with all that is made on the way. */
export function batchLoss(model: Transformer, batch: Batch): tf.Scalar {
  return lossOf(model, tensorsOf(batch, fewPlaces(batch)));
}
