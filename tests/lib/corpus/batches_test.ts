import { assert, assertEquals, assertThrows } from "@std/assert";
import { sampleBatch, windows } from "../../../lib/corpus/batches.ts";
import { ConfigError, CorpusError } from "../../../lib/errors.ts";

const TOKENS = Uint32Array.from({ length: 100 }, (_, i) => i * 3);

Deno.test("each target is the token after its input", () => {
  const batch = sampleBatch(TOKENS, { batch: 5, context: 8, seed: 1, step: 0 });
  assertEquals([batch.batch, batch.context, batch.inputs.length], [5, 8, 40]);
  batch.inputs.forEach((input, i) => {
    assertEquals(batch.targets[i], input + 3);
    if (i % 8 > 0) assertEquals(input, batch.inputs[i - 1] + 3);
  });
});

Deno.test("a step draws the same rows whenever it is asked for, and another step others", () => {
  const options = { batch: 4, context: 8, seed: 1 };
  const seventh = sampleBatch(TOKENS, { ...options, step: 7 });
  assertEquals(sampleBatch(TOKENS, { ...options, step: 7 }), seventh);
  const others = [{ ...options, step: 8 }, { ...options, step: 7, seed: 2 }];
  for (const other of others) {
    assert(String(sampleBatch(TOKENS, other).inputs) !== String(seventh.inputs));
  }
});

Deno.test("rows begin at every possible place", () => {
  const starts = new Set<number>();
  for (let step = 0; step < 50; step++) {
    const { inputs } = sampleBatch(TOKENS, { batch: 50, context: 90, seed: 3, step });
    for (let row = 0; row < 50; row++) starts.add(inputs[row * 90] / 3);
  }
  assertEquals([...starts].sort((a, b) => a - b), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

Deno.test("windows visit every token but the first as a target exactly once", () => {
  for (const [batch, context] of [[1, 1], [3, 7], [4, 33], [2, 99], [5, 11], [200, 5]]) {
    const targets: number[] = [];
    for (const window of windows(TOKENS, { batch, context })) {
      assert(window.batch <= batch && window.context <= context);
      assertEquals(window.inputs.length, window.batch * window.context);
      assertEquals(window.targets.map((target) => target - 3), window.inputs);
      targets.push(...window.targets);
    }
    assertEquals(targets, [...TOKENS.subarray(1)]);
  }
});

Deno.test("the last, shorter window is a batch of its own", () => {
  const sizes = [...windows(TOKENS, { batch: 4, context: 15 })].map((w) => [w.batch, w.context]);
  assertEquals(sizes, [[4, 15], [2, 15], [1, 9]]);
});

Deno.test("tokens that just fill a context are enough, one fewer is refused", () => {
  const few = TOKENS.subarray(0, 9);
  const exact = { batch: 2, context: 8 };
  assertEquals([...windows(few, exact)].length, 1);
  assertEquals([...sampleBatch(few, { ...exact, seed: 1, step: 1 }).inputs.subarray(0, 2)], [0, 3]);
  const message = "A context of 9 needs at least 10 tokens in each part of the corpus, but this " +
    "part has 9: use a longer text or a shorter context.";
  const tooLong = { batch: 2, context: 9 };
  assertThrows(() => [...windows(few, tooLong)], CorpusError, message);
  assertThrows(() => sampleBatch(few, { ...tooLong, seed: 1, step: 1 }), CorpusError, message);
});

Deno.test("rows that are no whole number are refused", () => {
  for (const rows of [{ batch: 0, context: 8 }, { batch: 2, context: 1.5 }]) {
    assertThrows(() => sampleBatch(TOKENS, { ...rows, seed: 1, step: 1 }), ConfigError);
  }
});
