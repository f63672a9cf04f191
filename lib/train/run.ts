// A training run as a value: its points can be watched as they come, its result awaited.

import type { TrainingPoint } from "./point.ts";

/** What a training run came to. */
export interface TrainingResult {
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

/**
 * A training run. It starts when it is first iterated or awaited, and runs once: iterating shows its
 * points as they come, awaiting gives its result. Leaving a loop early stops it, and the model keeps what it learned.
 */
export class TrainingRun implements AsyncIterable<TrainingPoint>, PromiseLike<TrainingResult> {
  readonly #steps: AsyncGenerator<TrainingPoint, void>;
  readonly #summary: () => TrainingResult;
  #result: Promise<TrainingResult> | undefined;

  /**
   * @param steps does the work, one point a step
   * @param summary the result as it stands when `steps` has ended
   */
  constructor(steps: AsyncGenerator<TrainingPoint, void>, summary: () => TrainingResult) {
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
    return this.#summary();
  }
}
