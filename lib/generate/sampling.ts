// From logits to a token: the repetition penalty, temperature, then top-k, top-p and min-p, then one draw. Each step
// takes a distribution and returns a distribution, so they compose, and one that is not asked for is left out.
import { ConfigError } from "../errors.ts";
import type { Random } from "../random.ts";
import { exponential } from "./exponential.ts";

/** How the next token is chosen. */
export interface SamplingOptions {
  /**
   * Divides the logits: below 1 sharpens the distribution, above 1 flattens it; 0 always takes the
   * most likely token (greedy decoding). Default 1.
   */
  temperature?: number;
  /** Only the `topK` most likely tokens can be drawn; all of them by default. */
  topK?: number;
  /**
   * Only the smallest set of most likely tokens whose probabilities sum to at least `topP` can be
   * drawn (the nucleus); all tokens by default.
   */
  topP?: number;
  /**
   * Only tokens at least `minP` times as likely as the most likely one can be drawn; all tokens by
   * default.
   */
  minP?: number;
  /**
   * Makes tokens that the text has already, the prompt included, less likely: their logits are divided by
   * this, or multiplied where they are negative. Default 1: no penalty.
   */
  repetitionPenalty?: number;
}

/**
 * Refuses sampling options that make no sense.
 *
 * @throws {ConfigError} if `temperature` is negative, `topK` below 1 or not whole, `topP` outside (0, 1],
 * `minP` outside [0, 1], or `repetitionPenalty` not above 0
 */
export function checkSampling(
  { temperature = 1, topK, topP, minP = 0, repetitionPenalty = 1 }: SamplingOptions,
): void {
  if (!(temperature >= 0 && temperature < Infinity)) {
    throw new ConfigError(
      `temperature is ${temperature}: give 0 for the most likely token every time, or a positive number.`,
    );
  }
  if (topK !== undefined && !(Number.isInteger(topK) && topK >= 1)) {
    throw new ConfigError(
      `topK is ${topK}: give a whole number of tokens, at least 1, or leave it out to keep them all.`,
    );
  }
  if (topP !== undefined && !(topP > 0 && topP <= 1)) {
    throw new ConfigError(
      `topP is ${topP}: give a probability above 0 and at most 1, or leave it out to keep all tokens.`,
    );
  }
  if (!(minP >= 0 && minP <= 1)) {
    throw new ConfigError(
      `minP is ${minP}: give a share of the largest probability, from 0 to 1, or leave it out.`,
    );
  }
  if (!(repetitionPenalty > 0 && repetitionPenalty < Infinity)) {
    throw new ConfigError(
      `repetitionPenalty is ${repetitionPenalty}: give a number above 0; 1 is no penalty, and above 1 ` +
        "repeating becomes less likely.",
    );
  }
}

/**
 * The distribution the next token is drawn from.
 *
 * @param logits scores of one position, shape (V); −Infinity rules a token out
 * @param options.seen the tokens that a repetition penalty falls on
 * @returns probabilities, shape (V), summing to 1
 * @throws {ConfigError} if an option is out of its range
 * @throws {RangeError} if a logit is NaN or +Infinity, or if all are −Infinity
 */
export function nextTokenDistribution(
  logits: Float32Array,
  options: SamplingOptions & { seen?: Iterable<number> } = {},
): Float64Array {
  checkSampling(options);
  const { temperature = 1, topK, topP, minP, repetitionPenalty = 1, seen = [] } = options;
  const scores = repetitionPenalty === 1 ? logits : penalised(logits, seen, repetitionPenalty);
  let probabilities = softmax(scores, temperature);
  if (topK !== undefined) probabilities = keepTopK(probabilities, topK);
  if (topP !== undefined) probabilities = keepNucleus(probabilities, topP);
  if (minP !== undefined) probabilities = keepLikely(probabilities, minP);
  return probabilities;
}

/**
 * Draws the next token.
 *
 * @param logits scores of one position, shape (V)
 * @returns a token id, 0 to V − 1
 * @throws as {@linkcode nextTokenDistribution}
 *
 * @example
 * ```ts
 * const token = sampleToken(logits, { temperature: 0.8, topK: 50, random: new Random(1) });
 * ```
 */
export function sampleToken(
  logits: Float32Array,
  { random, ...options }: SamplingOptions & { random: Random; seen?: Iterable<number> },
): number {
  const { temperature = 1, topK, topP, minP, repetitionPenalty = 1 } = options;
  if (repetitionPenalty === 1 && temperature === 0) {
    checkSampling(options);
    return indexOfLargest(logits);
  }
  if (repetitionPenalty === 1 && topK === undefined && topP === undefined && minP === undefined) {
    checkSampling(options);
    if (allWeights.length !== logits.length) allWeights = new Float64Array(logits.length);
    return draw(allWeights, random, { sum: weigh(logits, temperature, allWeights) });
  }
  return draw(nextTokenDistribution(logits, options), random);
}

/** What is drawn from where nothing is left out, overwritten by each draw. */
let allWeights = new Float64Array();

/**
 * The softmax of `logits / temperature`; all mass on the largest logit where the temperature is 0
 * (on the first of them where several are equal).
 *
 * @param logits shape (V)
 * @returns probabilities, shape (V)
 * @throws {RangeError} if a logit is NaN or +Infinity, or if all are −Infinity
 */
export function softmax(logits: Float32Array, temperature = 1): Float64Array {
  const probabilities = new Float64Array(logits.length);
  if (temperature === 0) {
    probabilities[indexOfLargest(logits)] = 1;
    return probabilities;
  }
  weigh(logits, temperature, probabilities);
  return normalise(probabilities);
}

/**
 * Softmax before it is divided by its sum.
 *
 * @param weights are written, shape (V)
 * @returns their sum
 * @throws {RangeError} as {@linkcode softmax}
 */
