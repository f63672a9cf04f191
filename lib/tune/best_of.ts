// Best of n: several answers are drawn, and the one that a reward likes best is given. It needs no training, and shows
// what a reward is worth.

import { ConfigError } from "../errors.ts";
import type { Transformer } from "../model/transformer.ts";
import { Random } from "../random.ts";
import type { ChatMessage } from "../tokenizer/chat.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import type { RewardModel } from "./reward_model.ts";
import { sampleAnswers } from "./sample_answers.ts";

/** Options of {@linkcode bestOf}. */
export interface BestOfOptions {
  /** Answers that are drawn. Default 8. */
  count?: number;
  /** The longest answer, in tokens. Default 32. */
  tokens?: number;
  /** How freely answers are drawn. Default 1. */
  temperature?: number;
  /** Names the draw. Default 1. */
  seed?: number;
}

/** An answer and its reward. */
export interface RewardedAnswer {
  readonly reply: string;
  readonly reward: number;
}

/**
 * Draws answers and rewards them.
 *
 * @returns best first
 * @throws {ConfigError} if no answer is asked for
 */
export async function bestOf(
  model: Transformer,
  rewards: RewardModel,
  { messages, ...options }: BestOfOptions & { messages: readonly ChatMessage[] },
): Promise<RewardedAnswer[]> {
  const { count = 8, tokens = 32, temperature = 1, seed = 1 } = options;
  if (!(Number.isInteger(count) && count >= 1)) {
    throw new ConfigError(`count must be a whole number from 1 up, but got ${count}.`);
  }
  const random = new Random(seed, "best of");
  const tokenizer: Tokenizer = rewards.tokenizer;
  const answers = await sampleAnswers(model, tokenizer, [messages], {
    group: count,
    tokens,
    temperature,
    random,
  });
  const scores = rewards.rewards(
    answers.map(({ text }) => [...messages, { role: "assistant", content: text }]),
  );
  return answers
    .map(({ text }, i) => ({ reply: text, reward: scores[i] }))
    .toSorted((a, b) => b.reward - a.reward);
}
