import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { ConfigError } from "../../../lib/errors.ts";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import { CharTokenizer } from "../../../lib/tokenizer/characters.ts";
import { encodeAll } from "../../../lib/tokenizer/encode_all.ts";
import { roughText } from "./rough_text.ts";

const TEXT = "the cat sat on the mat; naïve café 日本語 ".repeat(10);
const specialTokens = ["<|end|>"];
const tokenizer = BpeTokenizer.train(TEXT, { vocabularySize: 300, specialTokens });
/** Some three megabytes, with special tokens, and long stretches that cannot be cut. */
const LONG_TEXT =
  Array.from({ length: 60_000 }, (_, i) => `${i} cats sat on the mat<|end|>`).join(" ") +
  "a".repeat(1_500_000) + " end";

Deno.test("texts encoded together have the ids that each has alone", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(roughText()), fc.boolean(), async (texts, allowSpecial) => {
      const ids = await encodeAll(texts, tokenizer, { allowSpecial });
      assertEquals(ids, texts.map((text) => tokenizer.encode(text, { allowSpecial })));
    }),
    { numRuns: 300 },
  );
});

Deno.test("workers give the ids of one thread, in whatever number", async () => {
  const texts = ["", "short", LONG_TEXT, "", LONG_TEXT.slice(0, 2_000_000)];
  for (const allowSpecial of [false, true]) {
    const expected = texts.map((text) => tokenizer.encode(text, { allowSpecial }));
    for (const workers of [0, 1, 3]) {
      assertEquals(await encodeAll(texts, tokenizer, { allowSpecial, workers }), expected);
    }
  }
});

Deno.test("progress comes to its end", async () => {
  const reports: { done: number; total: number }[] = [];
  const texts = [LONG_TEXT, "short"];
  await encodeAll(texts, tokenizer, { onProgress: (report) => reports.push(report) });
  assert(reports.length > 2);
  const total = LONG_TEXT.length + 5;
  assertEquals(reports.at(-1), { done: total, total });
});

Deno.test("what a worker refuses is refused", async () => {
  const characters = CharTokenizer.train("abc");
  for (const workers of [0, 2]) {
    await assertRejects(() => encodeAll(["abd"], characters, { workers }), ConfigError, '"d"');
  }
  await assertRejects(() => encodeAll(["a"], characters, { workers: 1.5 }), ConfigError, "1.5");
});

Deno.test("an abort stops the encoding with its reason", async () => {
  for (const workers of [0, 1]) {
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error("stopped by hand"));
    const options = { workers, onProgress, signal: controller.signal };
    await assertRejects(() => encodeAll([LONG_TEXT], tokenizer, options), Error, "by hand");
  }
});
