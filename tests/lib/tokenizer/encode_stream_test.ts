import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { ConfigError } from "../../../lib/errors.ts";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import { CharTokenizer } from "../../../lib/tokenizer/characters.ts";
import { encodeStream, type EncodeStreamOptions } from "../../../lib/tokenizer/encode_stream.ts";
import type { TextSource } from "../../../lib/tokenizer/text_source.ts";
import type { TextRange, Tokenizer } from "../../../lib/tokenizer/tokenizer.ts";
import { roughText } from "./rough_text.ts";

const TEXT = "the cat sat on the mat; naïve café 日本語 日本語 𝔘𝔫 𝔘𝔫 ".repeat(10);
const specialTokens = ["<|end|>", "<|end|>!", "|>a"];
const tokenizers: Tokenizer[] = (["gpt2", "cl100k"] as const).map((split) =>
  BpeTokenizer.train(TEXT, { vocabularySize: 300, specialTokens, split })
);

async function collect(
  parts: TextSource,
  tokenizer: Tokenizer,
  options?: EncodeStreamOptions,
): Promise<number[]> {
  const ids: number[] = [];
  for await (const chunk of encodeStream(parts, tokenizer, options)) {
    assert(chunk instanceof Uint32Array && chunk.length > 0);
    ids.push(...chunk);
  }
  return ids;
}

/** A text and places to cut it at, between the halves of a pair too. */
const cutText = fc.tuple(
  fc.array(fc.oneof(roughText(), fc.constantFrom("<|end|>", "<|end", "|>", "!", "a", "<")), {
    maxLength: 8,
  }).map((parts) => parts.join("")),
  fc.array(fc.nat(60), { maxLength: 8 }),
).map(([text, cuts]) => {
  const places = [0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length];
  places.sort((a, b) => a - b);
  return places.slice(1).map((place, i) => text.slice(places[i], place));
});

Deno.test("the ids of a stream are those of the whole, wherever it is cut", async () => {
  for (const tokenizer of tokenizers) {
    await fc.assert(
      fc.asyncProperty(cutText, fc.boolean(), async (parts, allowSpecial) => {
        const whole = tokenizer.encode(parts.join(""), { allowSpecial });
        assertEquals(await collect(parts, tokenizer, { allowSpecial }), [...whole]);
        const characters = parts.join("").split("");
        assertEquals(await collect(characters, tokenizer, { allowSpecial }), [...whole]);
      }),
      { numRuns: 1000 },
    );
  }
});

Deno.test("a character tokenizer's stream keeps pairs together", async () => {
  const tokenizer = CharTokenizer.train("ab😀");
  assertEquals(await collect(["a\ud83d", "\ude00b"], tokenizer), [0, 2, 1]);
});

Deno.test("a stream gives ids before its text has ended", async () => {
  const given: string[] = [];
  async function* arriving(): AsyncGenerator<string> {
    for (const part of ["the cat ", "sat on", " the mat"]) {
      given.push(part);
      yield await Promise.resolve(part);
    }
  }
  for await (const _ of encodeStream(arriving(), tokenizers[0])) break;
  assertEquals(given, ["the cat "]);
});

Deno.test("a text without a boundary is looked through once, not once a part", async () => {
  let looked = 0;
  const counting: Tokenizer = Object.create(tokenizers[0], {
    lastCut: {
      value: (text: string, range: TextRange) => {
        looked += text.length;
        return tokenizers[0].lastCut(text, range);
      },
    },
    specialTokens: { value: tokenizers[0].specialTokens },
    encode: { value: (text: string) => tokenizers[0].encode(text) },
  });
  await collect(Array.from({ length: 1000 }, () => "a".repeat(100)), counting);
  assert(looked < 110_000, `looked at ${looked} units of 100,000`);
});

Deno.test("a stream of bytes is refused with what to do", async () => {
  const bytes = [new Uint8Array(3)] as unknown as string[];
  await assertRejects(() => collect(bytes, tokenizers[0]), ConfigError, "TextDecoderStream");
});

Deno.test("an abort ends a stream that waits for text", async () => {
  const controller = new AbortController();
  const silent = new ReadableStream<string>(); // never gives anything
  setTimeout(() => controller.abort(new Error("stopped by hand")), 10);
  await assertRejects(
    () => collect(silent, tokenizers[0], { signal: controller.signal }),
    Error,
    "stopped by hand",
  );
});
