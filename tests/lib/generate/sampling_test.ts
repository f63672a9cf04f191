import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { ConfigError } from "../../../lib/errors.ts";
import {
  keepNucleus,
  keepTopK,
  nextTokenDistribution,
  sampleToken,
  softmax,
} from "../../../lib/generate/sampling.ts";
import { Random } from "../../../lib/random.ts";

/** The subsets that a mask over `n` tokens can name. */
function subsets(n: number): number[][] {
  return Array.from(
    { length: 2 ** n },
    (_, mask) => Array.from({ length: n }, (_, i) => i).filter((i) => mask & (1 << i)),
  );
}

function mass(probabilities: ArrayLike<number>, ids: number[]): number {
  return ids.reduce((sum, id) => sum + probabilities[id], 0);
}

function randomLogits(size: number, seed: number): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: size }, () => 2 * random.normal());
}

function support(probabilities: Float64Array): number[] {
  return [...probabilities.keys()].filter((id) => probabilities[id] > 0);
}

Deno.test("temperature divides the logits before the softmax", () => {
  const logits = randomLogits(6, 1);
  for (const temperature of [0.3, 1, 2.5]) {
    const weights = Array.from(logits, (logit) => Math.exp(logit / temperature));
    const sum = weights.reduce((a, b) => a + b);
    nextTokenDistribution(logits, { temperature }).forEach((p, id) =>
      assertAlmostEquals(p, weights[id] / sum, 1e-12)
    );
  }
});

Deno.test("temperature 0 takes the most likely token, the first of equal ones", () => {
  const logits = Float32Array.of(1, 3, 3, 2);
  assertEquals([...softmax(logits, 0)], [0, 1, 0, 0]);
  const random = new Random(1);
  for (let i = 0; i < 20; i++) assertEquals(sampleToken(logits, { temperature: 0, random }), 1);
});

Deno.test("huge logits and tiny temperatures do not overflow", () => {
  assertEquals([...softmax(Float32Array.of(3e38, -3e38), 1)], [1, 0]);
  assertEquals([...softmax(Float32Array.of(1, 2), 1e-300)], [0, 1]);
});

Deno.test("top-k keeps the k tokens of largest total probability", () => {
  for (let seed = 0; seed < 20; seed++) {
    const probabilities = softmax(randomLogits(7, seed));
    for (let k = 1; k <= 7; k++) {
      const best = subsets(7).filter((ids) => ids.length === k)
        .reduce((a, b) => mass(probabilities, b) > mass(probabilities, a) ? b : a);
      const kept = keepTopK(probabilities, k);
      assertEquals(support(kept), best);
      for (const id of best) {
        assertAlmostEquals(kept[id], probabilities[id] / mass(probabilities, best), 1e-12);
      }
    }
  }
});

Deno.test("top-p keeps the smallest set of tokens that reaches p", () => {
  for (let seed = 0; seed < 20; seed++) {
    const probabilities = softmax(randomLogits(7, seed));
    for (const p of [0.05, 0.3, 0.5, 0.9, 0.99]) {
      const reaching = subsets(7).filter((ids) => mass(probabilities, ids) >= p);
      const size = Math.min(...reaching.map((ids) => ids.length));
      const nucleus = reaching.filter((ids) => ids.length === size)
        .reduce((a, b) => mass(probabilities, b) > mass(probabilities, a) ? b : a);
      const kept = keepNucleus(probabilities, p);
      assertEquals(support(kept), nucleus);
      assertAlmostEquals(mass(kept, nucleus), 1, 1e-12);
    }
  }
});

Deno.test("a topP below the largest probability keeps exactly one token", () => {
  const kept = nextTokenDistribution(Float32Array.of(0, 5, 1), { topP: 1e-9 });
  assertEquals([...kept], [0, 1, 0]);
});

Deno.test("among equally likely tokens the lower ids stay", () => {
  const even = Float64Array.of(0.25, 0.25, 0.25, 0.25);
  assertEquals([...keepTopK(even, 2)], [0.5, 0.5, 0, 0]);
  assertEquals([...keepNucleus(even, 0.6)].map((p) => p > 0), [true, true, true, false]);
});

Deno.test("a topK of the vocabulary or more, and a topP of 1, change nothing", () => {
  const logits = randomLogits(5, 3);
  const whole = nextTokenDistribution(logits);
  assertEquals(nextTokenDistribution(logits, { topK: 5 }), whole);
  assertEquals(nextTokenDistribution(logits, { topK: 500, topP: 1 }), whole);
});

Deno.test("top-p counts its share among the tokens that top-k left", () => {
  // 0.5, 0.3, 0.2: of the two that top-k leaves the first has 0.625, enough for 0.6.
  const logits = Float32Array.from([0.5, 0.3, 0.2], Math.log);
  assertEquals([...nextTokenDistribution(logits, { topK: 2, topP: 0.6 })], [1, 0, 0]);
  assertEquals(support(nextTokenDistribution(logits, { topP: 0.6 })), [0, 1]);
});

