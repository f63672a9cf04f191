import { assertEquals, assertThrows } from "@std/assert";
import { Tokenizer as HuggingFaceTokenizer } from "@huggingface/tokenizers";
import fc from "fast-check";
import { ConfigError } from "../../../lib/errors.ts";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import { FIXTURES, isPresent } from "../../fixtures.ts";
import { roughText } from "./rough_text.ts";

const TEXT = "the cat sat on the mat, we'll see 12345 CATS; naïve café 日本語 日本語\n\n".repeat(
  20,
);
const specialTokens = ["<|endoftext|>", "<|user|>"];
const tokenizers = (["gpt2", "cl100k"] as const).map((split) =>
  BpeTokenizer.train(TEXT, { vocabularySize: 320, specialTokens, split })
);

/** The tokenizer as Hugging Face's own library has it, from the file's text. */
function asHuggingFace(tokenizer: BpeTokenizer): HuggingFaceTokenizer {
  return new HuggingFaceTokenizer(JSON.parse(JSON.stringify(tokenizer.toHuggingFace())), {});
}

/** What Hugging Face's library splits as Python's does: it reads `\s` as JavaScript does. */
const commonText = roughText({ wellFormed: true })
  .map((text) => text.replaceAll(/[\u0085\ufeff\u017f]/g, "x"));

for (const tokenizer of tokenizers) {
  Deno.test(`${tokenizer.split}: Hugging Face's library gives the same ids from what is written`, () => {
    const theirs = asHuggingFace(tokenizer);
    fc.assert(
      fc.property(commonText, (text) => {
        const { ids } = theirs.encode(text, { add_special_tokens: false });
        assertEquals(ids, [...tokenizer.encode(text, { allowSpecial: true })]);
      }),
      { numRuns: 500 },
    );
  });

  Deno.test(`${tokenizer.split}: what is written is read as the same tokenizer`, () => {
    const back = BpeTokenizer.fromHuggingFace(
      JSON.parse(JSON.stringify(tokenizer.toHuggingFace())),
    );
    assertEquals(back.toJSON(), tokenizer.toJSON());
  });
}

Deno.test("the reference file is written as it was read, and their library gives its ids", () => {
  const file = new URL("tokenizer/tokenizer.json", FIXTURES);
  const expected = new URL("tokenizer/expected.json", FIXTURES);
  if (!isPresent(file) || !isPresent(expected)) return;
  const json = JSON.parse(Deno.readTextFileSync(file));
  const tokenizer = BpeTokenizer.fromHuggingFace(json);
  const written = tokenizer.toHuggingFace();
  assertEquals<unknown>(written.model, json.model);
  assertEquals<unknown>(written.added_tokens, json.added_tokens);
  const theirs = asHuggingFace(tokenizer);
  for (const { text, ids } of JSON.parse(Deno.readTextFileSync(expected)).cases) {
    assertEquals(theirs.encode(text, { add_special_tokens: false }).ids, ids, text);
  }
});

Deno.test("a special token that is also an ordinary one cannot be written", () => {
  const tokenizer = BpeTokenizer.train("text", { vocabularySize: 300, specialTokens: ["7"] });
  assertThrows(() => tokenizer.toHuggingFace(), ConfigError, '"7"');
});
