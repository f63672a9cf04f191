// A training run as a value: its points can be watched as they come, its result awaited.

import type { RunEstimate } from "./estimate.ts";
import type { TrainingPoint } from "./point.ts";

/** How a training run went, in numbers. */
export interface TrainingSummary {
  /** Every point of the run, in order, those before it was resumed included. */
  readonly points: readonly TrainingPoint[];
  /** Steps done, those of a resumed checkpoint included. */
  readonly step: number;
  /** Whether the run ended before its last step: by a signal, or because its reader left the loop. */
  readonly stopped: boolean;
  /** Loss over the whole validation split when last evaluated, in nats per token. */
  readonly validationLoss?: number;
  /** The same in bits per byte of text. */
  readonly bitsPerByte?: number;
  /** Time spent on training steps, in seconds. */
  readonly seconds: number;
}

/** What a training run came to. A notebook shows it as one line, not as thousands of points. */
export class TrainingResult {
  declare readonly points: TrainingSummary["points"];
  declare readonly step: TrainingSummary["step"];
  declare readonly stopped: TrainingSummary["stopped"];
  declare readonly validationLoss?: TrainingSummary["validationLoss"];
  declare readonly bitsPerByte?: TrainingSummary["bitsPerByte"];
  declare readonly seconds: TrainingSummary["seconds"];

  constructor(summary: TrainingSummary) {
    Object.assign(this, summary);
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

/** The work of a run: its points as they come, and how it stands. */
export interface RunWork {
  readonly estimate: Promise<RunEstimate>;
  /** Does the work, one point a step. */
  points(): AsyncGenerator<TrainingPoint, void>;
  summary(): TrainingSummary;
}

/**
 * A training run. It starts when it is first iterated or awaited, and runs once. Iterating shows its
 * points as they come, to one reader; awaiting gives its result, or its error, when it has ended.
 * Leaving a loop early stops it, and the model keeps what it learned.
 */
export class TrainingRun implements AsyncIterable<TrainingPoint>, PromiseLike<TrainingResult> {
  readonly #session: RunWork;
  readonly #points: AsyncGenerator<TrainingPoint, void>;
  readonly #result = Promise.withResolvers<TrainingResult>();
  #begun = false;

  /** @param work what is done when the run is begun */
  constructor(work: RunWork) {
    this.#session = work;
    this.#points = this.#observe();
    // Whoever iterates hears of an error there, and need not await the result as well.
    this.#result.promise.catch(() => {});
  }

  /**
   * What the run takes, measured when it has begun and before its first step; rejected if it does not come to
   * that.
   */
  get estimate(): Promise<RunEstimate> {
    return this.#session.estimate;
  }

  /** @throws {Error} if the run has been begun, by another loop or by awaiting it */
  [Symbol.asyncIterator](): AsyncGenerator<TrainingPoint, void> {
    if (this.#begun) {
      throw new Error(
        "This run has been begun already: await it and take the points from its result, or call " +
          "train again.",
      );
    }
    this.#begun = true;
    return this.#points;
  }

  then<A = TrainingResult, B = never>(
    fulfilled?: ((result: TrainingResult) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    if (!this.#begun) void this.#drain();
    return this.#result.promise.then(fulfilled, rejected);
  }

  [Symbol.for("Jupyter.display")](): Record<string, string> {
    const state = this.#begun ? "A training run." : "A training run that has not begun.";
    return { "text/plain": `${state} Await it, or watch(run).` };
  }

  async *#observe(): AsyncGenerator<TrainingPoint, void> {
    try {
      yield* this.#session.points();
    } catch (error) {
      this.#result.reject(error);
      throw error;
    } finally {
      this.#result.resolve(new TrainingResult(this.#session.summary())); // no more than the first of the two counts
    }
  }

  async #drain(): Promise<void> {
    try {
      for await (const _ of this);
    } catch {
      // The result has it.
    }
  }
}
