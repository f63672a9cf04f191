// What answers are learned by.

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
