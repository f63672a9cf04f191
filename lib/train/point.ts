// One moment of a training run: what is measured at a step, and what every chart and log of it shows.

/** The state of a run after a step. */
export interface TrainingPoint {
  /** Optimiser steps done, from 1. */
  step: number;
  /** Optimiser steps the run will do. */
  steps: number;
  /** Tokens trained on so far. */
  tokens: number;
  /** Training loss of the step's batch, in nats a token. */
  loss: number;
  /** Loss over the validation split, in nats a token; only at the steps that measured it. */
  validationLoss?: number;
  /** The validation loss in bits a byte of text, which compares tokenizers; goes with `validationLoss`. */
  bitsPerByte?: number;
  /** Norm of all gradients together, before clipping. */
  gradientNorm: number;
  /** Learning rate of the step. */
  learningRate: number;
  /** Training speed of late, in tokens a second. */
  tokensPerSecond: number;
  /** Share of what the machine's matrix products can do, as measured before the first step. */
  peakShare?: number;
  /** Time spent on training steps so far, those of a resumed run included, in seconds. */
  seconds: number;
}
