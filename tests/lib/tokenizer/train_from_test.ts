import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { ConfigError } from "../../../lib/errors.ts";
import { breathe } from "../../../lib/interrupt.ts";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import type { BpeTrainingProgress } from "../../../lib/tokenizer/bpe_learn.ts";
import { PieceCounter } from "../../../lib/tokenizer/piece_counts.ts";
import { BLOCK_SIZE, TextBlocks } from "../../../lib/tokenizer/text_blocks.ts";
import { readParts } from "../../../lib/tokenizer/text_source.ts";
import { roughText } from "./rough_text.ts";

/** Some three megabytes of words that are not all alike. */
const LONG_TEXT = Array.from({ length: 250_000 }, (_, i) => `word${(i * i) % 9973} and`).join(" ");
const OPTIONS = { vocabularySize: 400 };

/** The text in parts of all sizes, cut anywhere. */
function* chunksOf(text: string): Generator<string> {
  for (let start = 0, size = 1; start < text.length; start += size, size = (size * 7) % 65_537) {
    yield text.slice(start, start + size);
  }
}

async function* arriving<T>(parts: Iterable<T>): AsyncGenerator<T> {
  for (const part of parts) yield await Promise.resolve(part);
}

Deno.test("a text that arrives trains as the text at hand, wherever it is cut", async () => {
  const whole = BpeTokenizer.train(LONG_TEXT, OPTIONS).toJSON();
  for (const source of [LONG_TEXT, chunksOf(LONG_TEXT), arriving(chunksOf(LONG_TEXT))]) {
    assertEquals((await BpeTokenizer.trainFrom(source, OPTIONS)).toJSON(), whole);
  }
  await fc.assert(
    fc.asyncProperty(fc.array(roughText(), { maxLength: 5 }), async (parts) => {
      const fromParts = await BpeTokenizer.trainFrom(arriving(parts), { vocabularySize: 300 });
      const fromWhole = BpeTokenizer.train(parts.join(""), { vocabularySize: 300 });
      assertEquals(fromParts.toJSON(), fromWhole.toJSON());
    }),
    { numRuns: 200 },
  );
});

Deno.test("workers count what one thread counts, in whatever number", async () => {
  const alone = await BpeTokenizer.trainFrom(LONG_TEXT, { ...OPTIONS, workers: 0 });
  for (const workers of [1, 3]) {
    const shared = await BpeTokenizer.trainFrom(chunksOf(LONG_TEXT), { ...OPTIONS, workers });
    assertEquals(shared.toJSON(), alone.toJSON());
  }
});

Deno.test("no token reaches from one document into the next", async () => {
  const documents = Array.from({ length: 50 }, (_, i) => i % 2 === 0 ? "left" : "right");
  const options = { vocabularySize: 300, parts: "documents" as const };
  const apart = await BpeTokenizer.trainFrom(documents, options);
  assertEquals(apart.toJSON(), BpeTokenizer.train(documents, options).toJSON());
  assertEquals(apart.encode("left").length, 1);
  assertEquals(apart.encode("leftright").length, 2);
  const joined = await BpeTokenizer.trainFrom(documents, { ...options, parts: "chunks" });
  assertEquals(joined.encode("leftright").length, 1);
});

