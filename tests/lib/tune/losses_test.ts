// The losses of preferences and reinforcement, against their formulas written out in plain numbers, and their gradients
// against finite differences of those.

import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { ConfigError } from "../../../lib/errors.ts";
import { Random } from "../../../lib/random.ts";
import { useBackend } from "../../../lib/tensor/backend.ts";
import { IGNORED } from "../../../lib/tensor/cross_entropy.ts";
import { logProbabilities } from "../../../lib/tensor/log_probabilities.ts";
import { groupAdvantages, policyLoss } from "../../../lib/tune/policy_loss.ts";
import { dpoLoss, rewardLoss } from "../../../lib/tune/preference_loss.ts";

await useBackend();
const random = new Random(3, "losses");
const numbers = (count: number, scale = 1) =>
  Array.from({ length: count }, () => scale * random.normal());
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** Compares a loss and its gradient in `x` with those of a function of plain numbers. */
function expectLoss(
  loss: (x: tf.Tensor1D) => tf.Scalar,
  { at, plain }: { at: number[]; plain: (x: number[]) => number },
): void {
  tf.tidy(() => {
    const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => loss(x as tf.Tensor1D))(
      tf.tensor1d(at),
    );
    assertAlmostEquals(value.dataSync()[0], plain(at), 1e-5);
    for (const [i, slope] of grad.dataSync().entries()) {
      const moved = (by: number) => plain(at.map((v, j) => i === j ? v + by : v));
      assertAlmostEquals(slope, (moved(1e-5) - moved(-1e-5)) / 2e-5, 1e-4);
    }
  });
}

Deno.test("log-probabilities are those of the softmax, and ignored rows count for nothing", () => {
  const [rows, vocabulary] = [4, 5];
  const targets = [2, IGNORED, 0, 4];
  const weights = numbers(rows);
  const plain = (x: number[]) =>
    targets.reduce((sum, target, n) => {
      if (target === IGNORED) return sum;
      const row = x.slice(n * vocabulary, (n + 1) * vocabulary);
      const total = row.reduce((s, v) => s + Math.exp(v), 0);
      return sum + weights[n] * (row[target] - Math.log(total));
    }, 0);
  const loss = (x: tf.Tensor1D) =>
    tf.sum(tf.mul(
      logProbabilities(tf.reshape(x, [rows, vocabulary]), tf.tensor1d(targets, "int32")),
      tf.tensor1d(weights),
    )) as tf.Scalar;
  expectLoss(loss, { at: numbers(rows * vocabulary, 2), plain });
});

Deno.test("the loss of a reward is that of Bradley and Terry", () => {
  const rejected = numbers(4);
  expectLoss((chosen) => rewardLoss(chosen, tf.tensor1d(rejected)), {
    at: numbers(4),
    plain: (chosen) => mean(chosen.map((c, i) => -Math.log(sigmoid(c - rejected[i])))),
  });
});

Deno.test("the loss of direct preferences is its paper's", () => {
  const [rejected, chosenBefore, rejectedBefore] = [numbers(3, 5), numbers(3, 5), numbers(3, 5)];
  const beta = 0.3;
  const reference = { chosen: tf.tensor1d(chosenBefore), rejected: tf.tensor1d(rejectedBefore) };
  expectLoss(
    (chosen) => dpoLoss({ chosen, rejected: tf.tensor1d(rejected) }, { reference, beta }),
    {
      at: numbers(3, 5),
      plain: (chosen) =>
        mean(
          chosen.map((c, i) =>
            -Math.log(sigmoid(beta * (c - chosenBefore[i] - (rejected[i] - rejectedBefore[i]))))
          ),
        ),
    },
  );
});

Deno.test("a model that is still its reference loses log 2", () => {
  const same = { chosen: tf.tensor1d([-3, -4]), rejected: tf.tensor1d([-5, -1]) };
  assertAlmostEquals(dpoLoss(same, { reference: same }).dataSync()[0], Math.LN2, 1e-6);
});

Deno.test("the policy's loss is clipped on the side that gained, and held to the reference", () => {
  const old = [-1, -2, -1.5, -0.5, -3];
  const reference = [-1.1, -1.7, -1.4, -0.9, -2];
  const advantages = [1, -1, 2, -0.5, 1];
  const mask = [1, 1, 1, 1, 0];
  const at = [-0.5, -2.9, -1.45, -0.1, -2]; // ratios beyond both bounds, and between them
  const [clip, klWeight] = [0.2, 0.1];
  const plain = (current: number[]) => {
    let [sum, count] = [0, 0];
    for (const [i, c] of current.entries()) {
      if (mask[i] === 0) continue;
      const ratio = Math.exp(c - old[i]);
      const clipped = Math.min(Math.max(ratio, 1 - clip), 1 + clip);
      const gain = Math.min(ratio * advantages[i], clipped * advantages[i]);
      const away = reference[i] - c;
      sum += klWeight * (Math.exp(away) - away - 1) - gain;
      count++;
    }
    return sum / count;
  };
  const tokens = {
    old: tf.tensor1d(old),
    reference: tf.tensor1d(reference),
    advantages: tf.tensor1d(advantages),
    mask: tf.tensor1d(mask),
  };
  expectLoss((current) => policyLoss(current, tokens, { clip, klWeight }), { at, plain });
});

Deno.test("advantages are relative to the group", () => {
  const advantages = groupAdvantages([1, 0, 0, 0, 5, 5, 5, 5, 2, 4, 6, 8], { group: 4 });
  const expected = [Math.sqrt(3), -1 / Math.sqrt(3), -1 / Math.sqrt(3), -1 / Math.sqrt(3)];
  for (const [i, value] of expected.entries()) assertAlmostEquals(advantages[i], value, 1e-6);
  assertEquals([...advantages.slice(4, 8)], [0, 0, 0, 0]);
  assertAlmostEquals(advantages[8], -3 / Math.sqrt(5), 1e-6);
});

Deno.test("half a group, and a group of one, are refused in a sentence", () => {
  assertThrows(() => groupAdvantages([1, 2, 3], { group: 2 }), ConfigError, "groups of 2");
  assertThrows(() => groupAdvantages([1, 2], { group: 1 }), ConfigError, "at least two");
});
