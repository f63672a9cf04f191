import * as tf from "@tensorflow/tfjs";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { ConfigError } from "../../../lib/errors.ts";
import {
  generate,
  generateText,
  generateTexts,
  generateTokens,
} from "../../../lib/generate/generate.ts";
import { bytes, FakeModel, reciter } from "./fakes.ts";

await tf.setBackend("cpu");

async function collect(pieces: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
}

Deno.test("text is the prompt's continuation, one piece a token", async () => {
  const pieces = generate(reciter("abcd"), bytes, { prompt: "ab", tokens: 5, temperature: 0 });
  assertEquals(await collect(pieces), ["c", "d", "a", "b", "c"]);
});

Deno.test("echo begins the text with the prompt", async () => {
  const options = { prompt: "ab", tokens: 2, temperature: 0, echo: true };
  assertEquals(await generateText(reciter("abcd"), bytes, options), "abcd");
});

Deno.test("a character of several bytes comes whole", async () => {
  const text = "a¿語🙂"; // 1, 2, 3 and 4 bytes, none of them twice
  const pieces = await collect(
    generate(reciter(text), bytes, { prompt: "a", tokens: 10, temperature: 0 }),
  );
  assertEquals(pieces, ["¿", "語", "🙂", "a"]);
});

Deno.test("a character cut off by the token limit is left out", async () => {
  const options = { prompt: "a", tokens: 4, temperature: 0 };
  assertEquals(await generateText(reciter("a¿語"), bytes, options), "¿");
});

Deno.test("bytes that are not UTF-8 become the replacement character", async () => {
  const broken = new FakeModel((token) => {
    const scores = new Array(256).fill(0);
    scores[token === 0xff ? 0x61 : 0xff] = 100;
    return scores;
  });
  const options = { prompt: "a", tokens: 2, temperature: 0 };
  assertEquals(await generateText(broken, bytes, options), "\ufffda");
});

Deno.test("a stop string ends the text and is not part of it", async () => {
  const options = { prompt: "a", tokens: 100, temperature: 0, stop: ["gx", "ef"] };
  const pieces = await collect(generate(reciter("abcdefgh"), bytes, options));
  assertEquals(pieces, ["b", "c", "d"]); // "e" is held back until it is known to be the stop
});

Deno.test("the beginning of a stop string that goes on otherwise is text", async () => {
  const options = { prompt: "a", tokens: 5, temperature: 0, stop: ["cx", "fgh"] };
  const pieces = await collect(generate(reciter("abcdefgh"), bytes, options));
  assertEquals(pieces, ["b", "cd", "e", "f"]);
});

Deno.test("beyond the context the window slides", async () => {
  const model = reciter("abcdefgh", { context: 3 });
  await generateText(model, bytes, { prompt: "abcd", tokens: 3, temperature: 0 });
  const windows = model.windows.map((window) => String.fromCharCode(...window));
  assertEquals(windows, ["bcd", "cde", "def"]);
});

Deno.test("an empty prompt continues a line break, or token 0 where there is none", async () => {
  const model = reciter("\nabc");
  assertEquals(await generateText(model, bytes, { tokens: 3, temperature: 0 }), "abc");
  const letters = {
    ...bytes,
    vocabularySize: 2,
    tokenBytes: (id: number) => Uint8Array.of(97 + id),
  };
  const swap = new FakeModel((token) => token === 0 ? [0, 9] : [9, 0]);
  assertEquals(await generateText(swap, letters, { tokens: 3, temperature: 0 }), "bab");
});

Deno.test("the same seed gives the same text, another seed another", async () => {
  const uniform = new FakeModel(() => new Array(256).fill(0));
  const letters = { ...bytes, tokenBytes: (id: number) => Uint8Array.of(97 + id % 26) };
  const text = (seed?: number) => generateText(uniform, letters, { tokens: 30, seed });
  assertEquals(await text(5), await text(5));
  assertNotEquals(await text(5), await text(6));
  assertNotEquals(await text(), await text());
});

Deno.test("several prompts are continued each as if alone with the seed after the last", async () => {
  const uniform = new FakeModel(() => new Array(256).fill(0));
  const letters = { ...bytes, tokenBytes: (id: number) => Uint8Array.of(97 + id % 26) };
  const options = { tokens: 10, seed: 3 };
  const texts = await generateTexts(uniform, letters, { ...options, prompts: ["x", "y"] });
  assertEquals(texts, [
    await generateText(uniform, letters, { ...options, prompt: "x" }),
    await generateText(uniform, letters, { ...options, prompt: "y", seed: 4 }),
  ]);
});

Deno.test("rows of the model beyond the tokenizer's vocabulary are never drawn", async () => {
  const padded = new FakeModel(() => [0, 0, 50]);
  const letters = {
    ...bytes,
    vocabularySize: 2,
    tokenBytes: (id: number) => Uint8Array.of(97 + id),
  };
  const text = await generateText(padded, letters, { tokens: 50, seed: 1 });
  assertEquals(text.replaceAll(/[ab]/g, ""), "");
});

Deno.test("the text ends where it is when the signal is aborted", async () => {
  const controller = new AbortController();
  const options = { prompt: "a", tokens: 1000, temperature: 0, signal: controller.signal };
  let text = "";
  for await (const piece of generate(reciter("abcd"), bytes, options)) {
    text += piece;
    if (text.length === 3) controller.abort();
  }
  assertEquals(text, "bcd");
});

