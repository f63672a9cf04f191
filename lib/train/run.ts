// A training run as a value: its points can be watched as they come, its result awaited.

import type { TrainingPoint } from "./point.ts";

/** How a training run went, in numbers. */
export interface TrainingSummary {
  /** Every point of the run, in order. */
  readonly points: readonly TrainingPoint[];
  /** Steps done, those of a resumed checkpoint included. */
  readonly step: number;
  /** Whether a signal ended the run before its last step. */
  readonly stopped: boolean;
  /** Loss over the whole validation split when last evaluated, in nats per token. */
  readonly validationLoss?: number;
  /** The same in bits per byte of text. */
  readonly bitsPerByte?: number;
  /** Time spent on training steps, in seconds. */
  readonly seconds: number;
}

/** What a training run came to. A notebook shows it as one line, not as thousands of points. */
export class TrainingResult implements TrainingSummary {
  readonly points: readonly TrainingPoint[];
  readonly step: number;
  readonly stopped: boolean;
  readonly validationLoss?: number;
  readonly bitsPerByte?: number;
  readonly seconds: number;

  constructor(summary: TrainingSummary) {
    this.points = summary.points;
    this.step = summary.step;
    this.stopped = summary.stopped;
    this.validationLoss = summary.validationLoss;
    this.bitsPerByte = summary.bitsPerByte;
    this.seconds = summary.seconds;
  }

  [Symbol.for("Jupyter.display")](): Record<string, string> {
    const parts = [
      `${this.stopped ? "stopped after" : "trained for"} ${this.step} steps`,
      `${this.seconds.toFixed(1)} s`,
    ];
    if (this.validationLoss !== undefined) {
      parts.push(`validation loss ${this.validationLoss.toFixed(3)}`);
    }
    return { "text/plain": parts.join(", ") };
  }
}

/**
 * A training run. It starts when it is first iterated or awaited, and runs once: iterating shows its
 * points as they come, awaiting gives its result. Leaving a loop early stops it, and the model keeps what it learned.
 */
export class TrainingRun implements AsyncIterable<TrainingPoint>, PromiseLike<TrainingResult> {
  readonly #steps: AsyncGenerator<TrainingPoint, void>;
  readonly #summary: () => TrainingSummary;
  #result: Promise<TrainingResult> | undefined;

  /**
   * @param steps does the work, one point a step
   * @param summary the result as it stands when `steps` has ended
   */
  constructor(steps: AsyncGenerator<TrainingPoint, void>, summary: () => TrainingSummary) {
    this.#steps = steps;
    this.#summary = summary;
  }

  [Symbol.asyncIterator](): AsyncGenerator<TrainingPoint, void> {
    return this.#steps;
  }

  then<A = TrainingResult, B = never>(
    fulfilled?: ((result: TrainingResult) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#result ??= this.#finish();
    return this.#result.then(fulfilled, rejected);
  }

  async #finish(): Promise<TrainingResult> {
    for await (const _ of this.#steps);
    return new TrainingResult(this.#summary());
  }
}