function weigh(logits: Float32Array, temperature: number, weights: Float64Array): number {
  let largest = -Infinity;
  for (let i = 0; i < logits.length; i++) if (logits[i] > largest) largest = logits[i];
  let sum = 0;
  for (let i = 0; i < logits.length; i++) {
    // The largest logit is taken off before dividing, so that no temperature can overflow.
    const less = logits[i] - largest;
    const weight = exponential(temperature === 1 ? less : less / temperature);
    weights[i] = weight;
    sum += weight;
  }
  if (!(sum > 0)) indexOfLargest(logits); // which says what is wrong
  return sum;
}

/**
 * Keeps the `k` most likely tokens and scales them to sum to 1. Exactly `k` stay: among equally
 * likely ones the lower ids do. A `k` of the vocabulary's size or more changes nothing.
 *
 * @param probabilities shape (V)
 * @see Fan, Lewis & Dauphin 2018, "Hierarchical Neural Story Generation", §5.1
 */
export function keepTopK(probabilities: Float64Array, k: number): Float64Array {
  if (k >= probabilities.length) return probabilities;
  return keepLargest(probabilities, { count: k, ascending: largest(probabilities, k) });
}

/** Up to so many numbers a list that is kept in order costs less than sorting all. */
const FEW = 128;

/** The `count` largest, in ascending order. */
function largest(values: Float64Array, count: number): Float64Array {
  if (count > FEW) return values.toSorted().subarray(values.length - count);
  const best = new Float64Array(count).fill(-Infinity);
  for (let i = 0; i < values.length; i++) {
    if (!(values[i] > best[0])) continue;
    let at = 0;
    for (; at + 1 < count && best[at + 1] < values[i]; at++) best[at] = best[at + 1];
    best[at] = values[i];
  }
  return best;
}

/**
 * Keeps the nucleus, the smallest set of most likely tokens whose probabilities sum to at least `p`,
 * and scales it to sum to 1. The most likely token always stays.
 *
 * @param probabilities shape (V)
 * @see Holtzman et al. 2019, "The Curious Case of Neural Text Degeneration", §3.1
 */
export function keepNucleus(probabilities: Float64Array, p: number): Float64Array {
  if (p >= 1) return probabilities;
  // All tokens below this together have less than 1 − p, so those above have more than p: only they need sorting.
  const least = 0.999 * (1 - p) / probabilities.length;
  const ascending = probabilities.filter((probability) => probability >= least).sort();
  let count = 0;
  for (let sum = 0; sum < p && count < ascending.length; count++) {
    sum += ascending[ascending.length - 1 - count];
  }
  return keepLargest(probabilities, { count, ascending });
}

/**
 * Keeps the tokens at least `share` times as likely as the most likely one, and scales them to sum to 1.
 *
 * @param probabilities shape (V)
 * @see Nguyen et al. 2024, "Turning Up the Heat: Min-p Sampling for Creative and Coherent LLM Outputs"
 */
export function keepLikely(probabilities: Float64Array, share: number): Float64Array {
  if (share <= 0) return probabilities;
  const least = share * probabilities.reduce((most, p) => Math.max(most, p), 0);
  return normalise(probabilities.map((p) => p >= least ? p : 0));
}

/**
 * The logits with those of `seen` tokens made less likely.
 *
 * @see Keskar et al. 2019, "CTRL: A Conditional Transformer Language Model for Controllable Generation", §4.1
 */
function penalised(logits: Float32Array, seen: Iterable<number>, penalty: number): Float32Array {
  const scores = logits.slice();
  for (const token of seen) {
    const logit = logits[token];
    scores[token] = logit > 0 ? logit / penalty : logit * penalty;
  }
  return scores;
}

/**
 * Zeroes all but the `count` largest (of equal ones the first) and scales the rest to sum to 1.
 *
 * @param options.ascending the largest in ascending order, at least `count` of them
 */
function keepLargest(
  probabilities: Float64Array,
  { count, ascending }: { count: number; ascending: Float64Array },
): Float64Array {
  const threshold = ascending[ascending.length - count];
  let above = 0;
  while (above < count && ascending[ascending.length - 1 - above] > threshold) above++;
  let room = count - above; // for tokens exactly as likely as the threshold
  const kept = new Float64Array(probabilities.length);
  for (let i = 0; i < kept.length; i++) {
    const p = probabilities[i];
    if (p > threshold || (p === threshold && room-- > 0)) kept[i] = p;
  }
  return normalise(kept);
}

/** Inverts the cumulative distribution of weights that sum to `sum` at one uniform number. */
function draw(weights: Float64Array, random: Random, { sum = 1 } = {}): number {
  let left = random.uniform() * sum;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    left -= weights[i];
    if (left < 0) return i;
    last = i;
  }
  return last; // rounding can leave the weights a hair below their sum
}

/** Scales weights, in place, to sum to 1. */
function normalise(weights: Float64Array): Float64Array {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i];
  for (let i = 0; i < weights.length; i++) weights[i] /= sum;
  return weights;
}

function indexOfLargest(logits: Float32Array): number {
  let best = 0;
  for (let i = 0; i < logits.length; i++) {
    if (Number.isNaN(logits[i]) || logits[i] === Infinity) {
      throw new RangeError(
        `The logit of token ${i} is ${logits[i]}: the model's parameters have diverged, so train ` +
          "again with a lower learning rate or load an earlier checkpoint.",
      );
    }
    if (logits[i] > logits[best]) best = i;
  }
  if (!(logits[best] > -Infinity)) {
    throw new RangeError(
      `All ${logits.length} logits are −Infinity, so no token can be drawn: leave at least one finite.`,
    );
  }
  return best;
}
