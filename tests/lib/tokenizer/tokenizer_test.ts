import { assertEquals, assertThrows } from "@std/assert";
import { FormatError } from "../../../lib/errors.ts";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import type { BpeJson } from "../../../lib/tokenizer/bpe_json.ts";
import { CharTokenizer } from "../../../lib/tokenizer/characters.ts";
import { tokenizerFromJson } from "../../../lib/tokenizer/tokenizer.ts";

const TEXT = "she sells sea shells by the sea shore";
const specialTokens = ["<|end|>", "7", "__proto__"];
const bpe = BpeTokenizer.train(TEXT, { vocabularySize: 270, specialTokens });

Deno.test("a tokenizer comes back from JSON with the same ids", () => {
  const cl100k = BpeTokenizer.train(TEXT, { vocabularySize: 270, split: "cl100k" });
  for (const tokenizer of [CharTokenizer.train(TEXT), bpe, cl100k]) {
    const back = tokenizerFromJson(JSON.parse(JSON.stringify(tokenizer)));
    assertEquals(back.kind, tokenizer.kind);
    assertEquals(back.vocabularySize, tokenizer.vocabularySize);
    assertEquals(back.encode(TEXT), tokenizer.encode(TEXT));
    assertEquals(JSON.stringify(back), JSON.stringify(tokenizer));
  }
  const back = tokenizerFromJson(JSON.parse(JSON.stringify(bpe))) as BpeTokenizer;
  assertEquals(new Set(back.specialTokens), new Set(bpe.specialTokens));
});

Deno.test("a tokenizer saved before there were other mergings is read", () => {
  const { merging: _, ...older } = bpe.toJSON();
  assertEquals(tokenizerFromJson(older).toJSON(), bpe.toJSON());
});

Deno.test("what is no tokenizer is refused", () => {
  const refused: unknown[] = [undefined, null, 7, "text", [], {}, { format: "other" }];
  for (const json of refused) assertThrows(() => tokenizerFromJson(json), FormatError, "format");
  const json = bpe.toJSON();
  assertThrows(() => tokenizerFromJson({ ...json, version: 2 }), FormatError, "version 2");
  assertThrows(() => tokenizerFromJson({ ...json, kind: "words" }), FormatError, '"words"');
});

Deno.test("a BPE whose parts do not fit together is refused", () => {
  const broken: [string, (json: BpeJson) => unknown][] = [
    ["split", (json) => ({ ...json, split: "other" })],
    ["merging", (json) => ({ ...json, merging: "other" })],
    ["256 bytes", (json) => ({ ...json, bytes: json.bytes.slice(1) })],
    ["256 bytes", (json) => ({ ...json, bytes: json.bytes.with(0, -1) })],
    ["to the byte 1", (json) => ({ ...json, bytes: json.bytes.with(1, json.bytes[0]) })],
    ["[left, right, id]", (json) => ({ ...json, merges: [[1, 2]] })],
    ["Merge 0 uses the id 269", (json) => ({ ...json, merges: [[269, 4, 259]] })],
    ["Merge 0 uses the id 0", (json) => ({ ...json, merges: [[0, 4, 259]] })],
    ["to merge 1", (json) => ({ ...json, merges: [[4, 5, 259], [5, 6, 259]] })],
    ["without a gap", (json) => ({ ...json, merges: [[4, 5, 300]] })],
    ["specialTokens", (json) => ({ ...json, specialTokens: ["<|end|>"] })],
    ["to the byte", (json) => ({ ...json, specialTokens: { ...json.specialTokens, a: 100 } })],
  ];
  for (const [message, change] of broken) {
    assertThrows(() => tokenizerFromJson(change(bpe.toJSON())), FormatError, message);
  }
});

Deno.test("two merges may make one token", () => {
  const json = BpeTokenizer.train("", { vocabularySize: 256 }).toJSON();
  const [a, b, c] = ["a", "b", "c"].map((character) => json.bytes[character.charCodeAt(0)]!);
  json.merges = [[a, b, 256], [b, c, 257], [256, c, 258], [a, 257, 258]];
  assertEquals([...tokenizerFromJson(json).encode("abc")], [258]);
});
