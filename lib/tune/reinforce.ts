// Reinforcement: the model answers, a reward judges, and what was better than its like becomes likelier.
//
// Each step takes some questions, draws a group of answers to each, and rewards them. An answer's advantage is
// relative to its group, so no second model has to guess what was to be expected (GRPO). The step may be repeated on the
// same answers, within the bounds of the clipped ratio (PPO). A penalty holds the model near the one it began as.

import * as tf from "@tensorflow/tfjs";
import { ConfigError } from "../errors.ts";
import type { Question } from "../evaluate/question.ts";
import { breathe, cellSignal } from "../interrupt.ts";
import { Transformer } from "../model/transformer.ts";
import { Random } from "../random.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { learningRateAt } from "../train/schedule.ts";
import { Learner, type LearnerOptions } from "./learner.ts";
import { type CrewOptions, PolicyCrew } from "./policy_crew.ts";
import { groupAdvantages, klDivergence, type PolicyLossOptions } from "./policy_loss.ts";
import type { Experience } from "./policy_work.ts";
import { drawReplay, expectReplay, type ReplayOptions, replayPart } from "./replay.ts";
import { passes, type Reward, rewardsOf } from "./reward.ts";
import { sampleAnswers, type SampledAnswer } from "./sample_answers.ts";
import { rowLength, writtenRows } from "./written_tokens.ts";

/** Options of {@linkcode reinforce}. */
export interface ReinforcementOptions<Q extends Question = Question>
  extends LearnerOptions, PolicyLossOptions, ReplayOptions, CrewOptions {
  steps: number;
  /** Judges replies; by default 1 for a reply that passes and 0 for another. */
  reward?: Reward<Q>;
  /** Questions a step. Default 16. */
  questions?: number;
  /** Answers to each question. Default 8. */
  group?: number;
  /**
   * Longest answer, in tokens; one that has not ended by then has a reward of 0, or the worst of its group if that is
   * less. Default 32.
   */
  tokens?: number;
  /** How freely answers are drawn. Default 1. */
  temperature?: number;
  /** The rate of the first step, default 1e-4. */
  learningRate?: number;
  /** The rate that is left at the end, as a share of the first: it falls straight. Default 1. */
  finalShare?: number;
  /** Times that is learned from the same answers. Default 1. */
  epochs?: number;
  /** Names questions and answers that are drawn. Default 1. */
  seed?: number;
  /** Ends it after the step under way. Defaults to the running cell's signal. */
  signal?: AbortSignal;
}

/** One step of reinforcement. */
export interface ReinforcementPoint {
  readonly step: number;
  readonly steps: number;
  /** Mean reward of the step's answers. */
  readonly reward: number;
  /**
   * How far the model has gone from the one it began as: mean over the tokens of the answers that were learned from, in
   * nats.
   */
  readonly kl: number;
  /** Mean length of an answer, in tokens. */
  readonly length: number;
  /** How undecided the model is: the mean surprise at what it wrote itself of those answers, in nats a token. */
  readonly entropy: number;
  readonly gradientNorm: number;
  /** Time since the beginning, in seconds. */
  readonly seconds: number;
  /** One of the step's answers, with its reward, to see what it is about. */
  readonly example: { readonly asked: string; readonly reply: string; readonly reward: number };
}

/** Rows that are differentiated at once. */
const ROWS_AT_ONCE = 32;

/**
 * Reinforces what a reward approves of.
 *
 * @returns a point for each step; the model changes as they are read
 * @throws {ConfigError} if there is no question, `epochs` or `workers` is no whole number from 1 up, what is replayed has
 * another tokenizer, or a reward is no finite number; the model is then as it was before the step
 * @see Shao et al. 2024, "DeepSeekMath"; Schulman et al. 2017, "Proximal Policy Optimization Algorithms"
 * @example
 * ```ts
 * for await (const { step, reward } of reinforce(model, tokenizer, questions, { steps: 50 })) {
 *   console.log(step, reward);
 * }
 * ```
 */
