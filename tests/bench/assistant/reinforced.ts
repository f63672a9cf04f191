// The last stage: the assistant practises, and what is rewarded becomes likelier.

import { reinforce } from "dials";
import { reportRewards } from "./progress.ts";
import { practice } from "./question_sets.ts";
import { copyOf, type Made, type Stage, type StageOptions, stepsOf } from "./stage.ts";
import { taughtData } from "./taught.ts";

/** Learns from what becomes of its answers. */
export async function reinforced(
  preferred: Stage | undefined,
  options: StageOptions,
): Promise<Made> {
  const { tokenizer } = preferred!;
  const model = copyOf(preferred!);
  await reportRewards(
    reinforce(model, tokenizer, practice(), {
      steps: stepsOf(160, options),
      questions: 32,
      group: 8,
      tokens: 48,
      learningRate: 1e-4,
      finalShare: 0.1,
      klWeight: 0.01,
      replayBatch: 12,
      replay: taughtData(tokenizer),
    }),
  );
  return { model, tokenizer };
}
