// Text for property tests: words, white space of many kinds, contractions, other scripts, emoji,
// control characters and lone surrogates, in any order.

import fc from "fast-check";

/** Strings that a tokenizer finds hard; with `wellFormed`, without lone surrogates. */
export function roughText({ wellFormed = false } = {}): fc.Arbitrary<string> {
  const fragments = fc.oneof(
    fc.constantFrom(
      "'s",
      "'ll",
      "'re",
      "'LL",
      "'\u017f",
      "'Ve",
      "12345",
      ".\n\n",
      "\r\n ",
      "'",
      " ",
      "  ",
      "\n",
      "\r\n",
      "\t",
      "\u0085",
      "\u00a0",
    ),
    fc.constantFrom(
      "the",
      " the",
      "Ünï",
      "日本語",
      "אב",
      "١٢",
      "Ⅷ",
      "½",
      "𝔘𝔫",
      "𐄷",
      "👩‍👩‍👧‍👦",
      "e\u0301",
    ),
    fc.constantFrom(
      "<|endoftext|>",
      "\0",
      "\x7f",
      "\ufeff",
      "\ufffd",
      "\u3000",
      "\u200b",
      "\u{10ffff}",
    ),
    fc.string({ unit: wellFormed ? "binary" : fc.constantFrom("\ud800", "\udfff", "a", " ") }),
    fc.string({ unit: "binary" }),
    fc.string({ unit: "grapheme" }),
  );
  return fc.array(fragments, { maxLength: 12 }).map((parts) => parts.join(""));
}
