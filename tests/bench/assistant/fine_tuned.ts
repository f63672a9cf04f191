// The second stage: the guesser learns to answer.

import { train } from "dials";
import { report } from "./progress.ts";
import { copyOf, type Made, type Stage, type StageOptions, stepsOf } from "./stage.ts";
import { taughtData } from "./taught.ts";

/** Fine-tunes on conversations. */
export async function fineTuned(base: Stage | undefined, options: StageOptions): Promise<Made> {
  const { tokenizer } = base!;
  const model = copyOf(base!);
  await report(
    train(model, taughtData(tokenizer), {
      steps: stepsOf(2_400, options),
      batch: 16,
      optimizer: "muon",
      learningRate: 3e-3,
      restShare: 2,
      schedule: "linear",
      finalShare: 0,
      evaluateEvery: 600,
      // The first conversations are unlike anything that was read.
      spikeLimit: Infinity,
    }),
  );
  return { model, tokenizer };
}
