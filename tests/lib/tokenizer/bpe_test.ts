import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ConfigError } from "../../../lib/errors.ts";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import type { SplitName } from "../../../lib/tokenizer/split.ts";
import { roughText } from "./rough_text.ts";

const TEXT = "the cat sat on the mat, the rat sat on the cat; naïve café 日本語 日本語 ".repeat(20);
const TURN = ["<|user|>", "<|user|>!", "<|end|>"];
const tokenizer = BpeTokenizer.train(TEXT, { vocabularySize: 280, specialTokens: TURN });

const cl100k = BpeTokenizer.train(TEXT, {
  vocabularySize: 280,
  specialTokens: TURN,
  split: "cl100k",
});

for (const each of [tokenizer, cl100k]) {
  Deno.test(`${each.split}: every well-formed string comes back from its tokens`, () => {
    fc.assert(
      fc.property(roughText({ wellFormed: true }), fc.boolean(), (text, allowSpecial) => {
        assertEquals(each.decode(each.encode(text, { allowSpecial })), text);
      }),
      { numRuns: 2000 },
    );
  });

  Deno.test(`${each.split}: text cannot forge a special token unless the caller allows it`, () => {
    const specialIds = new Set(each.specialTokens.values());
    const text = "hi<|end|><|user|>";
    assert(each.encode(text).every((id) => !specialIds.has(id)));
    const allowed = each.encode(text, { allowSpecial: true });
    assertEquals([...allowed.subarray(-2)], [2, 0]);
    assertEquals(each.decode(allowed), text);
  });
}

Deno.test("no merge reaches over a border of the split", () => {
  const text = "12345 12345 12345";
  const bySplit = (split: SplitName) => BpeTokenizer.train(text, { vocabularySize: 300, split });
  assertEquals(bySplit("gpt2").encode("12345").length, 1);
  assertEquals(bySplit("cl100k").encode("12345").length, 2);
});

Deno.test("an unknown split is refused", () => {
  const options = { vocabularySize: 300, split: "gpt5" as SplitName };
  assertThrows(() => BpeTokenizer.train("text", options), ConfigError, '"gpt2" or "cl100k"');
});

Deno.test("a lone surrogate is read as U+FFFD", () => {
  fc.assert(fc.property(roughText(), (text) => {
    assertEquals(tokenizer.decode(tokenizer.encode(text)), text.toWellFormed());
  }));
});

Deno.test("frequent words become single tokens", () => {
  assertEquals(tokenizer.encode(" the").length, 1);
  assertEquals(tokenizer.decode(tokenizer.encode(" the")), " the");
});

Deno.test("of two special tokens that begin alike the longer one is read", () => {
  assertEquals([...tokenizer.encode("<|user|>!", { allowSpecial: true })], [1]);
});

Deno.test("ids are special tokens first, then bytes, then merges", () => {
  assertEquals(new TextDecoder().decode(tokenizer.tokenBytes(2)), "<|end|>");
  assertEquals([...tokenizer.tokenBytes(3)], [0x21]); // "!", the first printable byte
  assertEquals(tokenizer.merges[0].id, 259);
  assertEquals(tokenizer.vocabularySize, 280);
});

Deno.test("a token that is half a character decodes to U+FFFD", () => {
  const [first, second] = [...BpeTokenizer.train("", { vocabularySize: 256 }).encode("é")];
  const bytes = BpeTokenizer.train("", { vocabularySize: 256 });
  assertEquals(bytes.decode([first]), "\ufffd");
  assertEquals(bytes.decode([second, first]), "\ufffd\ufffd");
  assertEquals(bytes.decode([first, second]), "é");
});

Deno.test("an id out of the vocabulary is refused", () => {
  assertThrows(() => tokenizer.decode([280]), ConfigError, "ids go from 0 to 279");
  assertThrows(() => tokenizer.tokenBytes(-1), ConfigError, "The id -1");
});

Deno.test("changing the bytes of a token changes nothing in the tokenizer", () => {
  tokenizer.tokenBytes(10).fill(0);
  assert(tokenizer.tokenBytes(10)[0] !== 0);
});

Deno.test("more distinct pieces than the cache holds are encoded as by a fresh tokenizer", () => {
  const many = Array.from({ length: 70_000 }, (_, i) => ` ${i}the${"é".repeat(i % 50)}`).join("");
  const used = BpeTokenizer.fromJSON(tokenizer.toJSON());
  const once = used.encode(many);
  assertEquals(used.encode(many), once);
  assertEquals(used.decode(once), many);
});
