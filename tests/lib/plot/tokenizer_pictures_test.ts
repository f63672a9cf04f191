import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { ConfigError } from "../../../lib/errors.ts";
import { compareTokenizers } from "../../../lib/plot/tokenizer_compare.ts";
import { compressionChart } from "../../../lib/plot/tokenizer_compression.ts";
import { showMerges } from "../../../lib/plot/tokenizer_merges.ts";
import type { Picture } from "../../../lib/plot/tokenizer_picture.ts";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import { CharTokenizer } from "../../../lib/tokenizer/characters.ts";
import { readXml } from "./xml.ts";

const TEXT = "the cat sat on the mat, naïve cats & <b>dogs</b> 日本語\n".repeat(20);
const bpe = BpeTokenizer.train(TEXT, { vocabularySize: 300, specialTokens: ["<|end|>"] });
const bytes = BpeTokenizer.train("", { vocabularySize: 256 });

/** The boxes of a picture, as the titles that hovering shows. */
function titles({ svg }: Picture): string[] {
  readXml(svg); // well formed
  assert(!svg.includes("<script"));
  return [...svg.matchAll(/<title>([^<]*)<\/title>/g)].map(([, title]) => title).slice(1);
}

Deno.test("a tree of merges has a node for every byte and every merge", () => {
  const picture = showMerges(" the", bpe);
  assertEquals(titles(picture).filter((title) => title.endsWith("a byte")).length, 4);
  assertEquals(titles(picture).filter((title) => /merge \d+$/.test(title)).length, 3);
  const [top, ...below] = picture.text.split("\n");
  const [id] = bpe.encode(" the");
  const rank = bpe.merges.findIndex((merge) => merge.id === id);
  assertEquals(top, `␣the  (id ${id}, merge ${rank + 1})`);
  assertEquals(
    below.filter((line) => !line.includes("merge")).map((line) => line.trim()).join(""),
    "␣the",
  );
});

Deno.test("a tree can be asked for by id, and a text has one for each of its tokens", () => {
  const ids = bpe.encode("cats & dogs");
  const trees = Array.from(ids, (id) => showMerges(id, bpe).text);
  assertEquals(showMerges("cats & dogs", bpe).text, trees.join("\n"));
});

Deno.test("what has no tree of merges is refused", () => {
  assertThrows(() => showMerges(0, bpe), ConfigError, "special token");
  assertThrows(() => showMerges(9999, bpe), ConfigError, "ids go from 0");
  assertThrows(() => showMerges("", bpe), ConfigError, "this has 0");
  assertThrows(() => showMerges("x".repeat(65), bpe), ConfigError, "this has 65");
});

Deno.test("a comparison draws every token of every tokenizer, and counts them", () => {
  const text = "the <b> naïve\n日本語";
  const characters = CharTokenizer.train(TEXT);
  const picture = compareTokenizers(text, { bpe, bytes, characters });
  const drawn = titles(picture).length;
  const tokens = [bpe, bytes, characters].map((each) => each.encode(text).length);
  assertEquals(drawn, tokens[0] + tokens[1] + tokens[2]);
  assertStringIncludes(picture.text, `bytes: ${tokens[1]} tokens, 1.00 bytes a token`);
});

Deno.test("of a long text the beginning is drawn and the whole is counted", () => {
  const picture = compareTokenizers(TEXT, { bytes }, { maximumCharacters: 10 });
  assertEquals(titles(picture).length, 10);
  assertStringIncludes(
    picture.svg,
    `${new TextEncoder().encode(TEXT).length.toLocaleString("en")} tokens`,
  );
});

Deno.test("a comparison of nothing is refused", () => {
  assertThrows(() => compareTokenizers("", { bpe }), ConfigError, "needs a text");
  assertThrows(() => compareTokenizers("text", {}), ConfigError, "at least one tokenizer");
});

Deno.test("compression is measured at sizes up to the vocabulary's own", () => {
  const { data, layout } = compressionChart(TEXT, { ours: bpe, bytes });
  assertEquals(layout.xaxis?.type, "log");
  const [ours, alone] = data as unknown as { x: number[]; y: number[] }[];
  assertEquals([ours.x[0], ours.x.at(-1)], [257, bpe.vocabularySize]);
  assertEquals(ours.y[0], 1);
  assert(ours.y.at(-1)! > 1.5);
  assertEquals(alone.x, [256]);
});
