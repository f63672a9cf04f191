import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { lastBoundary, type SplitName, SPLITS } from "../../../lib/tokenizer/split.ts";
import { roughText } from "./rough_text.ts";

const SPLIT_NAMES = Object.keys(SPLITS) as SplitName[];

function piecesOf(text: string, split: SplitName = "gpt2"): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    const end = SPLITS[split].pieceEnd(text, start);
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}

Deno.test("GPT-2: a word takes the space before it, a contraction stands alone", () => {
  assertEquals(piecesOf("We'll see it's 12 o'clock!?"), [
    "We",
    "'ll",
    " see",
    " it",
    "'s",
    " 12",
    " o",
    "'",
    "clock",
    "!?",
  ]);
});

Deno.test("GPT-2: white space leaves its last character to the word after it", () => {
  assertEquals(piecesOf("  a \n\n b  "), [" ", " a", " \n\n", " b", "  "]);
});

Deno.test("GPT-2: white space is Unicode's, not JavaScript's", () => {
  assertEquals(piecesOf("a\u0085\u0085b"), ["a", "\u0085", "\u0085", "b"]);
  assertEquals(piecesOf(" \ufeff"), [" \ufeff"]);
});

Deno.test("cl100k: a word takes any one character before it, digits come in threes", () => {
  assertEquals(piecesOf("We'LL see (it'S) 12345\tdone", "cl100k"), [
    "We",
    "'LL",
    " see",
    " (",
    "it",
    "'S",
    ")",
    " ",
    "123",
    "45",
    "\tdone",
  ]);
});

Deno.test("cl100k: line ends close a piece", () => {
  assertEquals(piecesOf("end.\n\n  next \n \n   x", "cl100k"), [
    "end",
    ".\n\n",
    " ",
    " next",
    " \n \n",
    "  ",
    " x",
  ]);
});

for (const split of SPLIT_NAMES) {
  Deno.test(`${split}: the walk finds the pieces that the regular expression defines`, () => {
    fc.assert(
      fc.property(roughText(), (text) => {
        assertEquals(piecesOf(text, split), text.match(SPLITS[split].pattern) ?? []);
      }),
      { numRuns: 3000 },
    );
  });

  Deno.test(`${split}: the pieces joined are the text`, () => {
    fc.assert(fc.property(roughText(), (text) => {
      assertEquals(piecesOf(text, split).join(""), text);
    }));
  });

  Deno.test(`${split}: a text cut at a boundary has the pieces of the whole, whatever follows`, () => {
    let cuts = 0;
    fc.assert(
      fc.property(roughText(), roughText(), (text, rest) => {
        const cut = lastBoundary(text);
        if (cut < 0) return;
        cuts++;
        const whole = text + rest;
        const [left, right] = [whole.slice(0, cut), whole.slice(cut)];
        assertEquals([...piecesOf(left, split), ...piecesOf(right, split)], piecesOf(whole, split));
      }),
      { numRuns: 3000 },
    );
    assert(cuts > 1000);
  });
}

Deno.test("the last boundary of ordinary text is after its last whole word", () => {
  assertEquals(lastBoundary("one two thr"), 7);
  assertEquals(lastBoundary("one two "), 7);
  assertEquals(lastBoundary("one two thr", { end: 6 }), 3);
  assertEquals(lastBoundary("one two", { from: 3 }), -1);
  assertEquals(lastBoundary("onetwo"), -1);
});
