// The learning rate over a run.

/** The shape of a learning rate schedule. */
export interface Schedule {
  /** The highest rate. */
  readonly learningRate: number;
  /** The rate at the end, as a share of the highest. */
  readonly finalShare: number;
  /** Steps in which the rate climbs to its highest. */
  readonly warmup: number;
  /** Steps of the whole run. */
  readonly steps: number;
}

/**
 * The learning rate of one step: a straight climb, then half a cosine down.
 *
 * @param step from 0
 * @see Loshchilov & Hutter 2016, "SGDR"
 */
export function warmupCosine(step: number, schedule: Schedule): number {
  const { learningRate, finalShare, warmup, steps } = schedule;
  if (step < warmup) return learningRate * (step + 1) / warmup;
  const progress = Math.min(1, (step - warmup) / Math.max(1, steps - warmup));
  const share = (1 + Math.cos(Math.PI * progress)) / 2;
  return learningRate * (finalShare + (1 - finalShare) * share);
}
