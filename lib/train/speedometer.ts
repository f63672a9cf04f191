// The speed of a run, smoothed.

/** Steps over which the speed is averaged. */
const WINDOW = 20;

/** Averages the speed of the last steps. */
export class Speedometer {
  readonly #steps: { tokens: number; seconds: number }[] = [];

  /** The speed with one step more, in tokens a second. */
  tokensPerSecond(step: { tokens: number; seconds: number }): number {
    this.#steps.push(step);
    if (this.#steps.length > WINDOW) this.#steps.shift();
    const sum = (key: "tokens" | "seconds") => this.#steps.reduce((s, step) => s + step[key], 0);
    return sum("tokens") / Math.max(sum("seconds"), 1e-9);
  }
}
