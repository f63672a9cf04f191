import { assert, assertEquals, assertRejects } from "@std/assert";
import { ConfigError, FormatError } from "../../../lib/errors.ts";
import { compareCompressors } from "../../../lib/evaluate/compression/compare.ts";
import { compressText, decompressText } from "../../../lib/evaluate/compression/compress.ts";
import { Transformer } from "../../../lib/model/transformer.ts";
import { useBackend } from "../../../lib/tensor/backend.ts";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import { CharTokenizer } from "../../../lib/tokenizer/characters.ts";
import { FakeModel } from "../generate/fakes.ts";

await useBackend();
const TEXT = "The tide was out, and so was the postman. Nobody minded. ".repeat(4);
const tokenizer = BpeTokenizer.train(TEXT, { vocabularySize: 280 });
const model = Transformer.create({
  vocabularySize: tokenizer.vocabularySize,
  context: 16, // shorter than the text: the window slides
  layers: 2,
  width: 32,
});

Deno.test("a compressed text comes back to the letter, beyond the context too", async () => {
  for (const text of [TEXT, "", "héllo — 🦀\n\u0000", "x"]) {
    const bytes = await compressText(model, tokenizer, text);
    assertEquals(await decompressText(model, tokenizer, bytes), text);
  }
});

Deno.test("what the model expects costs nearly nothing, what it does not costs most", async () => {
  const letters = CharTokenizer.train("\nabcdefg"); // ids in this order
  const known = new FakeModel((token) =>
    Array.from({ length: 8 }, (_, id) => id === (token + 1) % 8 ? 100 : 0)
  );
  const expected = await compressText(known, letters, "abcdefg\nabcdefg\nabcdefg");
  const surprising = await compressText(known, letters, "gfedcba\ngfedcba\ngfedcba");
  assert(expected.length <= 12 + 2, String(expected.length));
  assert(surprising.length > 3 * expected.length, String(surprising.length));
});

Deno.test("another model is noticed, and nothing wrong is given back", async () => {
  const bytes = await compressText(model, tokenizer, TEXT);
  const other = Transformer.create({ ...model.config, seed: 2 });
  await assertRejects(() => decompressText(other, tokenizer, bytes), FormatError);
  other.dispose();
});

Deno.test("bytes that are none of ours, or cut off, are refused in a sentence", async () => {
  const bytes = await compressText(model, tokenizer, TEXT);
  await assertRejects(
    () => decompressText(model, tokenizer, new TextEncoder().encode("not ours at all")),
    FormatError,
    "do not begin as one",
  );
  await assertRejects(() => decompressText(model, tokenizer, bytes.subarray(0, 30)), FormatError);
  await assertRejects(() => decompressText(model, tokenizer, bytes.subarray(0, 5)), FormatError);
});

Deno.test("half a surrogate pair is refused rather than lost", async () => {
  await assertRejects(() => compressText(model, tokenizer, "a\ud800b"), ConfigError, "surrogate");
});

Deno.test("a signal ends it with its reason", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  await assertRejects(() => compressText(model, tokenizer, TEXT, { signal }), Error, "enough");
});

Deno.test("every compressor's size is measured on the same bytes", async () => {
  const { sizes, textBytes, parameterBytes } = await compareCompressors(model, tokenizer, TEXT);
  assertEquals(sizes.map(({ compressor }) => compressor).sort(), [
    "brotli",
    "gzip",
    "the model",
    "zstd",
  ]);
  assertEquals(textBytes, TEXT.length);
  assertEquals(parameterBytes, 4 * model.parameterCount);
  for (const { bytes, bitsPerByte } of sizes) assertEquals(bitsPerByte, 8 * bytes / TEXT.length);
  const own = sizes.find(({ compressor }) => compressor === "the model")!;
  assertEquals(own.bytes, (await compressText(model, tokenizer, TEXT)).length);
});
