// Generation with a real transformer: the decoder behind it changes how fast a text comes, not the text.

import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { generateText, generateTexts } from "../../../lib/generate/generate.ts";
import { startDecoding } from "../../../lib/generate/decode.ts";
import type { LanguageModel } from "../../../lib/generate/reader.ts";
import { Transformer } from "../../../lib/model/transformer.ts";
import { useBackend } from "../../../lib/tensor/backend.ts";
import { bytes } from "./fakes.ts";

await useBackend("auto");

const model = Transformer.create({
  vocabularySize: 256,
  context: 32,
  layers: 2,
  width: 64,
  seed: 3,
});
for (const variable of model.parameters.values()) {
  tf.tidy(() => variable.assign(tf.mul(variable, 3)));
}
/** The same model, of which only the definition is to be seen. */
const plain: LanguageModel = { config: model.config, logits: (tokens) => model.logits(tokens) };
/** One character a token, so that no text depends on what is UTF-8. */
const letters = {
  ...bytes,
  encode: (text: string) => Uint32Array.from(text, (letter) => letter.charCodeAt(0) % 256),
  tokenBytes: (id: number) => new TextEncoder().encode(String.fromCharCode(0x100 + id)),
};

Deno.test("the decoder writes what the definition writes, also far beyond the context", async () => {
  for (const sampling of [{ temperature: 0 }, { temperature: 0.8, topP: 0.9 }]) {
    const options = { prompt: "In the beginning", tokens: 100, seed: 4, ...sampling };
    const text = await generateText(model, letters, options);
    assertEquals(text.length, 100);
    assertEquals(await generateText(plain, letters, options), text);
  }
});

Deno.test("prompts of different lengths are continued together as each would be alone", async () => {
  const prompts = ["a", "a longer beginning than the others", "", "medium", "so long".repeat(9)];
  const options = { tokens: 40, seed: 11, temperature: 1, topK: 20 };
  const together = await generateTexts(model, letters, { ...options, prompts });
  for (const [i, prompt] of prompts.entries()) {
    const alone = await generateText(model, letters, { ...options, prompt, seed: 11 + i });
    assertEquals(together[i], alone);
  }
});

Deno.test("more prompts than are read at once are all continued", async () => {
  const prompts = Array.from({ length: 40 }, (_, i) => "x".repeat(i));
  const texts = await generateTexts(model, letters, { prompts, tokens: 3, seed: 1 });
  assertEquals(texts.map(({ length }) => length), new Array(40).fill(3));
  const last = await generateText(model, letters, { prompt: prompts[39], tokens: 3, seed: 40 });
  assertEquals(texts[39], last);
});

Deno.test("texts that stop early leave the others alone", async () => {
  const prompts = ["one", "two", "three"];
  const options = { prompts, tokens: 30, seed: 5, temperature: 1 };
  const whole = await generateTexts(model, letters, options);
  const stop = [whole[1].slice(4, 6)];
  const stopped = await generateTexts(model, letters, { ...options, stop });
  assertEquals(stopped[1], whole[1].slice(0, whole[1].indexOf(stop[0])));
  for (const [i, text] of stopped.entries()) {
    const end = whole[i].indexOf(stop[0]);
    assertEquals(text, end < 0 ? whole[i] : whole[i].slice(0, end));
  }
});

Deno.test("decoding by hand gives the definition's logits, beyond the context too", async () => {
  const [step, definition] = [startDecoding(model), startDecoding(plain)];
  for (let i = 0; i < 45; i++) {
    const tokens = i === 0 ? [5, 9, 200] : [(i * 71) % 256];
    const [logits, expected] = [await step(tokens), await definition(tokens)];
    logits.forEach((logit, id) => assert(Math.abs(logit - expected[id]) < 1e-4));
  }
});

Deno.test("int8 writes a text of its own, the same each time", async () => {
  const options = { prompt: "It", tokens: 50, seed: 2, precision: "int8" as const };
  const text = await generateText(model, letters, options);
  assertEquals(text.length, 50);
  assertEquals(await generateText(model, letters, options), text);
});
