// The training loop as each worker runs it: guess and measure on its own rows, add up what all found, move its
// own share of the parameters. One worker alone is the same, with nothing to add up.

import { bitsPerByte } from "../evaluate/loss.ts";
import type { ModelConfig } from "../model/config.ts";
import { regionView } from "../tensor/arena/regions.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { Barrier } from "./barrier.ts";
import type { BatchSource } from "./batch_source.ts";
import { type Progress, type RunShape, writeCheckpoint } from "./checkpoint.ts";
import { chooseOptimizer } from "./choose_optimizer.ts";
import { flopsPerToken, measurePeak } from "./flops.ts";
import { Guard, type StepFigures } from "./guards.ts";
import { parameterLayout } from "./layout.ts";
import { stateLayout } from "./optimizer.ts";
import type { CompleteTrainingOptions } from "./options.ts";
import type { TrainingPoint } from "./point.ts";
import { checkpointPath, MetricsLog } from "./run_folder.ts";
import { Figure, figuresOf, type RunMemory, Word, wordsOf } from "./run_memory.ts";
import { learningRateAt } from "./schedule.ts";
import { Share } from "./share.ts";
import { Speedometer } from "./speedometer.ts";

/** What every worker of a run is told. */
export interface LoopSetup {
  readonly config: ModelConfig;
  readonly options: Omit<CompleteTrainingOptions, "signal">;
  /** How many share the work, from 1. */
  readonly workers: number;
  /** Which of them this is, from 0; the first reports, and writes files. */
  readonly rank: number;
  readonly memory: RunMemory;
  /** Where the run goes on. */
  readonly start: Progress;
  readonly bytesPerToken?: number;
  /** How many steps the run may be ahead of whoever reads its points; Infinity where that is the same thread. */
  readonly ahead: number;
}

/** What a worker has of its own. */
export interface LoopTools {
  readonly source: BatchSource;
  /** For the checkpoint's file. */
  readonly tokenizer: Tokenizer;
}

/** What the first worker reports. */
export type LoopReport =
  | {
    readonly kind: "ready";
    /** Time of one step, as far as it was measured, in seconds. */
    readonly stepSeconds: number;
    /** Time of one evaluation, in seconds. */
    readonly evaluationSeconds: number;
    /** Memory of this process, in bytes. */
    readonly bytes: number;
  }
  | { readonly kind: "point"; readonly point: TrainingPoint }
  | { readonly kind: "failed"; readonly reason: string };

/** What the workers do next. */
const [GO, END] = [1, 2];
/** Milliseconds between looks whether a slow reader has gone. */
const PATIENCE = 200;

/**
 * Runs the loop. All workers of a run go through it together; only the first yields reports.
 *
 * @throws {AbandonedError} if another worker has failed
 */