Deno.test("without a signal of its own, generation follows the running cell's", async () => {
  const key = Symbol.for("Jupyter.signal");
  Reflect.set(globalThis, key, AbortSignal.abort());
  try {
    assertEquals(await generateText(reciter("abcd"), bytes, { prompt: "a", tokens: 5 }), "");
  } finally {
    Reflect.deleteProperty(globalThis, key);
  }
});

Deno.test("timers run while text is generated, so an interrupt arrives", async () => {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 30);
  const options = { prompt: "a", tokens: 1e9, signal: controller.signal };
  const text = await generateText(reciter("abcd"), bytes, options);
  clearTimeout(timer);
  assert(text.length > 0);
});

Deno.test("generating leaves no tensor behind, not even when a step fails", async () => {
  const before = tf.memory().numTensors;
  await generateText(reciter("abcd"), bytes, { prompt: "a", tokens: 10 });
  assertEquals(tf.memory().numTensors, before);
  const diverged = new FakeModel(() => new Array(256).fill(NaN));
  await assertRejects(() => generateText(diverged, bytes, { prompt: "a", tokens: 1 }), RangeError);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("options and tokenizers that do not fit are refused at the call", () => {
  const model = reciter("abcd");
  assertThrows(() => generate(model, bytes, { tokens: -1 }), ConfigError, "tokens is -1");
  assertThrows(() => generate(model, bytes, { tokens: 5, topK: 0 }), ConfigError, "topK is 0");
  assertThrows(() => generate(model, bytes, { tokens: 5, minP: 2 }), ConfigError, "minP is 2");
  const beyond = "end" as "stop";
  assertThrows(
    () => generate(model, bytes, { tokens: 5, beyond }),
    ConfigError,
    '"slide" or "stop"',
  );
  const small = new FakeModel(() => [0, 0]);
  assertThrows(
    () => generate(small, bytes, { tokens: 1 }),
    ConfigError,
    "256 tokens and the model 2",
  );
});

Deno.test("the window moves on by a quarter of the context, and is read again from its beginning", async () => {
  const model = reciter("abcdefgh", { context: 8 });
  await generateText(model, bytes, { prompt: "abcdefg", tokens: 6, temperature: 0 });
  const windows = model.windows.map((window) => String.fromCharCode(...window));
  assertEquals(windows, ["abcdefg", "abcdefgh", "cdefgha", "cdefghab", "efghabc", "efghabcd"]);
});

Deno.test("beyond the context the text stops where it is told to", async () => {
  const options = { prompt: "ab", tokens: 100, temperature: 0, beyond: "stop" as const };
  assertEquals(await generateText(reciter("abcdefgh", { context: 5 }), bytes, options), "cdef");
  assertThrows(
    () => generate(reciter("abcd", { context: 3 }), bytes, { ...options, prompt: "abcd" }),
    ConfigError,
    "The prompt has 4 tokens, but the model sees 3",
  );
});

Deno.test("a repetition penalty falls on the tokens of the prompt and of the text", async () => {
  const order = "abcdef";
  // The earlier letters are always the likelier.
  const scores = new Array(256).fill(-100);
  [...order].forEach((letter, i) => scores[letter.charCodeAt(0)] = 10 - i);
  const model = new FakeModel(() => scores);
  const options = { prompt: "b", tokens: 5, temperature: 0 };
  assertEquals(await generateText(model, bytes, options), "aaaaa");
  const penalised = { ...options, repetitionPenalty: 3 };
  assertEquals(await generateText(model, bytes, penalised), "acdef");
});

Deno.test("each token comes with how likely it was, and with what else was", async () => {
  const model = new FakeModel(() => [3, 1, 2, 0].map((share) => Math.log(share)));
  const letters = {
    ...bytes,
    vocabularySize: 4,
    tokenBytes: (id: number) => id === 3 ? Uint8Array.of(0xe8) : Uint8Array.of(97 + id),
  };
  const prompt = Uint32Array.of(0);
  // Sampling chooses otherwise; what is told is the model's own.
  const options = { prompt, tokens: 20, temperature: 5, seed: 1, alternatives: 2 };
  const all = await Array.fromAsync(generateTokens(model, letters, options));
  assertEquals(all.length, 20);
  assert(new Set(all.map(({ text }) => text)).size > 1);
  for (const { id, text, logProbability, alternatives } of all) {
    assertAlmostEquals(logProbability, Math.log([3, 1, 2][id] / 6), 1e-6);
    assertEquals(text, "abc"[id]);
    assertEquals(alternatives.map(({ text }) => text), ["a", "c"]);
    assertAlmostEquals(Math.exp(alternatives[1].logProbability), 2 / 6, 1e-6);
  }
  const none = { ...options, alternatives: 0 };
  const [first] = await Array.fromAsync(generateTokens(model, letters, none));
  assertEquals(first.alternatives, []);
  const all4 = { ...options, alternatives: 9 };
  const [whole] = await Array.fromAsync(generateTokens(model, letters, all4));
  assertEquals(whole.alternatives.map(({ text }) => text), ["a", "c", "b", "\ufffd"]);
  assertThrows(
    () => generateTokens(model, letters, { ...options, alternatives: -1 }),
    ConfigError,
    "alternatives is -1",
  );
});
