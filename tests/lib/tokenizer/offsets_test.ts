import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import { CharTokenizer } from "../../../lib/tokenizer/characters.ts";
import { roughText } from "./rough_text.ts";

const TEXT = "the cat sat on the mat; naïve café 日本語 日本語 𝔘𝔫 𝔘𝔫 ".repeat(10);
const specialTokens = ["<|endoftext|>"];
const tokenizers = (["gpt2", "cl100k"] as const).map((split) =>
  BpeTokenizer.train(TEXT, { vocabularySize: 300, specialTokens, split })
);

Deno.test("offsets cover the text, in order and without a gap", () => {
  for (const tokenizer of tokenizers) {
    fc.assert(
      fc.property(roughText(), fc.boolean(), (text, allowSpecial) => {
        const { ids, starts, ends } = tokenizer.encodeWithOffsets(text, { allowSpecial });
        assertEquals(ids, tokenizer.encode(text, { allowSpecial }));
        let covered = 0;
        for (let i = 0; i < ids.length; i++) {
          assert(starts[i] <= covered && starts[i] < ends[i] && ends[i] >= covered);
          covered = ends[i];
        }
        assertEquals(covered, text.length);
      }),
      { numRuns: 2000 },
    );
  }
});

Deno.test("a token that is whole characters covers exactly these", () => {
  for (const tokenizer of tokenizers) {
    fc.assert(
      fc.property(roughText(), (text) => {
        const { ids, starts, ends } = tokenizer.encodeWithOffsets(text);
        for (let i = 0; i < ids.length; i++) {
          const bytes = tokenizer.tokenBytes(ids[i]);
          const covered = new TextEncoder().encode(text.slice(starts[i], ends[i]));
          if (covered.length === bytes.length) assertEquals(covered, bytes);
          else assert(covered.length > bytes.length); // it shares a character with a neighbour
        }
      }),
      { numRuns: 1000 },
    );
  }
});

Deno.test("tokens that share a character each cover all of it", () => {
  const bytes = BpeTokenizer.train("", { vocabularySize: 256 });
  const { starts, ends } = bytes.encodeWithOffsets("a😀\ud800");
  assertEquals([...starts], [0, 1, 1, 1, 1, 3, 3, 3]);
  assertEquals([...ends], [1, 3, 3, 3, 3, 4, 4, 4]);
});

Deno.test("a character tokenizer's offsets are its characters", () => {
  const { ids, starts, ends } = CharTokenizer.train("a😀\ufffd").encodeWithOffsets("😀a\ud800😀");
  assertEquals([...ids], [2, 0, 1, 2]);
  assertEquals([...starts], [0, 2, 3, 4]);
  assertEquals([...ends], [2, 3, 4, 6]);
});
