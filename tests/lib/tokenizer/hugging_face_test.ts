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
    ["post_processor.type", (file) => file.post_processor = { type: "BertProcessing" }],
    [
      "post_processor.processors[0].type",
      (file) =>
        file.post_processor = { type: "Sequence", processors: [{ type: "BertProcessing" }] },
    ],
    ["decoder.type", (file) => file.decoder = { type: "WordPiece" }],
    ["model is missing", (file) => delete file.model],
    ["model.type", (file) => file.model.type = "Unigram"],
    ["model.byte_fallback", (file) => file.model.byte_fallback = true],
    ["model.ignore_merges", (file) => file.model.ignore_merges = 1],
    ["model.dropout", (file) => file.model.dropout = 0.1],
    ["model.end_of_word_suffix", (file) => file.model.end_of_word_suffix = "</w>"],
    ["added_tokens[0].lstrip", (file) => file.added_tokens[0].lstrip = true],
    ["added_tokens[0].special", (file) => file.added_tokens[0].special = false],
    ["added_tokens[0].id", (file) => file.added_tokens[0].id = "x"],
    ["added_tokens[0].content", (file) => file.added_tokens[0].content = ""],
    ['model.merges[0] needs "a"', (file) => delete file.model.vocab.a],
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

const CL100K_REGEX =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

/** The small file with the split of Llama 3 and GPT-4, as their files have it. */
function cl100kFile(): ReturnType<typeof smallFile> {
  const file = smallFile();
  file.pre_tokenizer = {
    type: "Sequence",
    pretokenizers: [
      { type: "Split", pattern: { Regex: CL100K_REGEX }, behavior: "Isolated", invert: false },
      { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: false },
    ],
  };
  return file;
}

Deno.test("files with the split of Llama 3 and GPT-4 are read", () => {
  const llama = cl100kFile();
  llama.post_processor = {
    type: "Sequence",
    processors: [{ type: "ByteLevel" }, { type: "TemplateProcessing", single: [] }],
  };
  assertEquals(BpeTokenizer.fromHuggingFace(llama).split, "cl100k");
  const gpt4 = cl100kFile();
  Object.assign(gpt4.pre_tokenizer.pretokenizers[0], { behavior: "Removed", invert: true });
  assertEquals(BpeTokenizer.fromHuggingFace(gpt4).split, "cl100k");
});

Deno.test("of a split in steps, what would change an id is refused by its name", () => {
  type Steps = Record<string, unknown>[];
  const refusals: [string, (steps: Steps) => void][] = [
    ["pretokenizers.length", (steps) => steps.pop()],
    ["pretokenizers[0].type", (steps) => steps[0].type = "Whitespace"],
    ["pretokenizers[0].individual_digits", (steps) => steps[0].type = "Digits"],
    ["pretokenizers[0].pattern.Regex", (steps) => steps[0].pattern = { Regex: "\\w+" }],
    ["pretokenizers[0].pattern.Regex", (steps) => steps[0].pattern = { String: " " }],
    ["pretokenizers[0].behavior", (steps) => steps[0].behavior = "MergedWithNext"],
    ["pretokenizers[0].behavior", (steps) => steps[0].invert = true],
    ["pretokenizers[1].type", (steps) => steps[1].type = "Split"],
    ["pretokenizers[1].use_regex", (steps) => steps[1].use_regex = true],
    ["pretokenizers[1].add_prefix_space", (steps) => steps[1].add_prefix_space = true],
  ];
  for (const [message, change] of refusals) {
    const file = cl100kFile();
    change(file.pre_tokenizer.pretokenizers);
    assertThrows(() => BpeTokenizer.fromHuggingFace(file), FormatError, message);
  }
});

Deno.test("with ignore_merges a piece that is a token is taken whole", () => {
  const file = smallFile();
  file.model.vocab["ab"] = 258;
  file.model.vocab["abc"] = 259;
  file.model.merges.push(["b", "c"], ["a", "b"], ["ab", "c"]);
  file.model.vocab["bc"] = 260;
  const byMerges = BpeTokenizer.fromHuggingFace(file);
  assertEquals([...byMerges.encode("abc")], [97, 260]);
  file.model.ignore_merges = true;
  const whole = BpeTokenizer.fromHuggingFace(file);
  assertEquals([...whole.encode("abc")], [259]);
  assertEquals([...whole.encode("abcb")], [97, 260, 98]);
  assertEquals([...BpeTokenizer.fromJSON(whole.toJSON()).encode("abc")], [259]);
});

Deno.test("a merge may stand before those that make its parts", () => {
  const file = smallFile();
  file.model.vocab["Ġab"] = 258;
  file.model.merges = [["Ġa", "b"], ["Ġ", "a"]];
  assertEquals([...BpeTokenizer.fromHuggingFace(file).encode(" ab")], [258]);
});

Deno.test("merges that make a token of a terabyte are refused", () => {
  const file = smallFile();
  for (let i = 0, token = "a"; i < 12; i++, token += token) {
    file.model.merges.push([token, token]);
    file.model.vocab[token + token] = 258 + i;
  }
  BpeTokenizer.fromHuggingFace(file); // tokens of up to 4,096 bytes are no problem
  const json = BpeTokenizer.train("", { vocabularySize: 256 }).toJSON();
  json.merges = Array.from(
    { length: 40 },
    (_, i) => i === 0 ? [0, 0, 256] : [255 + i, 255 + i, 256 + i],
  );
  assertThrows(() => BpeTokenizer.fromJSON(json), FormatError, "no vocabulary of text");
});
