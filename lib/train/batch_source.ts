// Where a worker finds the batches of a step. All workers see the whole batch, and each takes its rows.

import { type Batch, sampleBatch, windows } from "../corpus/batches.ts";
import type { TrainingData } from "./training_data.ts";

/** The batches of a run. */
export interface BatchSource {
  /** The batches whose gradients make up a step, from 0. */
  at(step: number): readonly Batch[];
  /** The validation split. */
  validation(): Iterable<Batch>;
}

/** How batches are drawn. */
export interface DrawOptions {
  readonly batch: number;
  readonly context: number;
  readonly accumulate: number;
  readonly seed: number;
  /** How many share a batch; 0 and 1 share with nobody. */
  readonly workers: number;
}

/** Fewer tokens than this are not worth a pass. */
const LEAST_TOKENS = 512;

/** Batches that are drawn from `data` where they are used. */
export function drawnFrom(
  data: Pick<TrainingData, "sample" | "validationBatches">,
  { batch, context, accumulate, seed, workers }: DrawOptions,
): BatchSource {
  // A worker evaluates as many rows at once as it learns from, and so in the same memory.
  const rows = Math.max(Math.ceil(batch / Math.max(1, workers)), Math.ceil(LEAST_TOKENS / context));
  return {
    at: (step) =>
      Array.from({ length: accumulate }, (_, part) => {
        return data.sample({ batch, context, seed, step: step * accumulate + part });
      }),
    validation: () => data.validationBatches({ batch: rows, context }),
  };
}

/** Batches of tokens in shared memory, which each worker draws for itself. */
export function drawnFromTokens(
  tokens: { train: Uint32Array; validation: Uint32Array },
  options: DrawOptions,
): BatchSource {
  return drawnFrom({
    sample: (which) => sampleBatch(tokens.train, which),
    validationBatches: (which) => windows(tokens.validation, which),
  }, options);
}

/** The rows of worker `rank`: neighbouring ones, as many as any other's or one less. */
export function rowsOf(
  { inputs, targets, batch, context }: Batch,
  { rank, workers }: { rank: number; workers: number },
): Batch & { readonly firstRow: number } {
  const firstRow = Math.ceil(rank * batch / workers);
  const end = Math.ceil((rank + 1) * batch / workers);
  return {
    inputs: inputs.subarray(firstRow * context, end * context),
    targets: targets.subarray(firstRow * context, end * context),
    batch: end - firstRow,
    context,
    firstRow,
  };
}
