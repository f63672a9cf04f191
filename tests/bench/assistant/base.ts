// The first stage: a model that has read about the town, and guesses on.

import { BpeTokenizer, CHAT_TOKENS, loadCorpus, tokenizeCorpus, train, Transformer } from "dials";
import { report } from "./progress.ts";
import { type Made, type Stage, type StageOptions, stepsOf } from "./stage.ts";
import { trainingSets } from "./question_sets.ts";

/** Reads the corpus. */
export async function baseModel(_: Stage | undefined, options: StageOptions): Promise<Made> {
  const source = await loadCorpus("harbour", { size: 20_000_000 });
  // Words of the conversations are in the vocabulary too.
  const said = Object.values(trainingSets())
    .flatMap((questions) => questions.slice(0, 2_000))
    .map(({ asked, answer }) => [...asked.map(({ content }) => content), answer].join("\n"));
  const tokenizer = BpeTokenizer.train(source.text.slice(0, 2_000_000) + said.join("\n"), {
    vocabularySize: 1024,
    specialTokens: CHAT_TOKENS,
  });
  const model = Transformer.create({
    vocabularySize: tokenizer.vocabularySize,
    context: 96,
    layers: 5,
    width: 160,
    heads: 5,
  });
  const data = tokenizeCorpus(source, tokenizer);
  await report(
    train(model, data, {
      steps: stepsOf(3_000, options),
      batch: 32,
      schedule: "trapezoid",
      evaluateEvery: 3_000,
    }),
  );
  return { model, tokenizer };
}
