// The first stage: a model that has read about the town, and guesses on.

import { BpeTokenizer, CHAT_TOKENS, type Corpus, train, Transformer } from "dials";
import { world } from "../../../data/harbour/world/mod.ts";
import { corpusTokens, readCorpus } from "./corpus.ts";
import { report } from "./progress.ts";
import { type Made, type Stage, type StageOptions, stepsOf } from "./stage.ts";

/** Reads the corpus. */
export async function baseModel(_: Stage | undefined, options: StageOptions): Promise<Made> {
  const tokenizer = trainTokenizer(await readCorpus());
  const model = Transformer.create({
    vocabularySize: tokenizer.vocabularySize,
    context: 96,
    layers: 5,
    width: 160,
    heads: 5,
    qkNorm: true,
  });
  const data = await corpusTokens(tokenizer);
  await report(
    train(model, data, {
      steps: stepsOf(2_500, options),
      batch: 32,
      optimizer: "muon",
      restShare: 2,
      schedule: "linear",
      finalShare: 0,
      evaluateEvery: 2_500,
    }),
  );
  return { model, tokenizer };
}

/** Characters of the corpus that the tokenizer learns from. */
const SAMPLE = 2_000_000;
/** How often each name and thing is read on top of them, so that it becomes a token of its own. */
const TIMES = 150;

/** A tokenizer to which a name is one token: whoever is spoken of often is found again at one glance. */
function trainTokenizer({ text }: Corpus): BpeTokenizer {
  const names = [...world.people.flatMap(({ name, surname }) => [name, surname]), ...world.things];
  return BpeTokenizer.train(text.slice(0, SAMPLE) + ` ${names.join(" ")}`.repeat(TIMES), {
    vocabularySize: 2560,
    specialTokens: CHAT_TOKENS,
  });
}
