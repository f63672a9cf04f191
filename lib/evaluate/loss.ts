// How well a model guesses text it was not trained on.

import * as tf from "@tensorflow/tfjs";
import type { Batch } from "../corpus/batches.ts";
import { breathe } from "../interrupt.ts";
import type { Transformer } from "../model/transformer.ts";
import { IGNORED } from "../tensor/cross_entropy.ts";

/**
 * The mean cross entropy over every target of `batches`, in nats per token.
 *
 * @returns undefined if the signal ended it early
 */
export async function evaluateLoss(
  model: Transformer,
  batches: Iterable<Batch>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<number | undefined> {
  let total = 0;
  let count = 0;
  for (const batch of batches) {
    if (signal?.aborted) return undefined;
    const targets = batch.targets.filter((target) => target !== IGNORED).length;
    total += targets * lossOf(model, batch);
    count += targets;
    await breathe();
  }
  return count === 0 ? undefined : total / count;
}

/** The same loss in bits for each byte of text, which makes tokenizers comparable. */
export function bitsPerByte(loss: number, { bytesPerToken }: { bytesPerToken: number }): number {
  return loss / Math.LN2 / bytesPerToken;
}

function lossOf(model: Transformer, { inputs, targets, batch, context }: Batch): number {
  return tf.tidy(() => {
    const shape: [number, number] = [batch, context];
    const loss = model.loss(
      tf.tensor2d(inputs, shape, "int32"),
      tf.tensor2d(targets, shape, "int32"),
    );
    return loss.dataSync()[0];
  });
}