export async function* reinforce<Q extends Question>(
  model: Transformer,
  tokenizer: Tokenizer,
  questions: readonly Q[],
  options: ReinforcementOptions<Q>,
): AsyncGenerator<ReinforcementPoint, void> {
  if (questions.length === 0) {
    throw new ConfigError("There is no question to practise: give at least one.");
  }
  const { steps, learningRate = 1e-4, finalShare = 1, epochs = 1, seed = 1, group = 8 } = options;
  if (!(Number.isInteger(epochs) && epochs >= 1)) {
    throw new ConfigError(
      `epochs is ${epochs}: give a whole number of times to learn, at least 1.`,
    );
  }
  const { reward = passes, questions: count = 16, tokens = 32, temperature = 1 } = options;
  expectReplay(options, tokenizer);
  const signal = options.signal ?? cellSignal();
  const random = new Random(seed, "reinforce");
  const reference = Transformer.fromValues(model.config, model.values());
  const crew = await PolicyCrew.open({ model, reference, tokenizer }, {
    ...{ clip: options.clip, klWeight: options.klWeight },
    ...{ workers: options.workers, answers: count * group },
  });
  const learner = new Learner(model.parameters, options);
  const began = performance.now();
  try {
    for (let step = 1; step <= steps && !signal?.aborted; step++) {
      const drawn = Array.from({ length: count }, () => random.pick(questions));
      const asked = drawn.map((question) => question.asked);
      const answers = await sampleAnswers(model, tokenizer, asked, {
        group,
        tokens,
        temperature,
        random,
        writer: crew,
      });
      const rewards = await groupRewards(answers, { questions: drawn, group, reward });
      const advantages = groupAdvantages(rewards, { group });
      let experience: readonly (readonly Experience[])[] = remember(telling(answers, advantages), {
        most: model.config.context,
        workers: crew.size,
      });
      const rate = learningRateAt(step - 1, {
        schedule: "linear",
        learningRate,
        finalShare,
        warmup: 0,
        cooldown: 1,
        steps,
      });
      let gradientNorm = 0;
      for (let epoch = 0; epoch < epochs; epoch++) {
        const draw = { context: model.config.context, seed, step: step * epochs + epoch };
        const replayed = drawReplay(options, draw);
        const learned = await crew.learn(experience.map((part, rank) => ({
          experience: part,
          replay: replayPart(replayed, { rank, workers: crew.size }),
        })));
        experience = learned.map((part) => part.experience);
        const gradients = learned.map((part) => part.gradients);
        const loss = sum(learned.map((part) => part.loss));
        gradientNorm = learner.move(gradients, { loss, learningRate: rate }).gradientNorm;
      }
      yield {
        step,
        steps,
        reward: mean(rewards),
        ...figuresOf(experience.flat()),
        length: mean(answers.map(lengthOf)),
        gradientNorm,
        seconds: (performance.now() - began) / 1000,
        example: {
          asked: asked[0].at(-1)!.content,
          reply: answers[0].text,
          reward: rewards[0],
        },
      };
      await breathe();
    }
  } finally {
    await crew.close();
    learner.dispose();
    reference.dispose();
  }
}

/** The reward of each answer, group after group. No answer gains by not coming to its end. */
async function groupRewards<Q extends Question>(
  answers: readonly SampledAnswer[],
  { questions, group, reward }: { questions: readonly Q[]; group: number; reward: Reward<Q> },
): Promise<number[]> {
  const rewards: number[] = [];
  for (const [i, question] of questions.entries()) {
    const some = answers.slice(i * group, (i + 1) * group);
    const ended = some.filter(({ ended }) => ended);
    const judged = await rewardsOf(ended.map(({ text }) => text), { question, reward });
    const least = Math.min(0, ...judged);
    const rewardOf = new Map(ended.map((answer, j) => [answer, judged[j]]));
    rewards.push(...some.map((answer) => rewardOf.get(answer) ?? least));
  }
  return rewards;
}

/** An answer and its advantage. */
interface Weighed {
  readonly answer: SampledAnswer;
  readonly advantage: number;
}

/**
 * The answers that something is learned from: those of groups in which some are better than others. A step without such
 * a group learns from all, how to stay near the reference.
 */
function telling(answers: readonly SampledAnswer[], advantages: Float32Array): Weighed[] {
  const all = answers.map((answer, i) => ({ answer, advantage: advantages[i] }));
  const some = all.filter(({ advantage }) => advantage !== 0);
  return some.length > 0 ? some : all;
}

/** What each worker learns from, in parts that are differentiated at once. */
function remember(
  weighed: readonly Weighed[],
  { most, workers }: { most: number; workers: number },
): Experience[][] {
  const all = sum(weighed.map(({ answer }) => lengthOf(answer)));
  // Texts of like lengths share a part, so that little of it is empty; and each worker has as many long ones.
  const sorted = weighed.toSorted((a, b) =>
    rowLength(a.answer.tokens) - rowLength(b.answer.tokens)
  );
  return Array.from({ length: workers }, (_, worker) => {
    const own = sorted.filter((_, i) => i % workers === worker);
    const parts = Math.ceil(own.length / ROWS_AT_ONCE);
    return Array.from({ length: parts }, (_, i): Experience => {
      const part = own.slice(i * ROWS_AT_ONCE, (i + 1) * ROWS_AT_ONCE);
      const rows = writtenRows(part.map(({ answer }) => answer.tokens), { most });
      const mask = Float32Array.from(rows.targets, (target) => target < 0 ? 0 : 1);
      return {
        rows,
        mask,
        advantages: mask.map((_, i) => part[Math.floor(i / rows.context)].advantage),
        share: sum(part.map(({ answer }) => lengthOf(answer))) / all,
      };
    });
  });
}

/** Distance and entropy before the step, over the written tokens of what has been learned from. */
function figuresOf(experience: readonly Experience[]): { kl: number; entropy: number } {
  return tf.tidy(() => {
    let [kl, entropy] = [0, 0];
    for (const { found, mask, share } of experience) {
      const { old, reference } = found!; // a step has learned from all it remembers
      const [current, written] = [tf.tensor1d(old), tf.tensor1d(mask)];
      const average = (values: tf.Tensor) =>
        tf.div(tf.sum(tf.mul(values, written)), tf.maximum(tf.sum(written), 1)).dataSync()[0];
      kl += share * average(klDivergence(current, tf.tensor1d(reference)));
      entropy -= share * average(current);
    }
    return { kl, entropy };
  });
}

function lengthOf({ tokens: { mask } }: SampledAnswer): number {
  return mask.reduce((sum, written) => sum + written, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
