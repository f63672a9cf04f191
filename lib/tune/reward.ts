// What answers are learned by.

import { ConfigError } from "../errors.ts";
import type { Question } from "../evaluate/question.ts";

/** A reward: the larger, the better the reply. */
export type Reward<Q extends Question = Question> = (
  reply: string,
  question: Q,
) => number | Promise<number>;

/** The reward that a question itself gives: 1 for a reply that passes and 0 for another. */
export function passes(reply: string, question: Question): number {
  return question.passes(reply) ? 1 : 0;
}

/**
 * The reward of each of some replies to a question.
 *
 * @throws {ConfigError} if one is no finite number
 */
export function rewardsOf<Q extends Question>(
  replies: readonly string[],
  { question, reward }: { question: Q; reward: Reward<Q> },
): Promise<number[]> {
  return Promise.all(replies.map(async (reply) => {
    const value = await reward(reply, question);
    if (Number.isFinite(value)) return value;
    throw new ConfigError(
      `The reward of ${JSON.stringify(reply)} is ${value}: a reward must be a finite number.`,
    );
  }));
}
