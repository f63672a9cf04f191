// Pairs of a model's own answers: of several to one question, the one that a reward likes best beside the one that it
// likes least. What a model prefers is best taught on what it would say itself.

import type { Question } from "../evaluate/question.ts";
import { ConfigError } from "../errors.ts";
import { breathe, cellSignal } from "../interrupt.ts";
import type { Transformer } from "../model/transformer.ts";
import { Random } from "../random.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { type CrewOptions, PolicyCrew } from "./policy_crew.ts";
import type { Preference } from "./preferences.ts";
import { passes, type Reward, rewardsOf } from "./reward.ts";
import { sampleAnswers } from "./sample_answers.ts";

/** Options of {@linkcode pairAnswers}. */
export interface PairAnswersOptions<Q extends Question = Question> extends CrewOptions {
  /** Answers that are drawn to each question. Default 4. */
  group?: number;
  /** Longest answer, in tokens; one that has not ended by then is in no pair. Default 32. */
  tokens?: number;
  /** How freely answers are drawn. Default 1. */
  temperature?: number;
  /** Judges replies; by default 1 for a reply that passes and 0 for another. */
  reward?: Reward<Q>;
  /** Names the draw. Default 1. */
  seed?: number;
  /** Hears how many questions were answered. */
  progress?: (done: number) => void;
  /** Ends the drawing early: the pairs until then are returned. Defaults to the running cell's signal. */
  signal?: AbortSignal;
}

/** Questions that are answered at the same time. */
const TOGETHER = 32;

/**
 * Draws answers to each question and pairs the best with the worst.
 *
 * @returns a pair for each question whose answers were not all equally good
 * @throws {ConfigError} if there is no question, or a reward is no finite number
 * @example
 * ```ts
 * const pairs = await pairAnswers(model, tokenizer, questions);
 * for await (const { accuracy } of preferDirectly(model, tokenizer, pairs, { steps: 100 })) {
 *   console.log(accuracy);
 * }
 * ```
 */
export async function pairAnswers<Q extends Question>(
  model: Transformer,
  tokenizer: Tokenizer,
  questions: readonly Q[],
  options: PairAnswersOptions<Q> = {},
): Promise<Preference[]> {
  if (questions.length === 0) {
    throw new ConfigError("There is no question to draw answers to: give at least one.");
  }
  const { group = 4, tokens = 32, temperature = 1, reward = passes, seed = 1 } = options;
  const { progress, workers } = options;
  const signal = options.signal ?? cellSignal();
  const random = new Random(seed, "pair answers");
  const pairs: Preference[] = [];
  const answers = Math.min(TOGETHER, questions.length) * group;
  const crew = await PolicyCrew.open({ model, tokenizer }, { workers, answers });
  const drawing = { group, tokens, temperature, random, writer: crew };
  try {
    for (let first = 0; first < questions.length && !signal?.aborted; first += TOGETHER) {
      const some = questions.slice(first, first + TOGETHER);
      const asked = some.map((question) => question.asked);
      const answers = await sampleAnswers(model, tokenizer, asked, drawing);
      for (const [i, question] of some.entries()) {
        const whole = answers.slice(i * group, (i + 1) * group).filter(({ ended }) => ended);
        const replies = whole.map(({ text }) => text);
        const rewards = await rewardsOf(replies, { question, reward });
        const pair = bestAndWorst(replies.map((text, j) => ({ text, reward: rewards[j] })));
        if (pair !== undefined) pairs.push({ asked: question.asked, ...pair });
      }
      progress?.(first + some.length);
      await breathe();
    }
  } finally {
    await crew.close();
  }
  return pairs;
}

function bestAndWorst(
  answers: readonly { text: string; reward: number }[],
): Pick<Preference, "chosen" | "rejected"> | undefined {
  const ranked = answers.toSorted((a, b) => b.reward - a.reward);
  const [best, worst] = [ranked[0], ranked.at(-1)];
  if (best === undefined || worst === undefined || best.reward === worst.reward) return undefined;
  return { chosen: best.text, rejected: worst.text };
}
