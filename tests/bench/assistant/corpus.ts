// The text that every stage knows the town from.

import {
  type Corpus,
  loadCorpus,
  tokenizeCorpus,
  type TokenizedCorpus,
  type Tokenizer,
} from "dials";

/** Characters of the shipped corpus that are read. */
const SIZE = 20_000_000;

let corpus: Promise<Corpus> | undefined;

/** The shipped corpus, written once however many stages read it. */
export function readCorpus(): Promise<Corpus> {
  return corpus ??= loadCorpus("harbour", { size: SIZE });
}

const tokens = new WeakMap<Tokenizer, Promise<TokenizedCorpus>>();

/** The shipped corpus as tokens, cut once for each tokenizer. */
export function corpusTokens(tokenizer: Tokenizer): Promise<TokenizedCorpus> {
  const known = tokens.get(tokenizer) ??
    readCorpus().then((corpus) => tokenizeCorpus(corpus, tokenizer));
  tokens.set(tokenizer, known);
  return known;
}
