// The text that every stage knows the town from.

import {
  type Corpus,
  loadCorpus,
  tokenizeCorpus,
  type TokenizedCorpus,
  type Tokenizer,
} from "dials";
import { documents, separator } from "../../../data/harbour/mod.ts";

/** Characters of the shipped corpus that are read. */
const SIZE = 20_000_000;

/** Which corpus it is. */
const SEED = 1;

let corpus: Promise<Corpus> | undefined;

/** The shipped corpus, written once however many stages read it. */
export function readCorpus(): Promise<Corpus> {
  return corpus ??= loadCorpus("harbour", { size: SIZE, seed: SEED });
}

/** The kinds of documents in which something is asked, reckoned, counted or put in order. */
const SCHOOL = new Set(["lesson", "game", "inventory"]);

/** What the corpus says at school and at play: what is forgotten first when a model learns to converse. */
function readSchool(): Corpus {
  const told: string[] = [];
  let size = 0;
  for (const { kind, text } of documents(SEED)) {
    if (SCHOOL.has(kind)) told.push(text + separator);
    size += text.length + separator.length;
    if (size >= SIZE) break;
  }
  return { name: "school", source: `documents ${SEED}`, text: told.join(""), separator };
}

/** The shipped corpus as tokens. */
export const corpusTokens = cutOnce(readCorpus);

/** What the corpus says at school and at play, as tokens. */
export const schoolTokens = cutOnce(readSchool);

/** A text as tokens, cut once for each tokenizer. */
function cutOnce(
  read: () => Corpus | Promise<Corpus>,
): (tokenizer: Tokenizer) => Promise<TokenizedCorpus> {
  const tokens = new WeakMap<Tokenizer, Promise<TokenizedCorpus>>();
  return (tokenizer) => {
    const known = tokens.get(tokenizer) ??
      Promise.resolve(read()).then((corpus) => tokenizeCorpus(corpus, tokenizer));
    tokens.set(tokenizer, known);
    return known;
  };
}
