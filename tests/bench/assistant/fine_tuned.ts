// The second stage: the guesser learns to answer.

import { ChatData, conversation, MixedData, train } from "dials";
import { corpusTokens } from "./corpus.ts";
import { report } from "./progress.ts";
import { demonstrations, validationQuestions } from "./question_sets.ts";
import { copyOf, type Made, type Stage, type StageOptions, stepsOf } from "./stage.ts";

/** Fine-tunes on conversations, and on some of the corpus, so that the town is not forgotten. */
export async function fineTuned(base: Stage | undefined, options: StageOptions): Promise<Made> {
  const { tokenizer } = base!;
  const model = copyOf(base!);
  const chats = new ChatData(tokenizer, {
    train: demonstrations().map(conversation),
    validation: validationQuestions().map(conversation),
  });
  const data = new MixedData([
    { data: chats, share: 7 },
    { data: await corpusTokens(tokenizer), share: 3 },
  ]);
  await report(
    train(model, data, {
      steps: stepsOf(3_200, options),
      batch: 16,
      optimizer: "muon",
      learningRate: 4e-3,
      restShare: 2,
      schedule: "linear",
      finalShare: 0,
      evaluateEvery: 400,
      // The first conversations are unlike anything that was read.
      spikeLimit: Infinity,
    }),
  );
  return { model, tokenizer };
}
