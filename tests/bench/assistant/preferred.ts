// The third stage: of its own answers, the assistant is shown which are better.

import { pairAnswers, preferDirectly } from "dials";
import { reportPreferences } from "./progress.ts";
import { practice } from "./question_sets.ts";
import { copyOf, type Made, type Stage, type StageOptions, stepsOf } from "./stage.ts";

/** Learns from pairs of its own answers. */
export async function preferred(tuned: Stage | undefined, options: StageOptions): Promise<Made> {
  const { tokenizer } = tuned!;
  const model = copyOf(tuned!);
  const questions = practice(Math.ceil(2_000 * options.share));
  const pairs = await pairAnswers(model, tokenizer, questions, { group: 6, tokens: 48 });
  console.log(
    `  ${pairs.length} of ${questions.length} questions had answers that were not equally good`,
  );
  // A model that can do nothing yet, as after a small share of the stages before, has no better answers.
  if (pairs.length === 0) return { model, tokenizer };
  await reportPreferences(
    preferDirectly(model, tokenizer, pairs, {
      steps: stepsOf(40, options),
      // Pairs lower the probability of both answers, of the rejected one more: a little of it is enough.
      learningRate: 2e-5,
      beta: 0.3,
    }),
  );
  return { model, tokenizer };
}
