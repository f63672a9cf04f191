// What is learned from rewards: answers that were better than their like become likelier, and the model stays near the
// one it began as.

import * as tf from "@tensorflow/tfjs";
import { ConfigError } from "../errors.ts";

/** Spread of rewards below which a group tells nothing. */
const NO_SPREAD = 1e-6;

/**
 * The advantage of each answer: by how many standard deviations its reward is above the mean of its group, the answers
 * to one prompt. In a group of equal rewards nobody has an advantage.
 *
 * @param rewards one an answer, group after group, all finite
 * @param options.group answers in a group
 * @throws {ConfigError} if the groups are not whole
 * @see Shao et al. 2024, "DeepSeekMath", on group-relative policy optimisation
 */
export function groupAdvantages(
  rewards: ArrayLike<number>,
  { group }: { group: number },
): Float32Array<ArrayBuffer> {
  if (!(Number.isInteger(group) && group > 1) || rewards.length % group !== 0) {
    throw new ConfigError(
      `${rewards.length} rewards cannot be divided into groups of ${group}: give as many answers to each prompt, ` +
        "at least two.",
    );
  }
  const advantages = new Float32Array(rewards.length);
  for (let start = 0; start < rewards.length; start += group) {
    let mean = 0;
    for (let i = start; i < start + group; i++) mean += rewards[i] / group;
    let variance = 0;
    for (let i = start; i < start + group; i++) variance += (rewards[i] - mean) ** 2 / group;
    const deviation = Math.sqrt(variance);
    if (deviation < NO_SPREAD) continue;
    for (let i = start; i < start + group; i++) advantages[i] = (rewards[i] - mean) / deviation;
  }
  return advantages;
}

/** What {@linkcode policyLoss} is told of the tokens of the answers; all of shape (N). */
export interface PolicyTokens {
  /** Log-probabilities when the answers were written. */
  readonly old: tf.Tensor1D;
  /** Log-probabilities under the reference model. */
  readonly reference: tf.Tensor1D;
  /** Advantage of the answer that a token belongs to. */
  readonly advantages: tf.Tensor1D;
  /** 1 for a token that the model wrote, 0 for one that was given to it. */
  readonly mask: tf.Tensor1D;
}

/** What steers {@linkcode policyLoss}. */
export interface PolicyLossOptions {
  /** How far the probability of a token may move from the old one before it is no longer pushed, as a share of it. */
  readonly clip?: number;
  /** How strongly the model is held to the reference. */
  readonly klWeight?: number;
}

/**
 * The clipped policy gradient with a penalty for leaving the reference, as a mean over the written tokens. Its
 * gradient raises what had an advantage.
 *
 * @param current log-probabilities under the model that learns, shape (N)
 * @returns a scalar
 * @see Schulman et al. 2017, "Proximal Policy Optimization Algorithms"; Schulman 2020, "Approximating KL Divergence"
 */
export function policyLoss(
  current: tf.Tensor1D,
  { old, reference, advantages, mask }: PolicyTokens,
  { clip = 0.2, klWeight = 0.02 }: PolicyLossOptions = {},
): tf.Scalar {
  const ratio = tf.exp(tf.sub(current, old)); // (N)
  const clipped = tf.clipByValue(ratio, 1 - clip, 1 + clip);
  const gain = tf.minimum(tf.mul(ratio, advantages), tf.mul(clipped, advantages)); // (N)
  const perToken = tf.sub(tf.mul(klDivergence(current, reference), klWeight), gain); // (N)
  return tf.div(tf.sum(tf.mul(perToken, mask)), tf.maximum(tf.sum(mask), 1)) as tf.Scalar;
}

/**
 * How far the model has gone from the reference, token by token: an estimate that is never negative and right on
 * average over tokens that the model wrote.
 *
 * @returns shape (N), in nats
 */
export function klDivergence(current: tf.Tensor1D, reference: tf.Tensor1D): tf.Tensor1D {
  const difference = tf.sub(reference, current);
  return tf.sub(tf.sub(tf.exp(difference), difference), 1);
}
