// Training runs to draw and to watch, for the tests of figures.
import type { TrainingPoint } from "../../../lib/train/point.ts";

/** A point of a run whose loss is 1 + 3 / step, measured on the validation split every 10 steps. */
export function point(step: number, steps = 100): TrainingPoint {
  return {
    step,
    steps,
    tokens: step * 768,
    loss: 1 + 3 / step,
    ...(step % 10 === 0 ? { validationLoss: 1.1 + 3 / step } : {}),
    gradientNorm: 1,
    learningRate: 0.003,
    tokensPerSecond: 5312,
    seconds: step * 0.5,
  };
}

/** The points of the first `done` of `steps` steps. */
export function points(done: number, steps = done): TrainingPoint[] {
  return Array.from({ length: done }, (_, i) => point(i + 1, steps));
}

/** A run that gives its points one by one, each after `pause` milliseconds, and then its result. */
export class FakeRun implements AsyncIterable<TrainingPoint>, PromiseLike<string> {
  readonly #points: TrainingPoint[];
  readonly #pause: number;
  readonly #end: (step: number) => void;

  /** @param options.end is called before each point; what it throws ends the run */
  constructor(points: TrainingPoint[], { pause = 0, end = (_step: number) => {} } = {}) {
    this.#points = points;
    this.#pause = pause;
    this.#end = end;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<TrainingPoint> {
    for (const point of this.#points) {
      if (this.#pause > 0) await new Promise((resolve) => setTimeout(resolve, this.#pause));
      this.#end(point.step);
      yield point;
    }
  }

  then<A = string, B = never>(
    resolved?: ((value: string) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): PromiseLike<A | B> {
    return Promise.resolve("result").then(resolved, rejected);
  }
}
