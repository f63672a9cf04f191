// The learning rate over a run: a climb, then one of three ways down.

/** The shapes of a learning rate schedule. */
export const SCHEDULES = ["cosine", "linear", "trapezoid"] as const;

/** The shape of a learning rate schedule. */
export interface Schedule {
  /**
   * How the rate falls after its climb: along half a cosine, straight, or (`trapezoid`) not at all until the
   * last part of the run, then straight.
   */
  readonly schedule: typeof SCHEDULES[number];
  /** The highest rate. */
  readonly learningRate: number;
  /** The rate at the end, as a share of the highest. */
  readonly finalShare: number;
  /** Steps in which the rate climbs to its highest. */
  readonly warmup: number;
  /** The share of the run in which the rate of a trapezoid falls. */
  readonly cooldown: number;
  /** Steps of the whole run. */
  readonly steps: number;
}

/**
 * The learning rate of one step.
 *
 * @param step from 0
 * @see Loshchilov & Hutter 2016, "SGDR", for the cosine; Hägele et al. 2024, "Scaling Laws and
 * Compute-Optimal Training Beyond Fixed Training Durations", for the trapezoid
 */
export function learningRateAt(step: number, schedule: Schedule): number {
  const { learningRate, finalShare, warmup, steps } = schedule;
  if (step < warmup) return learningRate * (step + 1) / warmup;
  const fall = schedule.schedule === "trapezoid"
    ? Math.max(warmup, Math.round(steps * (1 - schedule.cooldown)))
    : warmup;
  const progress = Math.min(1, Math.max(0, step - fall) / Math.max(1, steps - fall));
  const share = schedule.schedule === "cosine"
    ? (1 + Math.cos(Math.PI * progress)) / 2
    : 1 - progress;
  return learningRate * (finalShare + (1 - finalShare) * share);
}
