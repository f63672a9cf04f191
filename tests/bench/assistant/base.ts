// The first stage: a model that has read about the town, and guesses on.

import { BpeTokenizer, CHAT_TOKENS, type Corpus, train, Transformer } from "dials";
import { world } from "../../../data/harbour/world/mod.ts";
import { corpusTokens, readCorpus } from "./corpus.ts";
import { report } from "./progress.ts";
import { type Made, type Stage, type StageOptions, stepsOf } from "./stage.ts";

/** Reads the corpus. */
export async function baseModel(_: Stage | undefined, options: StageOptions): Promise<Made> {
  const tokenizer = trainTokenizer(readCorpus());
  const model = Transformer.create({
    vocabularySize: tokenizer.vocabularySize,
    context: 96,
    layers: 5,
    width: 160,
    heads: 5,
    qkNorm: true,
  });
  const data = corpusTokens(tokenizer);
  await report(
    train(model, data, {
      steps: stepsOf(3_700, options),
      batch: 16,
      optimizer: "muon",
      restShare: 2,
      schedule: "linear",
      finalShare: 0,
      evaluateEvery: 3_700,
    }),
  );
  return { model, tokenizer };
}

/** Characters of the corpus that the tokenizer learns from. */
const SAMPLE = 2_000_000;
/** How often each word that is to be one token is read on top of them. */
const TIMES = 150;

/** A tokenizer to which a name, a thing or a number is one token: what is found at one glance can be said again. */
function trainTokenizer({ text }: Corpus): BpeTokenizer {
  const { people, things, qualities } = world;
  const words = [
    ...people.flatMap(({ name, surname }) => [name, surname]),
    ...things,
    ...things.map((thing) => thing.toUpperCase()),
    ...qualities,
    ...Array.from({ length: 101 }, (_, number) => String(number)),
  ];
  return BpeTokenizer.train(text.slice(0, SAMPLE) + ` ${words.join(" ")}`.repeat(TIMES), {
    vocabularySize: 3072,
    specialTokens: CHAT_TOKENS,
  });
}
