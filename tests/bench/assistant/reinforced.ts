// The third stage: pairs of its own answers show the assistant which are better, then rewards make the better ones
// likelier.

import { reinforce } from "dials";
import { reportRewards } from "./progress.ts";
import { trainingSets } from "./question_sets.ts";
import { copyOf, type Made, type Stage, type StageOptions, stepsOf } from "./stage.ts";

/** Learns from what becomes of its answers. */
export async function reinforced(tuned: Stage | undefined, options: StageOptions): Promise<Made> {
  const { tokenizer } = tuned!;
  const model = copyOf(tuned!);
  // Every set is practised as much as any other, however many questions it has.
  const sets = Object.values(trainingSets());
  const questions = sets.flatMap((set) => set.slice(0, 2_500));
  await reportRewards(
    reinforce(model, tokenizer, questions, {
      steps: stepsOf(200, options),
      questions: 24,
      group: 8,
      tokens: 32,
      learningRate: 2e-4,
    }),
  );
  return { model, tokenizer };
}
