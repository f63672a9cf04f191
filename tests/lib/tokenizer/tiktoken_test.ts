import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ConfigError, FormatError } from "../../../lib/errors.ts";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import { SPLITS } from "../../../lib/tokenizer/split.ts";
import { FIXTURES, isPresent } from "../../fixtures.ts";
import { roughText } from "./rough_text.ts";

/** A rank file of the 256 bytes and some tokens more. */
function rankFile(...tokens: string[]): string {
  const bytes = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte));
  return [...bytes, ...tokens].map((token, rank) => `${btoa(token)} ${rank}\n`).join("");
}

Deno.test("the reference tokenizer as a rank file gives the same ids and text, case by case", () => {
  const file = new URL("tokenizer/tokenizer.json", FIXTURES);
  const expected = new URL("tokenizer/expected.json", FIXTURES);
  if (!isPresent(file) || !isPresent(expected)) return;
  const reference = BpeTokenizer.fromHuggingFace(JSON.parse(Deno.readTextFileSync(file)));
  const tokenizer = BpeTokenizer.fromTiktoken(reference.toTiktoken(), {
    split: "gpt2",
    specialTokens: Object.fromEntries(reference.specialTokens),
  });
  for (const { text, ids, decoded } of JSON.parse(Deno.readTextFileSync(expected)).cases) {
    assertEquals([...tokenizer.encode(text, { allowSpecial: true })], ids, JSON.stringify(text));
    assertEquals(tokenizer.decode(ids), decoded);
  }
});

/** Encoding as tiktoken defines it: a token whole, or of all neighbours the two that join to the lowest rank. */
function encodeByDefinition(text: string, ranks: ReadonlyMap<string, number>): number[] {
  const ids: number[] = [];
  for (const piece of text.match(SPLITS.cl100k.pattern) ?? []) {
    const bytes = String.fromCharCode(...new TextEncoder().encode(piece));
    let parts = ranks.has(bytes) ? [bytes] : [...bytes];
    while (true) {
      const joined = parts.slice(1).map((part, i) => ranks.get(parts[i] + part) ?? Infinity);
      const lowest = Math.min(...joined);
      if (lowest === Infinity) break;
      const at = joined.indexOf(lowest);
      parts = [...parts.slice(0, at), parts[at] + parts[at + 1], ...parts.slice(at + 2)];
    }
    ids.push(...parts.map((part) => ranks.get(part)!));
  }
  return ids;
}

Deno.test("a rank file encodes as tiktoken defines it, whatever its tokens", () => {
  const token = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 2, maxLength: 4 });
  const text = fc.string({ unit: fc.constantFrom("a", "b", "c", " "), maxLength: 100 });
  fc.assert(
    fc.property(
      fc.uniqueArray(token, { maxLength: 12 }),
      text,
      roughText(),
      (tokens, ab, rough) => {
        // Only tokens that two others make can be learned.
        const made = new Set(["a", "b", "c"]);
        const isMade = (token: string) =>
          Array.from(token, (_, i) => i).some((i) =>
            made.has(token.slice(0, i)) && made.has(token.slice(i))
          );
        for (const token of tokens.toSorted((a, b) => a.length - b.length)) {
          if (isMade(token)) made.add(token);
        }
        const learned = tokens.filter((token) => made.has(token));
        const file = rankFile(...learned);
        const ranks = new Map(learned.map((token, i) => [token, 256 + i]));
        for (let byte = 0; byte < 256; byte++) ranks.set(String.fromCharCode(byte), byte);
        const tokenizer = BpeTokenizer.fromTiktoken(file);
        const again = BpeTokenizer.fromJSON(tokenizer.toJSON());
        for (const text of [ab, rough]) {
          const expected = encodeByDefinition(text, ranks);
          assertEquals([...tokenizer.encode(text)], expected);
          assertEquals([...again.encode(text)], expected);
        }
        assertEquals(tokenizer.toTiktoken(), file);
      },
    ),
    { numRuns: 500 },
  );
});

Deno.test("special tokens may lie beyond a gap, as GPT-4's do", () => {
  const specialTokens = { "<|endoftext|>": 258, "<|endofprompt|>": 276 };
  const tokenizer = BpeTokenizer.fromTiktoken(rankFile("ab"), { specialTokens });
  assertEquals(tokenizer.vocabularySize, 277);
  assertEquals([...tokenizer.encode("ab<|endofprompt|>", { allowSpecial: true })], [256, 276]);
  assertEquals(tokenizer.decode([256, 257, 276]), "ab<|endofprompt|>");
  const json = JSON.parse(JSON.stringify(tokenizer.toHuggingFace()));
  assertEquals(BpeTokenizer.fromHuggingFace(json).vocabularySize, 277);
});

Deno.test("what is no rank file is refused with the line", () => {
  const refusals: [string, string][] = [
    ["no token for the byte 0", ""],
    ["Line 1 ", "not a rank file"],
    ["Line 257 ", rankFile() + "!!! 256\n"],
    ["Line 257 ", rankFile() + "YWI= x\n"],
    ["Line 257 ", rankFile() + "YWI= 99999999\n"],
    ["earlier line", rankFile() + "YWI= 255\n"],
    ["earlier line", rankFile("ab", "ab")],
    ["no two other tokens", rankFile("abc")],
    ["has 1025 bytes", rankFile("a".repeat(1025))],
    ["without a gap", rankFile() + "YWI= 300\n"],
  ];
  for (const [message, file] of refusals) {
    assertThrows(() => BpeTokenizer.fromTiktoken(file), FormatError, message);
  }
});

Deno.test("options that no rank file can have are refused", () => {
  const refused = (options: object, message: string) =>
    assertThrows(() => BpeTokenizer.fromTiktoken(rankFile(), options), ConfigError, message);
  refused({ split: "o200k" }, '"o200k"');
  refused({ specialTokens: { "<|end|>": -1 } }, "whole number");
  refused({ specialTokens: { "": 256 } }, "cannot be a special token");
});
