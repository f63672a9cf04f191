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

/** The shipped corpus as tokens. */
export async function corpusTokens(tokenizer: Tokenizer): Promise<TokenizedCorpus> {
  return tokenizeCorpus(await readCorpus(), tokenizer);
}
