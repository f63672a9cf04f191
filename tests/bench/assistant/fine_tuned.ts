// The second stage: the guesser learns to answer.

import { ChatData, conversation, train } from "dials";
import { report } from "./progress.ts";
import { trainingSets, validationSets } from "./question_sets.ts";
import { copyOf, type Made, type Stage, type StageOptions, stepsOf } from "./stage.ts";

/** Fine-tunes on conversations. */
export async function fineTuned(base: Stage | undefined, options: StageOptions): Promise<Made> {
  const { tokenizer } = base!;
  const model = copyOf(base!);
  const data = new ChatData(tokenizer, {
    train: Object.values(trainingSets()).flat().map(conversation),
    validation: Object.values(validationSets()).flat().map(conversation),
  });
  await report(
    train(model, data, {
      steps: stepsOf(1_600, options),
      batch: 32,
      schedule: "linear",
      evaluateEvery: 1_000,
    }),
  );
  return { model, tokenizer };
}
