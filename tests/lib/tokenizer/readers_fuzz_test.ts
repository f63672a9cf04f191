// Every reader is given broken files: each is read, and then works, or is refused with a FormatError.

import { assertEquals, assertInstanceOf } from "@std/assert";
import fc from "fast-check";
import { FormatError } from "../../../lib/errors.ts";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import { CharTokenizer } from "../../../lib/tokenizer/characters.ts";
import { type Tokenizer, tokenizerFromJson } from "../../../lib/tokenizer/tokenizer.ts";

const TEXT = "the cat sat on the mat. ".repeat(5);
const tokenizer = BpeTokenizer.train(TEXT, {
  vocabularySize: 270,
  specialTokens: ["<|end|>"],
  split: "cl100k",
});

/** Reads what may be broken; what is read must encode and decode. */
function readOrRefuse(read: () => Tokenizer): "read" | "refused" {
  let result: Tokenizer;
  try {
    result = read();
  } catch (error) {
    assertInstanceOf(error, FormatError, `${error}`);
    return "refused";
  }
  const text = result instanceof CharTokenizer ? result.characters[0] : "the cat";
  assertEquals(result.decode(result.encode(text)), text);
  result.toJSON();
  return "read";
}

const anyValue = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    true,
    "",
    "a",
    "ab",
    -1,
    0,
    1,
    97,
    256,
    271,
    1e9,
    0.5,
    [],
    {},
    { toString: 0 },
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A copy in which what a walk of the given steps comes to is replaced. */
function replaced(value: unknown, steps: readonly number[], by: unknown): unknown {
  if (steps.length === 0 || typeof value !== "object" || value === null) return by;
  const copy = structuredClone(value) as Record<string, unknown>;
  const keys = Object.keys(copy);
  if (keys.length === 0) return by;
  const key = keys[steps[0] % keys.length];
  const inner = replaced(copy[key], steps.slice(1), by);
  if (inner === undefined) delete copy[key];
  else copy[key] = inner;
  return copy;
}

const readers: [string, unknown, (json: unknown) => Tokenizer][] = [
  ["a saved BPE", tokenizer.toJSON(), tokenizerFromJson],
  ["a saved character tokenizer", CharTokenizer.train(TEXT).toJSON(), tokenizerFromJson],
  ["a tokenizer.json", tokenizer.toHuggingFace(), (json) => BpeTokenizer.fromHuggingFace(json)],
];

for (const [name, file, read] of readers) {
  Deno.test(`${name} with any of its values replaced is read or refused`, () => {
    const json = JSON.parse(JSON.stringify(file));
    const outcomes = new Set<string>();
    const steps = fc.array(fc.nat(1000), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(steps, anyValue, (steps, value) => {
        const broken = JSON.stringify(replaced(json, steps, value)) ?? "null";
        outcomes.add(readOrRefuse(() => read(JSON.parse(broken))));
      }),
      { numRuns: 1500 },
    );
    assertEquals(outcomes.has("refused"), true);
  });
}

Deno.test("a rank file with any of its characters changed is read or refused", () => {
  const file = tokenizer.toTiktoken();
  const edit = fc.tuple(fc.nat(file.length), fc.nat(8), fc.string({ maxLength: 6 }));
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 4 }), (edits) => {
      let text = file;
      for (const [at, length, by] of edits) text = text.slice(0, at) + by + text.slice(at + length);
      const options = { specialTokens: { "<|end|>": 0 } };
      readOrRefuse(() => BpeTokenizer.fromTiktoken(text, options));
    }),
    { numRuns: 1500 },
  );
});
