// No input is quadratic. Work is counted, not timed: twice the text may cost little more than twice the steps.

import { assert, assertEquals } from "@std/assert";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import { mergePiece } from "../../../lib/tokenizer/bpe_merge.ts";
import { PairTable } from "../../../lib/tokenizer/pair_table.ts";
import { type SplitName, SPLITS } from "../../../lib/tokenizer/split.ts";

/** A text that counts how often it is looked at. */
function countedText(text: string): { text: string; looks: () => number } {
  let looks = 0;
  const counted = new Proxy(Object(text), {
    get(target, key) {
      if (key !== "length") looks++;
      const value = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(text) : value;
    },
  });
  return { text: counted as string, looks: () => looks };
}

const HARD_TEXTS = [
  "a",
  " ",
  "\n",
  "1",
  "'",
  "!",
  "! ",
  "\n ",
  " \n",
  "'l",
  "\ud800",
  "語",
  "a\n",
  " a",
];

for (const split of Object.keys(SPLITS) as SplitName[]) {
  Deno.test(`${split}: splitting looks at each character a few times, whatever the text`, () => {
    const { pieceEnd } = SPLITS[split];
    for (const unit of HARD_TEXTS) {
      const length = 20_000;
      const { text, looks } = countedText(unit.repeat(length / unit.length));
      for (let start = 0; start < length;) start = pieceEnd(text, start);
      assert(looks() <= 12 * length, `${JSON.stringify(unit)}: ${looks()} looks`);
    }
  });
}

/** A table that counts how often it is asked. */
class CountingTable extends PairTable {
  asked = 0;

  override get(left: number, right: number): number {
    this.asked++;
    return super.get(left, right);
  }
}

Deno.test("merging a piece asks for a few ranks a byte, however long the piece is", () => {
  // "a" and "b" pair up, and pairs pair up, to tokens of 1,024 bytes.
  const ranks = new CountingTable();
  const results: number[] = [];
  for (let level = 0, previous = [97, 98]; level < 10; level++) {
    const made = previous.map((_, i) => 256 + 2 * level + i);
    previous.forEach((left, i) => ranks.set(left, previous[1 - i], results.push(made[i]) - 1));
    previous.forEach((left, i) => ranks.set(left, left, results.push(made[i]) - 1));
    previous = made;
  }
  for (const bytes of [[97], [97, 98], [97, 97, 98]]) {
    const perByte = [2 ** 14, 2 ** 17].map((length) => {
      ranks.asked = 0;
      const ids = Uint32Array.from({ length }, (_, i) => bytes[i % bytes.length]);
      mergePiece(ids, length, { ranks, results: Uint32Array.from(results) });
      return ranks.asked / length;
    });
    assert(perByte[1] <= 1.1 * perByte[0] && perByte[1] < 5, `${bytes}: ${perByte}`);
  }
});

Deno.test("ten megabytes of one letter are learned from, encoded and located", () => {
  const text = "a".repeat(10_000_000);
  const tokenizer = BpeTokenizer.train(text.slice(0, 1_000_000), { vocabularySize: 280 });
  const { ids, ends } = tokenizer.encodeWithOffsets(text);
  assertEquals(ends.at(-1), text.length);
  assertEquals(tokenizer.decode(ids).length, text.length);
});

Deno.test("ten megabytes of random bytes are encoded and come back", () => {
  const bytes = new Uint8Array(10_000_000);
  for (let i = 0; i < bytes.length; i += 65_536) {
    crypto.getRandomValues(bytes.subarray(i, i + 65_536));
  }
  const text = new TextDecoder().decode(bytes);
  const tokenizer = BpeTokenizer.train(text.slice(0, 200_000), { vocabularySize: 400 });
  assert(tokenizer.decode(tokenizer.encode(text)) === text);
});
