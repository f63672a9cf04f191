// A line now and then that tells how a stage is going.

import type { PreferencePoint, ReinforcementPoint, TrainingPoint } from "dials";

/** Seconds between two lines. */
const PACE = 20;

/** Reads a run to its end. */
export async function report(run: AsyncIterable<TrainingPoint>): Promise<void> {
  await tell(
    run,
    ({ step, steps, loss, validationLoss, tokensPerSecond }) =>
      `step ${step} of ${steps}, loss ${loss.toFixed(3)}` +
      (validationLoss === undefined ? "" : `, validation ${validationLoss.toFixed(3)}`) +
      `, ${Math.round(tokensPerSecond)} tokens/s`,
  );
}

/** Reads a run of learning from pairs to its end. */
export async function reportPreferences(run: AsyncIterable<PreferencePoint>): Promise<void> {
  await tell(
    run,
    ({ step, loss, accuracy, margin }) =>
      `step ${step}, loss ${loss.toFixed(3)}, ${(100 * accuracy).toFixed(0)} % told apart, ` +
      `by ${margin.toFixed(2)} nats`,
  );
}

/** Reads a run of reinforcement to its end. */
export async function reportRewards(run: AsyncIterable<ReinforcementPoint>): Promise<void> {
  await tell(
    run,
    ({ step, steps, reward, kl, length, entropy }) =>
      `step ${step} of ${steps}, reward ${reward.toFixed(3)}, KL ${kl.toFixed(3)}, ` +
      `length ${length.toFixed(1)}, entropy ${entropy.toFixed(3)}`,
  );
}

async function tell<T>(run: AsyncIterable<T>, line: (point: T) => string): Promise<void> {
  let told = -Infinity;
  let last: T | undefined;
  for await (const point of run) {
    last = point;
    if (performance.now() - told < 1000 * PACE) continue;
    told = performance.now();
    console.log(`  ${line(point)}`);
  }
  if (last !== undefined) console.log(`  ${line(last)}`);
}
