// One run from its begin to its end: takes the memory, wakes the workers, passes on their points, and puts
// everything back, whatever way it ends.

import { TokenizedCorpus } from "../corpus/tokenized_corpus.ts";
import { breathe, cellSignal } from "../interrupt.ts";
import type { Transformer } from "../model/transformer.ts";
import { regionView } from "../tensor/arena/regions.ts";
import { backendInUse } from "../tensor/backend.ts";
import { fillRing, makeRing } from "./batch_ring.ts";
import { drawnFrom } from "./batch_source.ts";
import { type Progress, restoreCheckpoint } from "./checkpoint.ts";
import { chooseOptimizer } from "./choose_optimizer.ts";
import { EventQueue } from "./event_queue.ts";
import { expectToFit, type RunEstimate } from "./estimate.ts";
import { TrainingError } from "./guards.ts";
import { parameterLayout, slotValues } from "./layout.ts";
import { stateLayout } from "./optimizer.ts";
import type { CompleteTrainingOptions } from "./options.ts";
import type { TrainingPoint } from "./point.ts";
import { beginRunFolder, checkpointPath, resumeRunFolder, writeRunConfig } from "./run_folder.ts";
import { allocateRunMemory, freeRunMemory, type RunMemory, Word, wordsOf } from "./run_memory.ts";
import type { TrainingSummary } from "./run.ts";
import { sharedTokens } from "./shared_tokens.ts";
import { type LoopReport, type LoopSetup, trainLoop } from "./train_loop.ts";
import type { TrainingData } from "./training_data.ts";
import { type SharedData, WorkerGroup } from "./worker_group.ts";

/** Steps that a run may be ahead of whoever reads its points. */
const AHEAD = 16;

/** Models that are being trained; two runs would move their parameters to and fro. */
const busy = new WeakSet<Transformer>();

/** A run that can be gone through once. */
export class RunSession {
  readonly #model: Transformer;
  readonly #data: TrainingData;
  readonly #options: CompleteTrainingOptions & { readonly workers: number };
  readonly #signal: AbortSignal | undefined;
  readonly #estimate = Promise.withResolvers<RunEstimate>();
  readonly #points: TrainingPoint[] = [];
  #start: Progress = { step: 0, tokens: 0, seconds: 0 };
  #failure: string | undefined;

  constructor(
    model: Transformer,
    data: TrainingData,
    options: CompleteTrainingOptions & { readonly workers: number },
  ) {
    this.#model = model;
    this.#data = data;
    this.#options = options;
    this.#signal = options.signal ?? cellSignal();
    this.#estimate.promise.catch(() => {}); // few ask for it
  }

  /** What the run takes, as soon as that has been measured; rejected if it ends before. */
  get estimate(): Promise<RunEstimate> {
    return this.#estimate.promise;
  }