export async function* trainLoop(
  setup: LoopSetup,
  { source, tokenizer }: LoopTools,
): AsyncGenerator<LoopReport, void> {
  const { config, options, workers, rank, memory, start, ahead } = setup;
  const isFirst = rank === 0;
  const optimizer = chooseOptimizer(options);
  const layout = parameterLayout(config);
  const shape: RunShape = {
    config,
    tokenizer,
    layout,
    stateLayout: stateLayout(optimizer, layout.trained),
  };
  const words = wordsOf(memory);
  const barrier = new Barrier(words.subarray(0, Barrier.words), { workers });
  const figures = Array.from({ length: workers }, (_, worker) => figuresOf(memory, worker));
  const sum = (figure: number) => figures.reduce((total, own) => total + own[figure], 0);
  const share = new Share({ setup, optimizer, layout, source });
  const guard = new Guard(options);
  const speed = new Speedometer();
  const log = isFirst && options.folder !== undefined ? new MetricsLog(options.folder) : undefined;
  let progress = start;
  let saved = start.step;

  try {
    const readiness = await share.warmUp(start.step, barrier);
    figures[rank][Figure.peak] = measurePeak();
    barrier.wait();
    const peak = sum(Figure.peak);
    const flops = flopsPerToken(config, options);
    if (isFirst) yield { kind: "ready", ...readiness, bytes: Deno.memoryUsage().rss };

    while (true) {
      if (isFirst) {
        waitForReader(words, { step: progress.step, ahead });
        const isOver = progress.step >= options.steps || Atomics.load(words, Word.stop) !== 0;
        Atomics.store(words, Word.command, isOver ? END : GO);
      }
      const begun = performance.now(); // waiting for others is a part of the step
      barrier.wait(); // all parameters are moved
      share.release();
      if (Atomics.load(words, Word.command) === END) break;

      const tokens = await share.backpropagate(progress.step);
      barrier.wait(); // all gradients are there
      figures[rank][Figure.squares] = share.reduce();
      barrier.wait(); // and all sums of them
      const step: StepFigures = {
        step: progress.step + 1,
        loss: sum(Figure.loss),
        gradientNorm: Math.sqrt(sum(Figure.squares)),
        learningRate: learningRateAt(progress.step, options),
      };
      const reason = guard.look(step);
      if (reason !== undefined) {
        if (isFirst) yield { kind: "failed", reason };
        saved = step.step; // what led here is not worth keeping
        break;
      }
      share.update(step);
      const seconds = (performance.now() - begun) / 1000;
      progress = {
        step: step.step,
        tokens: progress.tokens + tokens,
        seconds: progress.seconds + seconds,
      };

      const isLast = progress.step === options.steps;
      const isCheckpoint = isLast || progress.step % options.checkpointEvery === 0;
      const isEvaluation = isLast || progress.step % options.evaluateEvery === 0;
      if (isEvaluation || isCheckpoint) barrier.wait(); // the parameters are moved
      let validation = {};
      if (isEvaluation) {
        await share.evaluate();
        barrier.wait();
        validation = validationOf(sum(Figure.evaluated), sum(Figure.targets), setup);
      }
      if (!isFirst) continue;
      const tokensPerSecond = speed.tokensPerSecond({ tokens, seconds });
      const { loss, gradientNorm, learningRate } = step;
      const point: TrainingPoint = {
        ...progress,
        steps: options.steps,
        loss,
        ...validation,
        gradientNorm,
        learningRate,
        tokensPerSecond,
        peakShare: tokensPerSecond * flops / peak,
      };
      log?.append(point);
      if (isCheckpoint) {
        share.keepGood();
        Atomics.store(words, Word.good, progress.step);
        if (log !== undefined) await save();
      }
      yield { kind: "point", point };
    }
    if (log !== undefined && saved < progress.step) await save();
  } catch (error) {
    barrier.abandon();
    throw error;
  } finally {
    share.dispose();
    log?.close();
  }

  async function save(): Promise<void> {
    log!.sync();
    const numbers = {
      parameters: memory.parameters.map(regionView),
      average: regionView(memory.average),
      state: regionView(memory.state),
    };
    await writeCheckpoint(checkpointPath(options.folder!), { shape, numbers, progress });
    saved = progress.step;
  }
}

function waitForReader(words: Int32Array, { step, ahead }: { step: number; ahead: number }): void {
  for (let read; step - (read = Atomics.load(words, Word.read)) >= ahead;) {
    if (Atomics.load(words, Word.stop) !== 0 || Atomics.load(words, Barrier.abandoned) !== 0) {
      return;
    }
    Atomics.wait(words, Word.read, read, PATIENCE);
  }
}

/** The loss over the split, unless a stop kept some worker from its part. */
function validationOf(
  total: number,
  targets: number,
  { bytesPerToken }: LoopSetup,
): Pick<TrainingPoint, "validationLoss" | "bitsPerByte"> {
  if (!(targets > 0)) return {};
  const validationLoss = total / targets;
  return bytesPerToken === undefined
    ? { validationLoss }
    : { validationLoss, bitsPerByte: bitsPerByte(validationLoss, { bytesPerToken }) };
}
