import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { tokenizeCorpus } from "../../../lib/corpus/tokenize.ts";
import { ConfigError, CorpusError } from "../../../lib/errors.ts";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import { CharTokenizer } from "../../../lib/tokenizer/characters.ts";

const SOURCE = { name: "test", source: "a test" };

/** The training and the validation part of a text, back in characters. */
function parts(text: string, options: { validation?: number; separator?: string } = {}): string[] {
  const tokenizer = CharTokenizer.train(text);
  const corpus = { ...SOURCE, text, separator: options.separator };
  const { train, validation } = tokenizeCorpus(corpus, tokenizer, options);
  return [tokenizer.decode(train), tokenizer.decode(validation)];
}

Deno.test("the first nine tenths train and the last tenth validates", () => {
  assertEquals(parts("0123456789"), ["012345678", "9"]);
  assertEquals(parts("0123456789", { validation: 0.5 }), ["01234", "56789"]);
  assertEquals(parts("0123456789a\n\nb"), ["0123456789a\n", "\nb"]);
});

Deno.test("documents are not cut, if their end is near", () => {
  const document = "a document of twenty-six..";
  const text = Array.from({ length: 101 }, () => document).join("|");
  const [train, validation] = parts(text, { separator: "|" });
  assertEquals(train.length, 91 * 27 - 1);
  assertEquals([train.slice(-5), validation.slice(0, 5)], ["six..", "a doc"]);
});

Deno.test("a document whose end is far is cut", () => {
  const text = "x".repeat(950) + "|" + "y".repeat(49);
  assertEquals(parts(text, { separator: "|" })[0].length, 900);
});

Deno.test("a character is not cut into its surrogates", () => {
  assertEquals(parts("😀".repeat(5), { validation: 0.5 }), ["😀😀😀", "😀😀"]);
});

Deno.test("bytes a token are those of the validation part", () => {
  const text = "a".repeat(90) + "é".repeat(10);
  const corpus = { ...SOURCE, text };
  assertEquals(tokenizeCorpus(corpus, CharTokenizer.train(text)).bytesPerToken, 2);
  const bpe = BpeTokenizer.train(text, { vocabularySize: 257 });
  const { validation, bytesPerToken } = tokenizeCorpus(corpus, bpe);
  assertAlmostEquals(bytesPerToken * validation.length, 20);
});

Deno.test("a validation fraction that leaves nothing is refused", () => {
  for (const validation of [0, 1, -0.1, 2, NaN]) {
    assertThrows(() => parts("text", { validation }), ConfigError, `but ${validation} was given`);
  }
  assertThrows(() => parts("x"), CorpusError, "has 1 characters, too few");
});
