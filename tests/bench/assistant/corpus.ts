// The text that every stage knows the town from.

import { type Corpus, tokenizeCorpus, type TokenizedCorpus, type Tokenizer } from "dials";
import { type Document, documents, separator } from "../../../data/harbour/mod.ts";

/** Characters of the shipped corpus that are read. */
const SIZE = 20_000_000;

/** Which corpus it is. */
const SEED = 1;

let told: readonly Document[] | undefined;

/** The shipped corpus's documents, written once however many stages read them. */
function tell(): readonly Document[] {
  if (told !== undefined) return told;
  const row: Document[] = [];
  let size = 0;
  for (const document of documents(SEED)) {
    row.push(document);
    size += document.text.length + separator.length;
    if (size >= SIZE) break;
  }
  return told = row;
}

/** The shipped corpus. */
export function readCorpus(): Corpus {
  return corpusOf("harbour", tell());
}

/** The kinds of documents in which something is asked, reckoned, counted or put in order. */
const SCHOOL = new Set(["lesson", "game", "inventory"]);

/** What the corpus says at school and at play: what is forgotten first when a model learns to converse. */
function readSchool(): Corpus {
  return corpusOf("school", tell().filter(({ kind }) => SCHOOL.has(kind)));
}

function corpusOf(name: string, some: readonly Document[]): Corpus {
  const text = some.map(({ text }) => text + separator).join("");
  return { name, source: `documents of "harbour", seed ${SEED}`, text, separator };
}

/** The shipped corpus as tokens. */
export const corpusTokens = cutOnce(readCorpus);

/** What the corpus says at school and at play, as tokens. */
export const schoolTokens = cutOnce(readSchool);

/** A text as tokens, cut once for each tokenizer. */
function cutOnce(read: () => Corpus): (tokenizer: Tokenizer) => TokenizedCorpus {
  const tokens = new WeakMap<Tokenizer, TokenizedCorpus>();
  return (tokenizer) => {
    const known = tokens.get(tokenizer) ?? tokenizeCorpus(read(), tokenizer);
    tokens.set(tokenizer, known);
    return known;
  };
}
