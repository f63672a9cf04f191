// What is learned from pairs of answers of which one is better: a reward that says so, or directly a model that
// writes the better one.

import * as tf from "@tensorflow/tfjs";

/**
 * How surprising it is, under given rewards, that the chosen answers were preferred: −log σ(chosen − rejected).
 *
 * @param chosen rewards of the better answers, shape (B)
 * @param rejected rewards of the others, shape (B)
 * @returns a scalar, the mean in nats; log 2 where the rewards are equal
 * @see Bradley & Terry 1952; Ouyang et al. 2022, "Training language models to follow instructions with human feedback"
 */
export function rewardLoss(chosen: tf.Tensor1D, rejected: tf.Tensor1D): tf.Scalar {
  return tf.mean(tf.softplus(tf.sub(rejected, chosen)));
}

/** Log-probabilities of whole answers, each of shape (B), in nats. */
export interface PairLogProbabilities {
  readonly chosen: tf.Tensor1D;
  readonly rejected: tf.Tensor1D;
}

/**
 * The loss of direct preference optimisation: the model is its own reward, namely how much likelier it made an answer
 * than the reference does.
 *
 * @param model under the model that learns
 * @param options.reference under the model as it was
 * @param options.beta how strongly it is held to the reference
 * @returns a scalar; log 2 where the model is still the reference
 * @see Rafailov et al. 2023, "Direct Preference Optimization"
 */
export function dpoLoss(
  model: PairLogProbabilities,
  { reference, beta = 0.1 }: { reference: PairLogProbabilities; beta?: number },
): tf.Scalar {
  const reward = (answer: keyof PairLogProbabilities) =>
    tf.mul(tf.sub(model[answer], reference[answer]), beta) as tf.Tensor1D;
  return rewardLoss(reward("chosen"), reward("rejected"));
}
