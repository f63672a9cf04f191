import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { GPT2_SPLIT, pieceEnd } from "../../../lib/tokenizer/split.ts";
import { roughText } from "./rough_text.ts";

function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    const end = pieceEnd(text, start);
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}

Deno.test("a word takes the space before it, a contraction stands alone", () => {
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

Deno.test("white space leaves its last character to the word after it", () => {
  assertEquals(piecesOf("  a \n\n b  "), [" ", " a", " \n\n", " b", "  "]);
});

Deno.test("white space is Unicode's, not JavaScript's", () => {
  assertEquals(piecesOf("a\u0085\u0085b"), ["a", "\u0085", "\u0085", "b"]);
  assertEquals(piecesOf(" \ufeff"), [" \ufeff"]);
});

Deno.test("the walk finds the pieces that the regular expression defines", () => {
  fc.assert(
    fc.property(roughText(), (text) => {
      assertEquals(piecesOf(text), text.match(GPT2_SPLIT) ?? []);
    }),
    { numRuns: 2000 },
  );
});