Deno.test("tokens are drawn as often as the distribution says", () => {
  const draws = 20_000;
  const random = new Random(7, "frequencies");
  for (const options of [{}, { temperature: 0.7, topK: 6 }, { temperature: 1.5, topP: 0.8 }]) {
    const logits = randomLogits(10, 5);
    const expected = nextTokenDistribution(logits, options);
    const counts = new Array(10).fill(0);
    for (let i = 0; i < draws; i++) counts[sampleToken(logits, { ...options, random })]++;
    let chiSquare = 0;
    for (let id = 0; id < 10; id++) {
      if (expected[id] === 0) assertEquals(counts[id], 0);
      else chiSquare += (counts[id] - draws * expected[id]) ** 2 / (draws * expected[id]);
    }
    assert(chiSquare < 27.9, `χ² is ${chiSquare}`); // 99.9 % quantile at 9 degrees of freedom
  }
});

Deno.test("a draw from all tokens takes the one that the distribution's running sum says", () => {
  for (let seed = 0; seed < 200; seed++) {
    const logits = randomLogits(50 + seed % 3, seed);
    for (const temperature of [0.7, 1]) {
      let left = new Random(seed).uniform();
      const expected = nextTokenDistribution(logits, { temperature })
        .findIndex((probability) => (left -= probability) < 0);
      assertEquals(sampleToken(logits, { temperature, random: new Random(seed) }), expected);
    }
  }
});

Deno.test("a logit of −Infinity is never drawn, even with k to spare", () => {
  const logits = Float32Array.of(-Infinity, 0, -Infinity, 1);
  const random = new Random(2);
  for (let i = 0; i < 200; i++) {
    assert([1, 3].includes(sampleToken(logits, { temperature: 5, topK: 3, random })));
  }
});

Deno.test("logits that are NaN, +Infinity or all −Infinity are refused", () => {
  assertThrows(() => softmax(Float32Array.of(0, NaN)), RangeError, "token 1 is NaN");
  assertThrows(() => softmax(Float32Array.of(NaN, 0), 0), RangeError, "token 0 is NaN");
  assertThrows(() => softmax(Float32Array.of(0, Infinity)), RangeError, "Infinity");
  assertThrows(() => softmax(new Float32Array(3).fill(-Infinity)), RangeError, "All 3 logits");
});

Deno.test("options out of their range are refused by name", () => {
  const logits = Float32Array.of(0, 1);
  for (
    const [options, name] of [
      [{ temperature: -0.1 }, "temperature is -0.1"],
      [{ temperature: NaN }, "temperature is NaN"],
      [{ topK: 0 }, "topK is 0"],
      [{ topK: 2.5 }, "topK is 2.5"],
      [{ topP: 0 }, "topP is 0"],
      [{ topP: 1.1 }, "topP is 1.1"],
      [{ minP: -1 }, "minP is -1"],
      [{ repetitionPenalty: 0 }, "repetitionPenalty is 0"],
    ] as const
  ) {
    assertThrows(() => nextTokenDistribution(logits, options), ConfigError, name);
  }
});

Deno.test("top-k and top-p keep what sorting the whole vocabulary would keep", () => {
  for (const size of [5, 200, 3000]) {
    for (let seed = 0; seed < 5; seed++) {
      const probabilities = softmax(randomLogits(size, seed));
      const order = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]);
      for (const k of [1, 3, 40, 127, 129, 1000]) {
        const wanted = order.slice(0, k).sort((a, b) => a - b);
        assertEquals(support(keepTopK(probabilities, k)), wanted);
      }
      for (const p of [0.01, 0.5, 0.9, 0.999]) {
        let count = 0;
        for (let sum = 0; sum < p; count++) sum += probabilities[order[count]];
        const wanted = order.slice(0, count).sort((a, b) => a - b);
        assertEquals(support(keepNucleus(probabilities, p)), wanted);
      }
    }
  }
});

Deno.test("min-p keeps the tokens that are a share as likely as the most likely one", () => {
  const logits = Float32Array.from([0.5, 0.3, 0.15, 0.05], Math.log);
  const kept = (minP: number) => support(nextTokenDistribution(logits, { minP }));
  assertEquals(kept(0), [0, 1, 2, 3]);
  assertEquals(kept(0.2), [0, 1, 2]);
  assertEquals(kept(0.4), [0, 1]);
  assertEquals(kept(1), [0]);
  const [first, second] = nextTokenDistribution(logits, { minP: 0.5 });
  assertAlmostEquals(first / second, 5 / 3, 1e-6);
});

Deno.test("a repetition penalty makes seen tokens less likely, whatever the sign of their logits", () => {
  const logits = Float32Array.of(2, -1, 2, -1);
  const [a, b, c, d] = nextTokenDistribution(logits, { repetitionPenalty: 2, seen: [0, 1] });
  assertAlmostEquals(Math.log(c / a), 1, 1e-6);
  assertAlmostEquals(Math.log(d / b), 1, 1e-6);
  assertEquals([...logits], [2, -1, 2, -1]);
});
