// Pairs of answers to one conversation, of which people, or a program, prefer one.

import { ConfigError } from "../errors.ts";
import { type ChatMessage, renderChat } from "../tokenizer/chat.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { Random } from "../random.ts";
import type { WrittenText } from "./written_tokens.ts";

/** Two answers to one conversation. */
export interface Preference {
  /** The conversation so far; the last turn is the user's. */
  readonly asked: readonly ChatMessage[];
  /** The better answer. */
  readonly chosen: string;
  /** The other one. */
  readonly rejected: string;
}

/** A pair as tokens. */
export interface EncodedPair {
  readonly chosen: WrittenText;
  readonly rejected: WrittenText;
}

/**
 * Pairs as tokens, of which the last answer counts as written.
 *
 * @throws {ConfigError} if there are none, or a pair's answers are the same
 */
export function encodePairs(
  pairs: readonly Preference[],
  tokenizer: Tokenizer,
): EncodedPair[] {
  if (pairs.length === 0) {
    throw new ConfigError("There is no pair to learn from: give at least one.");
  }
  return pairs.map(({ asked, chosen, rejected }, i) => {
    if (chosen === rejected) {
      throw new ConfigError(
        `Both answers of pair ${i} are ${
          JSON.stringify(chosen)
        }: there is nothing to prefer, so leave it out.`,
      );
    }
    const encode = (content: string) =>
      lastAnswer([...asked, { role: "assistant", content }], tokenizer);
    return { chosen: encode(chosen), rejected: encode(rejected) };
  });
}

/** A conversation as tokens of which only the last turn counts as written. */
function lastAnswer(messages: readonly ChatMessage[], tokenizer: Tokenizer): WrittenText {
  const { ids, mask } = renderChat(messages, tokenizer);
  const given = mask.lastIndexOf(0); // the role's token before the last answer
  return { ids, mask: mask.map((written, i) => i > given ? written : 0) };
}

/** Batches of pairs without end, drawn by chance; the same for the same seed. */
export function* pairBatches(
  pairs: readonly EncodedPair[],
  { batch, seed }: { batch: number; seed: number },
): Generator<EncodedPair[], never> {
  const random = new Random(seed, "pairs");
  while (true) yield Array.from({ length: batch }, () => random.pick(pairs));
}

/** One step of learning from pairs. */
export interface PreferencePoint {
  readonly step: number;
  /** In nats; log 2 where the model does not know which is better. */
  readonly loss: number;
  /** Share of the batch's pairs in which the better answer was found better. */
  readonly accuracy: number;
  /** Mean difference of the rewards of a pair, in nats. */
  readonly margin: number;
  readonly gradientNorm: number;
}

/** What the differences of rewards in a batch of pairs tell. */
export function pairSummary(
  margins: Float32Array,
): Pick<PreferencePoint, "accuracy" | "margin"> {
  const accuracy = margins.filter((margin) => margin > 0).length / margins.length;
  return { accuracy, margin: margins.reduce((sum, margin) => sum + margin, 0) / margins.length };
}