Deno.test("a file's stream of text trains a tokenizer", async () => {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(path, "naïve café ".repeat(20_000));
    const file = await Deno.open(path);
    const text = file.readable.pipeThrough(new TextDecoderStream());
    const tokenizer = await BpeTokenizer.trainFrom(text, { vocabularySize: 270 });
    assertEquals(tokenizer.encode(" café").length, 1);
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("training on a text that arrives reports both phases, and lets others work meanwhile", async () => {
  const reports: BpeTrainingProgress[] = [];
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  const onProgress = (progress: BpeTrainingProgress) => reports.push(progress);
  await BpeTokenizer.trainFrom(LONG_TEXT, { ...OPTIONS, onProgress, workers: 0 });
  clearInterval(timer);
  const counting = reports.filter(({ phase }) => phase === "counting");
  assert(counting.length > 2);
  assertEquals(counting.at(-1)?.done, LONG_TEXT.length);
  assertEquals(reports.at(-1), { phase: "merging", done: 144, total: 144 });
  assert(turns > 2);
});

Deno.test("an abort stops the training in every phase with its reason", async () => {
  for (const phase of ["counting", "merging"]) {
    for (const workers of [0, 1]) {
      const controller = new AbortController();
      const onProgress = (progress: BpeTrainingProgress) => {
        if (progress.phase === phase) controller.abort(new Error("stopped by hand"));
      };
      const options = { ...OPTIONS, onProgress, workers, signal: controller.signal };
      await assertRejects(() => BpeTokenizer.trainFrom(LONG_TEXT, options), Error, "by hand");
    }
  }
  const silent = new ReadableStream<string>();
  const signal = AbortSignal.timeout(10);
  await assertRejects(() => BpeTokenizer.trainFrom(silent, { ...OPTIONS, signal }), DOMException);
});

Deno.test("an abort is heard while one long string is counted", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error("stopped by hand")), 0);
  let counted = 0;
  const onProgress = ({ done }: BpeTrainingProgress) => counted = done;
  const options = { ...OPTIONS, onProgress, workers: 0, signal: controller.signal };
  await assertRejects(() => BpeTokenizer.trainFrom(LONG_TEXT, options), Error, "by hand");
  assert(counted < LONG_TEXT.length);
});

Deno.test("what cannot be trained from is refused", async () => {
  const bytes = [new Uint8Array(3)] as unknown as string[];
  const refused = (options: object, message: string, source: Iterable<string> = ["text"]) =>
    assertRejects(
      () => BpeTokenizer.trainFrom(source, { ...OPTIONS, ...options }),
      ConfigError,
      message,
    );
  await refused({}, "TextDecoderStream", bytes);
  await refused({ vocabularySize: 10 }, "at least 256");
  await refused({ parts: "lines" }, '"chunks" or "documents"');
  await refused({ workers: -1 }, "workers is -1");
});

Deno.test("where blocks end depends on the text alone, not on its chunks", () => {
  const blocksOf = (parts: Iterable<string>): string[] => {
    const blocks = new TextBlocks("chunks");
    const all: string[][] = [];
    for (const part of parts) all.push(...blocks.add(part));
    all.push(...blocks.rest());
    return all.flat();
  };
  const whole = blocksOf([LONG_TEXT]);
  assert(whole.length > 2 && whole.every(({ length }) => length <= BLOCK_SIZE));
  assertEquals(whole.join(""), LONG_TEXT);
  assertEquals(blocksOf(chunksOf(LONG_TEXT)), whole);
  const letters = blocksOf(["😀".repeat(BLOCK_SIZE)]);
  assert(letters.every((block) => block.length <= BLOCK_SIZE && block.isWellFormed()));
});

Deno.test("when distinct pieces are too many, the rarest are forgotten and the memory stays bounded", () => {
  const counter = new PieceCounter("gpt2", { mostBytes: 4000 });
  for (let i = 0; i < 3000; i++) counter.count([` often${i % 10} rare${i}`]);
  const { bytes, ends, counts } = counter.counts;
  assert(bytes.length <= 4000);
  const pieces = new TextDecoder().decode(bytes);
  const often = pieces.indexOf(" often");
  assertEquals(counts[[...ends].indexOf(often + " often".length)], 3000);
});

Deno.test("the parts of a stream are let go of once they are counted", async () => {
  const results: WeakRef<object>[] = [];
  const source = {
    [Symbol.asyncIterator]: () => ({
      next: (): Promise<IteratorResult<string>> => {
        const done = results.length === 200;
        const result = { done, value: "some words " } as IteratorResult<string>;
        results.push(new WeakRef(result));
        return Promise.resolve(result);
      },
    }),
  };
  const { signal } = new AbortController();
  for await (const _ of readParts(source, signal)) {
    await breathe();
    if (results.length < 200) continue;
    collectGarbage();
    const kept = results.filter((result) => result.deref() !== undefined).length;
    assert(kept < 20, `${kept} of 200 are still in memory`);
  }
});

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}
