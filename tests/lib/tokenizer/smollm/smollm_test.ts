// A tokenizer built like SmolLM's, against the ids of Hugging Face tokenizers; make_fixture.py made them.

import { assertEquals, assertThrows } from "@std/assert";
import { ConfigError } from "../../../../lib/errors.ts";
import { BpeTokenizer } from "../../../../lib/tokenizer/bpe.ts";
import { tokenizerFromJson } from "../../../../lib/tokenizer/tokenizer.ts";
import fixture from "./fixture.json" with { type: "json" };

const tokenizer = BpeTokenizer.fromHuggingFace(fixture.tokenizer);

Deno.test("SmolLM's split and vocabulary give the ids of Hugging Face tokenizers", () => {
  for (const { text, ids } of fixture.texts) {
    assertEquals([...tokenizer.encode(text)], ids, text);
    assertEquals(tokenizer.decode(ids), text);
  }
});

Deno.test("a byte that the vocabulary lacks is refused by its character", () => {
  assertThrows(
    () => tokenizer.encode("the ship 北"),
    ConfigError,
    'The tokenizer has no token for the byte 0xE5 of " 北"',
  );
});

Deno.test("a vocabulary that lacks bytes comes back from every file", () => {
  const saved = JSON.parse(JSON.stringify(tokenizer));
  assertEquals(tokenizerFromJson(saved).toJSON(), saved);
  const written = JSON.parse(JSON.stringify(tokenizer.toHuggingFace()));
  assertEquals(BpeTokenizer.fromHuggingFace(written).toJSON(), saved);
  assertEquals(
    written.pre_tokenizer.pretokenizers[0],
    fixture.tokenizer.pre_tokenizer.pretokenizers[0],
  );
});
