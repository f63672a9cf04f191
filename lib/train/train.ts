// What starts a training run, and hands on what it tells.

import { ConfigError } from "../errors.ts";
import type { Transformer } from "../model/transformer.ts";
import { defaultWorkers } from "./default_workers.ts";
import type { RunEstimate } from "./estimate.ts";
import { type CompleteTrainingOptions, type TrainingOptions, trainingOptions } from "./options.ts";
import { TrainingRun } from "./run.ts";
import { RunSession } from "./run_session.ts";
import type { TrainingData } from "./training_data.ts";

/**
 * Trains `model` on `data`. The parameters change in place, and a run that is stopped leaves them as they are
 * then. The work is done by workers: this thread stays free, and may use the model or start another run
 * meanwhile. If the reader of the points is slow, the run gets a few steps ahead of it and then waits.
 *
 * @throws {ConfigError} naming the first hyperparameter out of its range, before anything starts; from the run
 * itself, if there is too little memory for it
 * @throws {TrainingError} from the run, if its numbers leave the range of numbers, the loss jumps or a worker
 * fails; the model has the parameters of the last good checkpoint then
 * @example
 * ```ts
 * const run = train(model, data, { steps: 2000, learningRate: 3e-3, folder: "runs/first" });
 * for await (const { step, loss } of run) console.log(step, loss);
 * const { validationLoss } = await run;
 * ```
 */
export function train(
  model: Transformer,
  data: TrainingData,
  options: TrainingOptions,
): TrainingRun {
  const session = new RunSession(model, data, checked(model, data, options));
  return new TrainingRun(session);
}

/**
 * What a run would take, measured by doing its first step without moving anything.
 *
 * @throws {ConfigError} as `train` does
 * @example
 * ```ts
 * const { seconds, bytes } = await estimateRun(model, data, { steps: 2000 });
 * ```
 */
export async function estimateRun(
  model: Transformer,
  data: TrainingData,
  options: TrainingOptions,
): Promise<RunEstimate> {
  const { folder: _, resume: __, ...others } = options;
  const complete = checked(model, data, others);
  const session = new RunSession(model, data, { ...complete, signal: AbortSignal.abort() });
  for await (const _ of session.points());
  return await session.estimate;
}

/** The options complete, when everything about the run has been found to fit together. */
function checked(
  model: Transformer,
  data: TrainingData,
  options: TrainingOptions,
): CompleteTrainingOptions & { readonly workers: number } {
  const complete = trainingOptions(options, { modelContext: model.config.context });
  if (data.tokenizer.vocabularySize > model.config.vocabularySize) {
    throw new ConfigError(
      `The tokenizer has ${data.tokenizer.vocabularySize} tokens, but the model knows ` +
        `${model.config.vocabularySize}: make it with vocabularySize: tokenizer.vocabularySize.`,
    );
  }
  // Too little text is said now, not minutes later.
  data.sample({ ...complete, step: 0 });
  data.validationBatches({ batch: 1, context: complete.context })[Symbol.iterator]().next();
  const workers = complete.workers ?? defaultWorkers(model.config, complete);
  return { ...complete, workers: Math.min(workers, complete.batch) };
}
