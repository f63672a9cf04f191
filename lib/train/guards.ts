// What tells a run that goes wrong from one that is merely ragged.

/** A run that cannot go on: its numbers left the range of numbers, or what it had learned was lost. */
export class TrainingError extends Error {
  override name = "TrainingError";
}

/** What a step gave, before it moves anything. */
export interface StepFigures {
  /** The number of the step, from 1. */
  readonly step: number;
  readonly loss: number;
  /** Before clipping. */
  readonly gradientNorm: number;
  readonly learningRate: number;
}

/** The memory of the smoothed loss, as the share that each step keeps. */
const MEMORY = 0.95;
/** Steps before a loss or a norm is called unusual. */
const SETTLING = 20;
/** A norm this many times the usual one has exploded. */
const EXPLOSION = 1e4;

/**
 * Watches a run. Each step is looked at before it moves a parameter, so that what was learned until then is
 * not spoilt.
 */
export class Guard {
  readonly #spikeLimit: number;
  #smoothLoss = 0;
  #smoothLogNorm = 0;
  #seen = 0;

  /** @param options.spikeLimit nats above the smoothed loss from which a step ends the run */
  constructor({ spikeLimit }: { spikeLimit: number }) {
    this.#spikeLimit = spikeLimit;
  }

  /** One sentence on what is wrong and what to try; undefined if nothing is. */
  look({ step, loss, gradientNorm, learningRate }: StepFigures): string | undefined {
    const at = `Step ${step} gave a loss of ${brief(loss)} and a gradient norm of ${
      brief(gradientNorm)
    } at a learning rate of ${learningRate.toPrecision(2)}`;
    if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) {
      return `${at}: these are no numbers any more. Try a third of the learning rate, or a longer warm-up`;
    }
    if (this.#seen >= SETTLING) {
      if (loss > this.#smoothLoss + this.#spikeLimit) {
        return `${at}, where the loss had been about ${
          brief(this.#smoothLoss)
        }: it has jumped. Try half ` +
          `of the learning rate, or a lower clip; spikeLimit: Infinity lets the run go on`;
      }
      const usual = Math.exp(this.#smoothLogNorm);
      if (gradientNorm > EXPLOSION * usual && this.#spikeLimit < Infinity) {
        return `${at}, where the norm had been about ${
          brief(usual)
        }: it has exploded. Try a third of the ` +
          `learning rate, or a lower clip; spikeLimit: Infinity lets the run go on`;
      }
    }
    this.#remember(loss, gradientNorm);
    return undefined;
  }

  #remember(loss: number, gradientNorm: number): void {
    const keep = this.#seen === 0 ? 0 : MEMORY;
    this.#smoothLoss = keep * this.#smoothLoss + (1 - keep) * loss;
    const logNorm = Math.log(Math.max(gradientNorm, 1e-30));
    this.#smoothLogNorm = keep * this.#smoothLogNorm + (1 - keep) * logNorm;
    this.#seen++;
  }
}

function brief(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(3))) : String(value);
}
