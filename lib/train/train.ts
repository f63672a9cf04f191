// The training loop, from top to bottom: draw a batch, guess, measure, differentiate, step.

import * as tf from "@tensorflow/tfjs";
import type { Batch } from "../corpus/batches.ts";
import { ConfigError } from "../errors.ts";
import { bitsPerByte, evaluateLoss } from "../evaluate/loss.ts";
import { expectWritable } from "../formats/file.ts";
import { breathe, cellSignal } from "../interrupt.ts";
import type { Transformer } from "../model/transformer.ts";
import { valueAndGradients } from "../tensor/gradients.ts";
import { AdamW } from "./adamw.ts";
import { type Progress, restoreCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { type CompleteTrainingOptions, type TrainingOptions, trainingOptions } from "./options.ts";
import type { TrainingPoint } from "./point.ts";
import { TrainingRun, type TrainingSummary } from "./run.ts";
import { warmupCosine } from "./schedule.ts";
import type { TrainingData } from "./training_data.ts";

/** A run that cannot go on: its numbers left the range of numbers. */
export class TrainingError extends Error {
  override name = "TrainingError";
}

/** Sequences evaluated at once. */
const EVALUATION_BATCH = 32;
/** Steps over which the speed is averaged. */
const SPEED_WINDOW = 20;

/**
 * Trains `model` on `data` with AdamW. The parameters change in place: a run that is stopped leaves
 * them as they are.
 *
 * @throws {ConfigError} naming the first hyperparameter out of its range, before anything starts
 * @example
 * ```ts
 * const run = train(model, data, { steps: 2000, learningRate: 3e-3 });
 * for await (const { step, loss } of run) console.log(step, loss);
 * const { validationLoss } = await run;
 * ```
 */
export function train(
  model: Transformer,
  data: TrainingData,
  options: TrainingOptions,
): TrainingRun {
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
  const points: TrainingPoint[] = [];
  const outcome: Outcome = { step: 0, stopped: false, seconds: 0 };
  const steps = trainSteps(model, data, { options: complete, points, outcome });
  return new TrainingRun(steps, (): TrainingSummary => ({ points, ...outcome }));
}

/** The result so far, without its points. */
interface Outcome {
  step: number;
  stopped: boolean;
  seconds: number;
  validationLoss?: number;
  bitsPerByte?: number;
}

/** What the loop leaves behind for the result. */
interface Traces {
  readonly options: CompleteTrainingOptions;
  readonly points: TrainingPoint[];
  readonly outcome: Outcome;
}

async function* trainSteps(
  model: Transformer,
  data: TrainingData,
  { options, points, outcome }: Traces,
): AsyncGenerator<TrainingPoint, void> {
  const { steps, checkpoint, clip } = options;
  const signal = options.signal ?? cellSignal();
  const optimizer = new AdamW(model.parameters, { ...options, epsilon: 1e-8 });
  const state = { model, optimizer, tokenizer: data.tokenizer };
  let progress: Progress = { step: 0, tokens: 0, seconds: 0 };
  if (checkpoint !== undefined && options.resume) {
    progress = await restoreCheckpoint(checkpoint, state) ?? progress;
    Object.assign(outcome, { step: progress.step, seconds: progress.seconds });
    if (progress.step >= steps) {
      Object.assign(outcome, await validate(model, data, { ...options, signal }));
    }
  }
  const speed = new Speedometer();
  let saved = progress.step;
  let failed = false;
  if (checkpoint !== undefined) await expectWritable(checkpoint);
  try {
    while (progress.step < steps) {
      if (signal?.aborted) break;
      const start = performance.now();
      const { loss, gradients, tokens } = lossAndGradients(model, data, {
        ...options,
        step: progress.step,
      });
      const learningRate = warmupCosine(progress.step, options);
      const { gradientNorm } = Number.isFinite(loss)
        ? optimizer.step(gradients, { learningRate, clip })
        : { gradientNorm: NaN };
      tf.dispose([...gradients.values()]);
      const seconds = (performance.now() - start) / 1000;
      expectFinite({ loss, gradientNorm, step: progress.step + 1, learningRate });

      progress = {
        step: progress.step + 1,
        tokens: progress.tokens + tokens,
        seconds: progress.seconds + seconds,
      };
      Object.assign(outcome, { step: progress.step, seconds: progress.seconds });
      const due = progress.step % options.evaluateEvery === 0 || progress.step === steps;
      const validation = due ? await validate(model, data, { ...options, signal }) : {};
      Object.assign(outcome, validation);
      const point: TrainingPoint = {
        ...progress,
        steps,
        loss,
        ...validation,
        gradientNorm,
        learningRate,
        tokensPerSecond: speed.tokensPerSecond({ tokens, seconds }),
      };
      points.push(point);
      if (checkpoint !== undefined && progress.step % options.checkpointEvery === 0) {
        await writeCheckpoint(checkpoint, { ...state, progress });
        saved = progress.step;
      }
      yield point;
      await breathe();
    }
  } catch (error) {
    failed = true;
    throw error;
  } finally {
    // Also when the reader leaves its loop early: what was learned since the last checkpoint is kept.
    // A run that failed may have learned nonsense, and leaves the checkpoint as it was.
    outcome.stopped = progress.step < steps;
    if (!failed && checkpoint !== undefined && saved < progress.step) {
      await writeCheckpoint(checkpoint, { ...state, progress });
    }
  }
}

/** The mean loss and gradients over one step's batches. */
function lossAndGradients(
  model: Transformer,
  data: TrainingData,
  { accumulate, step, ...options }: CompleteTrainingOptions & { step: number },
): { loss: number; gradients: Map<string, tf.Tensor>; tokens: number } {
  const names = [...model.parameters.keys()];
  let loss = 0;
  let tokens = 0;
  let sums: tf.Tensor[] | undefined;
  for (let part = 0; part < accumulate; part++) {
    const batch = data.sample({ ...options, step: step * accumulate + part });
    const { value, gradients } = backpropagate(model, batch);
    loss += value / accumulate;
    tokens += batch.batch * batch.context;
    sums = sums === undefined ? gradients : addAll(sums, gradients);
  }
  const means = accumulate === 1 ? sums! : scaleAll(sums!, 1 / accumulate);
  return { loss, gradients: new Map(names.map((name, i) => [name, means[i]])), tokens };
}

/** One forward and one backward pass. */
function backpropagate(
  model: Transformer,
  { inputs, targets, batch, context }: Batch,
): { value: number; gradients: tf.Tensor[] } {
  const shape: [number, number] = [batch, context];
  const x = tf.tensor2d(inputs, shape, "int32");
  const y = tf.tensor2d(targets, shape, "int32");
  const variables = [...model.parameters.values()];
  const { value, gradients } = valueAndGradients(() => model.loss(x, y), variables);
  const loss = value.dataSync()[0];
  tf.dispose([x, y, value]);
  return { value: loss, gradients };
}

function addAll(sums: tf.Tensor[], terms: tf.Tensor[]): tf.Tensor[] {
  const added = sums.map((sum, i) => tf.add(sum, terms[i]));
  tf.dispose([...sums, ...terms]);
  return added;
}

function scaleAll(tensors: tf.Tensor[], factor: number): tf.Tensor[] {
  const scaled = tensors.map((tensor) => tf.mul(tensor, factor));
  tf.dispose(tensors);
  return scaled;
}

async function validate(
  model: Transformer,
  data: TrainingData,
  { context, signal }: CompleteTrainingOptions,
): Promise<Pick<TrainingPoint, "validationLoss" | "bitsPerByte">> {
  const batches = data.validationBatches({ batch: EVALUATION_BATCH, context });
  const validationLoss = await evaluateLoss(model, batches, { signal });
  if (validationLoss === undefined) return {};
  const { bytesPerToken } = data;
  return bytesPerToken === undefined
    ? { validationLoss }
    : { validationLoss, bitsPerByte: bitsPerByte(validationLoss, { bytesPerToken }) };
}

function expectFinite(
  { loss, gradientNorm, step, learningRate }: {
    loss: number;
    gradientNorm: number;
    step: number;
    learningRate: number;
  },
): void {
  if (Number.isFinite(loss) && Number.isFinite(gradientNorm)) return;
  throw new TrainingError(
    `Step ${step} gave a loss of ${loss} and a gradient norm of ${gradientNorm} at a learning rate ` +
      `of ${
        learningRate.toPrecision(2)
      }. Try a third of the learning rate, or a longer warm-up; a ` +
      `checkpoint keeps what was last saved to it.`,
  );
}

/** Tokens a second over the last steps, evaluation left out. */
class Speedometer {
  readonly #steps: { tokens: number; seconds: number }[] = [];

  tokensPerSecond(step: { tokens: number; seconds: number }): number {
    this.#steps.push(step);
    if (this.#steps.length > SPEED_WINDOW) this.#steps.shift();
    const sum = (key: "tokens" | "seconds") => this.#steps.reduce((s, step) => s + step[key], 0);
    return sum("tokens") / Math.max(sum("seconds"), 1e-9);
  }
}
