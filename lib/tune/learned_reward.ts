// What a reward model thinks of an answer, as a reward to reinforce.

import type { ChatMessage } from "../tokenizer/chat.ts";
import type { Reward } from "./reward.ts";
import type { RewardModel } from "./reward_model.ts";

/** An answer that waits for its reward. */
interface Waiting {
  readonly messages: readonly ChatMessage[];
  resolve(reward: number): void;
  reject(error: unknown): void;
}

/**
 * A reward from 0 to 1 that grows with what the reward model says: σ of its score. An answer that does not come to an
 * end has 0 in {@linkcode reinforce}, and so is never worth more than one that does.
 *
 * @param judge all answers that are asked for at once are judged together
 * @example
 * ```ts
 * reinforce(model, tokenizer, questions, { steps: 50, epochs: 4, reward: learnedReward(rewards) });
 * ```
 * @see Ouyang et al. 2022, "Training language models to follow instructions with human feedback"
 */
export function learnedReward(judge: Pick<RewardModel, "rewards">): Reward {
  let waiting: Waiting[] = [];
  const judgeTogether = () => {
    const all = waiting;
    waiting = [];
    try {
      const scores = judge.rewards(all.map(({ messages }) => messages));
      for (const [i, { resolve }] of all.entries()) resolve(sigmoid(scores[i]));
    } catch (error) {
      for (const { reject } of all) reject(error);
    }
  };
  return (reply, { asked }) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) queueMicrotask(judgeTogether);
      const messages = [...asked, { role: "assistant" as const, content: reply }];
      waiting.push({ messages, resolve, reject });
    });
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
