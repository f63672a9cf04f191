// A run in one line: how far it is, how well it does, how fast, how long still.
import type { TrainingPoint } from "../train/point.ts";
import type { ReinforcementPoint } from "../tune/reinforce.ts";
import { trainingLoss } from "./loss_chart.ts";
import type { Progress, RunState } from "./run_view.ts";
import { formatCount, formatDuration, formatLoss } from "./numbers.ts";

/** What is said of a run that has not done a step. */
const WITHOUT_STEP: Readonly<Record<RunState, string>> = {
  running: "starting",
  done: "no steps",
  stopped: "stopped",
  failed: "failed",
};

/**
 * The figures of a training run's last point.
 *
 * @example "step 1,200 / 2,000 · loss 1.930 · validation 1.980 · 5,300 tokens/s · 1 min 10 s left"
 */
export function statusLine(points: readonly TrainingPoint[], state: RunState): string {
  const last = points.at(-1);
  if (!last) return WITHOUT_STEP[state];
  const measured = points.findLast(({ validationLoss }) => validationLoss !== undefined);
  const parts = [
    progress(last, state),
    `loss ${formatLoss(trainingLoss(points))}`,
    measured && `validation ${formatLoss(measured.validationLoss!)}`,
    measured?.bitsPerByte !== undefined && `${formatLoss(measured.bitsPerByte)} bits per byte`,
    `${formatCount(Number(last.tokensPerSecond.toPrecision(2)))} tokens/s`,
    state === "running" ? timeLeft(points) : formatDuration(last.seconds),
  ];
  return parts.filter(Boolean).join(" · ");
}

/**
 * The figures of the last point of a run of reinforcement.
 *
 * @example "step 12 / 60 · reward 0.780 · KL 0.213 · 15 tokens an answer · entropy 0.517 · 40 s left"
 */
export function reinforcementLine(
  points: readonly ReinforcementPoint[],
  state: RunState,
): string {
  const last = points.at(-1);
  if (!last) return WITHOUT_STEP[state];
  const parts = [
    progress(last, state),
    `reward ${formatLoss(last.reward)}`,
    `KL ${formatLoss(last.kl)}`,
    `${formatCount(last.length)} tokens an answer`,
    `entropy ${formatLoss(last.entropy)}`,
    state === "running" ? timeLeft(points) : formatDuration(last.seconds),
  ];
  return parts.filter(Boolean).join(" · ");
}

function progress({ step, steps }: Progress, state: RunState): string {
  switch (state) {
    case "running":
      return `step ${formatCount(step)} / ${formatCount(steps)}`;
    case "done":
      return `${formatCount(step)} steps`;
    case "stopped":
      return `stopped at step ${formatCount(step)} of ${formatCount(steps)}`;
    case "failed":
      return `failed after step ${formatCount(step)} of ${formatCount(steps)}`;
  }
}

function timeLeft(points: readonly Progress[]): string | undefined {
  const last = points[points.length - 1];
  const first = points[0];
  if (last.step === first.step) return undefined;
  const secondsPerStep = (last.seconds - first.seconds) / (last.step - first.step);
  return `${formatDuration((last.steps - last.step) * secondsPerStep)} left`;
}
