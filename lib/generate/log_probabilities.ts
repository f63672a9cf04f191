// How likely tokens were to a model, before anything is done to its choice.

/** A token and the natural logarithm of its probability. */
export interface ScoredToken {
  readonly id: number;
  readonly logProbability: number;
}

/** The log-probability of every token: the logits less the logarithm of the sum of their exponentials. */
export function logSoftmax(logits: Float32Array): Float64Array {
  const largest = logits.reduce((most, logit) => Math.max(most, logit), -Infinity);
  let sum = 0;
  for (let i = 0; i < logits.length; i++) sum += Math.exp(logits[i] - largest);
  const shift = largest + Math.log(sum);
  return Float64Array.from(logits, (logit) => logit - shift);
}

/** The `count` most likely tokens, the likeliest first, of equal ones the lower id. */
export function mostLikely(logProbabilities: Float64Array, count: number): ScoredToken[] {
  const best: ScoredToken[] = [];
  for (let id = 0; id < logProbabilities.length; id++) {
    const logProbability = logProbabilities[id];
    if (best.length === count && !(logProbability > best[count - 1]?.logProbability)) continue;
    let at = best.length;
    while (at > 0 && best[at - 1].logProbability < logProbability) at--;
    best.splice(at, 0, { id, logProbability });
    if (best.length > count) best.pop();
  }
  return best;
}
