import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ConfigError } from "../../../lib/errors.ts";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import type { BpeTrainingProgress } from "../../../lib/tokenizer/bpe_learn.ts";
import { SPLITS } from "../../../lib/tokenizer/split.ts";
import { DATA, FIXTURES, isPresent } from "../../fixtures.ts";

Deno.test("training learns the merges that Hugging Face tokenizers learn", () => {
  const textFile = new URL("tinyshakespeare.txt", DATA);
  const goldenFile = new URL("tokenizer/tokenizer.json", FIXTURES);
  if (!isPresent(textFile) || !isPresent(goldenFile)) return;
  const golden = BpeTokenizer.fromHuggingFace(JSON.parse(Deno.readTextFileSync(goldenFile)));
  const trained = BpeTokenizer.train(Deno.readTextFileSync(textFile), {
    vocabularySize: golden.vocabularySize,
    specialTokens: [...golden.specialTokens.keys()],
  });
  assertEquals(trained.toJSON(), golden.toJSON());
});

/** Training as it is defined: count all pairs, merge the most frequent, again. */
function trainByDefinition(text: string, vocabularySize: number): string[] {
  const idOf = BpeTokenizer.train("", { vocabularySize: 256 });
  let pieces = (text.match(SPLITS.gpt2.pattern) ?? []).map((piece) => [...idOf.encode(piece)]);
  const spelling = Array.from({ length: 256 }, (_, id) => String(idOf.tokenBytes(id)));
  const made: string[] = [];
  while (spelling.length < vocabularySize) {
    const counts = new Map<string, number>();
    for (const piece of pieces) {
      for (let i = 0; i + 1 < piece.length; i++) {
        const pair = `${piece[i]} ${piece[i + 1]}`;
        counts.set(pair, (counts.get(pair) ?? 0) + 1);
      }
    }
    const [best] = [...counts].map(([pair, count]) => [...pair.split(" ").map(Number), count])
      .sort((a, b) => b[2] - a[2] || a[0] - b[0] || a[1] - b[1]);
    if (best === undefined || best[2] < 2) break;
    const joined = `${spelling[best[0]]},${spelling[best[1]]}`;
    const known = spelling.indexOf(joined);
    const id = known < 0 ? spelling.push(joined) - 1 : known;
    made.push(`${best[0]} ${best[1]} ${id}`);
    pieces = pieces.map((piece) => replacePair(piece, best[0], best[1], id));
  }
  return made;
}

function replacePair(piece: number[], left: number, right: number, id: number): number[] {
  const result: number[] = [];
  for (let i = 0; i < piece.length; i++) {
    if (piece[i] === left && piece[i + 1] === right) {
      result.push(id);
      i++;
    } else result.push(piece[i]);
  }
  return result;
}

Deno.test("the fast training makes the merges that counting everything anew makes", () => {
  const words = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "c", "é"), maxLength: 9 }));
  fc.assert(
    fc.property(words, fc.integer({ min: 256, max: 275 }), (parts, vocabularySize) => {
      const text = parts.join(" ");
      const trained = BpeTokenizer.train(text, { vocabularySize });
      assertEquals(
        trained.merges.map(({ left, right, id }) => `${left} ${right} ${id}`),
        trainByDefinition(text, vocabularySize),
      );
    }),
    { numRuns: 500 },
  );
});

Deno.test("no pair is merged twice", () => {
  fc.assert(fc.property(
    fc.string({ unit: fc.constantFrom("a", "b"), minLength: 50, maxLength: 400 }),
    (text) => {
      const { merges } = BpeTokenizer.train(text, { vocabularySize: 1000 });
      const pairs = new Set(merges.map(({ left, right }) => `${left} ${right}`));
      assertEquals(pairs.size, merges.length);
    },
  ));
});

Deno.test("parts of a text train as the text they make up, where no piece is cut", () => {
  const options = { vocabularySize: 270 };
  const whole = BpeTokenizer.train("one two one two three", options);
  const parts = BpeTokenizer.train(new Set(["one two", " one", " two three"]), options);
  assertEquals(parts.toJSON(), whole.toJSON());
});

Deno.test("a text without more pairs gives a smaller vocabulary, and says so", () => {
  const tokenizer = BpeTokenizer.train("abab abab", { vocabularySize: 5000 });
  assert(tokenizer.vocabularySize < 262);
  assertEquals(tokenizer.vocabularySize, 256 + tokenizer.merges.length);
});

Deno.test("a pair rarer than the minimum frequency is not merged", () => {
  const options = { vocabularySize: 300, minimumFrequency: 3 };
  assertEquals(BpeTokenizer.train("ab ab", options).merges.length, 0);
  assertEquals(BpeTokenizer.train("xab yab zab", options).merges.length, 1);
});

Deno.test("a vocabulary below the 256 bytes and the special tokens is refused", () => {
  assertThrows(
    () => BpeTokenizer.train("text", { vocabularySize: 255 }),
    ConfigError,
    "at least 256 (one for each byte), a whole number, but 255 was given",
  );
  assertThrows(
    () => BpeTokenizer.train("text", { vocabularySize: 256, specialTokens: ["<|end|>"] }),
    ConfigError,
    "at least 257",
  );
  assertThrows(() => BpeTokenizer.train("text", { vocabularySize: 300.5 }), ConfigError);
});

Deno.test("special tokens that are empty, named twice or no text are refused", () => {
  for (const specialTokens of [[""], ["a", "a"], ["\ud800"]]) {
    const options = { vocabularySize: 300, specialTokens };
    assertThrows(() => BpeTokenizer.train("text", options), ConfigError);
  }
});

Deno.test("training reports both phases to their end", () => {
  const reports: BpeTrainingProgress[] = [];
  const text = "to be or not to be ".repeat(10);
  const options = { vocabularySize: 260, onProgress: (p: BpeTrainingProgress) => reports.push(p) };
  BpeTokenizer.train(text, options);
  assertEquals(reports, [
    { phase: "counting", done: text.length, total: text.length },
    { phase: "merging", done: 4, total: 4 },
  ]);
});

Deno.test("an aborted signal stops the training with its reason", () => {
  const controller = new AbortController();
  const onProgress = () => controller.abort(new Error("stopped by hand"));
  const options = { vocabularySize: 300, onProgress, signal: controller.signal };
  assertThrows(() => BpeTokenizer.train("some text", options), Error, "stopped by hand");
});

Deno.test("a shortened tokenizer is what training to its size gives", () => {
  const text = "the cat sat on the mat and that was that ".repeat(10);
  const specialTokens = ["<|end|>"];
  const large = BpeTokenizer.train(text, { vocabularySize: 275, specialTokens });
  for (const vocabularySize of [257, 260, 274, 275]) {
    const small = BpeTokenizer.train(text, { vocabularySize, specialTokens });
    assertEquals(large.shortened(vocabularySize).toJSON(), small.toJSON());
  }
  for (const size of [256, 276, 270.5, NaN]) {
    assertThrows(() => large.shortened(size), ConfigError, "from 257 to 275");
  }
});
