import { assertEquals, assertThrows } from "@std/assert";
import { FormatError } from "../../../lib/errors.ts";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import { BYTE_CHARACTERS } from "../../../lib/tokenizer/byte_alphabet.ts";
import { FIXTURES, isPresent } from "../../fixtures.ts";

Deno.test("a tokenizer.json gives Hugging Face's ids and text, case by case", () => {
  const file = new URL("tokenizer/tokenizer.json", FIXTURES);
  const expected = new URL("tokenizer/expected.json", FIXTURES);
  if (!isPresent(file) || !isPresent(expected)) return;
  const tokenizer = BpeTokenizer.fromHuggingFace(JSON.parse(Deno.readTextFileSync(file)));
  const { cases } = JSON.parse(Deno.readTextFileSync(expected));
  for (const { text, ids, decoded } of cases) {
    assertEquals([...tokenizer.encode(text, { allowSpecial: true })], ids, JSON.stringify(text));
    assertEquals(tokenizer.decode(ids), decoded);
  }
  assertEquals(tokenizer.vocabularySize, 1024);
});

/** A small valid file: bytes first, then one merge, the special token last, as in GPT-2's own. */
// deno-lint-ignore no-explicit-any -- the tests below change any member
function smallFile(): any {
  const vocab = Object.fromEntries(BYTE_CHARACTERS.map((character, byte) => [character, byte]));
  return {
    added_tokens: [{ id: 257, content: "<|end|>", special: true, normalized: false }],
    normalizer: null,
    pre_tokenizer: { type: "ByteLevel", add_prefix_space: false, use_regex: true },
    post_processor: { type: "ByteLevel", trim_offsets: false },
    decoder: { type: "ByteLevel" },
    model: { type: "BPE", vocab: { ...vocab, "Ġa": 256 }, merges: [["Ġ", "a"]] },
  };
}

Deno.test("ids are the file's, whatever their order", () => {
  const tokenizer = BpeTokenizer.fromHuggingFace(smallFile());
  assertEquals([...tokenizer.encode("a a<|end|>", { allowSpecial: true })], [97, 256, 257]);
});

Deno.test("merges written as one string are read too", () => {
  const file = smallFile();
  file.model.merges = ["Ġ a"];
  assertEquals([...BpeTokenizer.fromHuggingFace(file).encode(" a")], [256]);
});

Deno.test("what would change an id is refused by its name", () => {
  const refusals: [string, (file: ReturnType<typeof smallFile>) => void][] = [
    ["normalizer", (file) => file.normalizer = { type: "NFC" }],
    ["truncation", (file) => file.truncation = { max_length: 4 }],
    ["pre_tokenizer is missing", (file) => delete file.pre_tokenizer],
    ["pre_tokenizer.type", (file) => file.pre_tokenizer = { type: "Metaspace" }],
    ["pre_tokenizer.add_prefix_space", (file) => file.pre_tokenizer.add_prefix_space = true],
    ["pre_tokenizer.use_regex", (file) => file.pre_tokenizer.use_regex = false],
    ["post_processor.type", (file) => file.post_processor = { type: "TemplateProcessing" }],
    ["decoder.type", (file) => file.decoder = { type: "WordPiece" }],
    ["model is missing", (file) => delete file.model],
    ["model.type", (file) => file.model.type = "Unigram"],
    ["model.byte_fallback", (file) => file.model.byte_fallback = true],
    ["model.ignore_merges", (file) => file.model.ignore_merges = true],
    ["model.dropout", (file) => file.model.dropout = 0.1],
    ["model.end_of_word_suffix", (file) => file.model.end_of_word_suffix = "</w>"],
    ["added_tokens[0].lstrip", (file) => file.added_tokens[0].lstrip = true],
    ["added_tokens[0].special", (file) => file.added_tokens[0].special = false],
    ["added_tokens[0].id", (file) => file.added_tokens[0].id = "x"],
    ["added_tokens[0].content", (file) => file.added_tokens[0].content = ""],
    ["the byte 97", (file) => delete file.model.vocab.a],
    ['model.vocab["a"]', (file) => file.model.vocab.a = -1],
    ['has "zz"', (file) => file.model.vocab.zz = 258],
    ['"Ġb"', (file) => file.model.merges.push(["Ġ", "b"])],
    ["model.merges[0]", (file) => file.model.merges = ["Ġ a b"]],
    ["gives the id 97", (file) => file.model.vocab["Ġa"] = 97],
    ["without a gap", (file) => file.added_tokens[0].id = 5000],
  ];
  for (const [message, change] of refusals) {
    const file = smallFile();
    change(file);
    assertThrows(() => BpeTokenizer.fromHuggingFace(file), FormatError, message);
  }
  for (const file of [null, [], "text", 7]) {
    assertThrows(() => BpeTokenizer.fromHuggingFace(file), FormatError);
  }
});
