// From a text to what training eats: the ids of a training and of a validation part.

import { ConfigError, CorpusError } from "../errors.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { utf8Length } from "../tokenizer/utf8.ts";
import type { Corpus } from "./corpus.ts";
import { TokenizedCorpus } from "./tokenized_corpus.ts";

/** How far the cut may move to reach the end of a document, as a fraction of the text. */
const REACH = 0.01;

/**
 * Cuts a corpus and encodes both parts: its beginning trains, its end validates.
 *
 * The cut is exactly after the first `1 − validation` of the characters (UTF-16 units, rounded down), as is the
 * custom for one long text, so that losses compare with those others report. In a corpus of
 * documents (one with a `separator`) the cut moves on to the end of the document, if that comes within
 * a hundredth of the text.
 *
 * @param options.validation the fraction that validates, between 0 and 1
 * @throws {ConfigError} if `validation` is not between 0 and 1, or the tokenizer lacks a character
 * @throws {CorpusError} if one of the parts would be empty
 * @example
 * ```ts
 * const data = tokenizeCorpus(corpus, CharTokenizer.train(corpus.text));
 * ```
 */
export function tokenizeCorpus(
  corpus: Corpus,
  tokenizer: Tokenizer,
  { validation = 0.1 }: { validation?: number } = {},
): TokenizedCorpus {
  if (!(validation > 0 && validation < 1)) {
    throw new ConfigError(
      `validation is the fraction of the text that validates, between 0 and 1, but ${validation} was given.`,
    );
  }
  const { trainingEnd, validationStart } = findCut(corpus, validation);
  const validationText = corpus.text.slice(validationStart);
  const train = tokenizer.encode(corpus.text.slice(0, trainingEnd));
  const validationTokens = tokenizer.encode(validationText);
  if (train.length === 0 || validationTokens.length === 0) {
    throw new CorpusError(
      `The corpus "${corpus.name}" has ${corpus.text.length} characters, too few for a training and a ` +
        "validation part: use a longer text.",
    );
  }
  const bytesPerToken = utf8Length(validationText) / validationTokens.length;
  return new TokenizedCorpus({ tokenizer, train, validation: validationTokens, bytesPerToken });
}

function findCut(
  { text, separator = "" }: Corpus,
  validation: number,
): { trainingEnd: number; validationStart: number } {
  let cut = Math.floor(text.length * (1 - validation));
  if (separator !== "") {
    const end = text.indexOf(separator, cut);
    const start = end + separator.length;
    if (end >= 0 && end - cut <= REACH * text.length && start < text.length) {
      return { trainingEnd: end, validationStart: start };
    }
  }
  const isInsidePair = /^[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(cut - 1, cut + 1));
  if (isInsidePair) cut++;
  return { trainingEnd: cut, validationStart: cut };
}