  /** The run as it stands. */
  summary(): TrainingSummary {
    const { step, seconds } = this.#points.at(-1) ?? this.#start;
    const { validationLoss, bitsPerByte } =
      this.#points.findLast((point) => point.validationLoss !== undefined) ?? {};
    const stopped = step < this.#options.steps;
    return { points: this.#points, step, stopped, seconds, validationLoss, bitsPerByte };
  }

  /** Goes through the run, and yields a point for each step. */
  async *points(): AsyncGenerator<TrainingPoint, void> {
    if (busy.has(this.#model)) {
      throw new TrainingError("Another run trains this model: wait for its end, or stop it first.");
    }
    busy.add(this.#model);
    try {
      yield* this.#withMemory();
    } finally {
      busy.delete(this.#model);
      this.#estimate.reject(new TrainingError("The run ended before it was measured."));
    }
  }

  async *#withMemory(): AsyncGenerator<TrainingPoint, void> {
    const model = this.#model;
    const options = this.#options;
    const layout = parameterLayout(model.config);
    const workers = Math.max(1, options.workers);
    const stateSize = stateLayout(chooseOptimizer(options), layout.trained).size;
    expectToFit({ config: model.config, options, layout, stateSize, workers });
    const isAveraged = options.ema > 0;
    const memory = await allocateRunMemory({ model, layout, stateSize, workers, isAveraged });
    const setup: Omit<LoopSetup, "rank"> = {
      config: model.config,
      options: { ...options, signal: undefined } as LoopSetup["options"],
      workers,
      memory,
      start: this.#start,
      bytesPerToken: this.#data.bytesPerToken,
      ahead: AHEAD,
    };
    let hasBegun = false;
    let hasFailed = false;
    try {
      await this.#begin(memory);
      hasBegun = true;
      const run = { ...setup, start: this.#start };
      yield* options.workers === 0 ? this.#here(run) : this.#inWorkers(run);
    } catch (error) {
      hasFailed = true;
      throw error;
    } finally {
      // A run that fails goes back to its last good parameters; any other leaves what it would save.
      const kept = hasFailed ? memory.good : memory.average;
      if (hasBegun && kept.length > 0) {
        layout.slots.forEach((slot, i) =>
          regionView(memory.parameters[i]).set(slotValues(regionView(kept), slot))
        );
      }
      freeRunMemory(memory, { model, layout });
    }
  }

  /** Finds where the run goes on, and makes its folder ready. */
  async #begin(memory: RunMemory): Promise<void> {
    const { config } = this.#model;
    const { folder, resume } = this.#options;
    const layout = parameterLayout(config);
    const numbers = {
      parameters: memory.parameters.map(regionView),
      average: regionView(memory.average),
      state: regionView(memory.state),
    };
    const begin = (flat: Float32Array) =>
      layout.slots.forEach((slot, i) => slotValues(flat, slot).set(numbers.parameters[i]));
    if (numbers.average.length > 0) begin(numbers.average);
    if (folder !== undefined) {
      const shape = {
        config,
        tokenizer: this.#data.tokenizer,
        layout,
        stateLayout: stateLayout(chooseOptimizer(this.#options), layout.trained),
      };
      const progress = resume
        ? await restoreCheckpoint(checkpointPath(folder), { shape, numbers })
        : undefined;
      if (progress === undefined) await beginRunFolder(folder);
      else {
        this.#start = progress;
        this.#points.push(...await resumeRunFolder(folder, progress));
      }
      const { signal: _, ...training } = this.#options;
      await writeRunConfig(folder, { model: config, training, backend: backendInUse() });
    }
    const good = regionView(memory.good);
    if (numbers.average.length > 0) good.set(numbers.average);
    else begin(good);
    const words = wordsOf(memory);
    for (const word of [Word.good, Word.read, Word.drawn]) words[word] = this.#start.step;
    if (this.#signal?.aborted) words[Word.stop] = 1;
  }

  /** Runs the loop on this thread, which does nothing else between two steps. */
  async *#here(setup: Omit<LoopSetup, "rank">): AsyncGenerator<TrainingPoint, void> {
    const source = drawnFrom(this.#data, this.#options);
    const { tokenizer } = this.#data;
    const loop = trainLoop({ ...setup, rank: 0, ahead: Infinity }, { source, tokenizer });
    const stop = this.#stopper(setup.memory);
    try {
      for (let next; !(next = await loop.next()).done;) {
        this.#hear(next.value);
        if (next.value.kind === "point") yield next.value.point;
        await breathe();
      }
      this.#expectNoFailure(setup.memory);
    } finally {
      stop();
      while (!(await loop.next()).done); // it may have a checkpoint to write
    }
  }

  /** Has workers run the loop. */
  async *#inWorkers(setup: Omit<LoopSetup, "rank">): AsyncGenerator<TrainingPoint, void> {
    const { memory } = setup;
    const words = wordsOf(memory);
    const { data, drawAfter } = this.#shareData(words);
    drawAfter(this.#start.step);
    const queue = new EventQueue<TrainingPoint>();
    const group = new WorkerGroup({
      setup,
      data,
      tokenizer: this.#data.tokenizer.toJSON(),
      onReport: (report) => {
        this.#hear(report);
        if (report.kind !== "point") return;
        queue.push(report.point);
        try {
          drawAfter(report.point.step);
        } catch (error) {
          group.abandon(error as Error);
        }
      },
    });
    const ended = group.end().then(() => queue.end(), (error) => queue.end(error));
    const stop = this.#stopper(memory);
    try {
      for await (const point of queue) {
        Atomics.store(words, Word.read, point.step);
        Atomics.notify(words, Word.read);
        yield point;
      }
      this.#expectNoFailure(memory);
    } finally {
      stop();
      await ended;
    }
  }

  /** What workers draw their batches from, and what draws for them after each step. */
  #shareData(words: Int32Array): { data: SharedData; drawAfter: (done: number) => void } {
    const data = this.#data;
    if (data instanceof TokenizedCorpus) {
      const shared = {
        train: sharedTokens(data.train),
        validation: sharedTokens(data.validation),
      };
      return { data: shared, drawAfter: () => {} };
    }
    const options = this.#options;
    const source = drawnFrom(data, options);
    const ring = makeRing(source, options);
    const { steps } = options;
    return {
      data: { ring },
      drawAfter: (done) => fillRing(ring, { source, options, words, done, steps }),
    };
  }

  #hear(report: LoopReport): void {
    switch (report.kind) {
      case "ready": {
        const { steps, evaluateEvery } = this.#options;
        const { step } = this.#start;
        const evaluations = Math.ceil(steps / evaluateEvery) - Math.floor(step / evaluateEvery);
        const seconds = (steps - step) * report.stepSeconds +
          evaluations * report.evaluationSeconds;
        this.#estimate.resolve({ seconds, bytes: report.bytes });
        break;
      }
      case "point":
        this.#points.push(report.point);
        break;
      case "failed":
        this.#failure = report.reason;
    }
  }

  /** Has the signal end the run; returns what ends it in any case and takes the signal's hook off. */
  #stopper(memory: RunMemory): () => void {
    const words = wordsOf(memory);
    const stop = () => {
      Atomics.store(words, Word.stop, 1);
      Atomics.notify(words, Word.read);
    };
    this.#signal?.addEventListener("abort", stop);
    return () => {
      this.#signal?.removeEventListener("abort", stop);
      stop();
    };
  }

  #expectNoFailure(memory: RunMemory): void {
    if (this.#failure === undefined) return;
    const step = Atomics.load(wordsOf(memory), Word.good);
    throw new TrainingError(`${this.#failure}. The model is back at step ${step}.`);
  }
}
