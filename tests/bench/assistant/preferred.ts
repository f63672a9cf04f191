// The third stage: of its own answers, the assistant is shown which are better.

import { pairAnswers, preferDirectly } from "dials";
import { reportPreferences } from "./progress.ts";
import { practice } from "./question_sets.ts";
import { copyOf, type Made, type Stage, type StageOptions, stepsOf } from "./stage.ts";

/** Learns from pairs of its own answers. */
export async function preferred(tuned: Stage | undefined, options: StageOptions): Promise<Made> {
  const { tokenizer } = tuned!;
  const model = copyOf(tuned!);
  const questions = practice(Math.ceil(3_000 * options.share));
  const pairs = await pairAnswers(model, tokenizer, questions, { group: 6 });
  console.log(
    `  ${pairs.length} of ${questions.length} questions had answers that were not equally good`,
  );
  await reportPreferences(
    preferDirectly(model, tokenizer, pairs, {
      steps: stepsOf(150, options),
      learningRate: 1e-4,
    }),
  );
  return { model, tokenizer };
}
