import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { PieceTable } from "../../../lib/tokenizer/piece_table.ts";
import { roughText } from "./rough_text.ts";

/** The pieces that a table holds, in their order. */
function piecesOf({ bytes, ends }: PieceTable): string[] {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return Array.from(ends, (end, i) => decoder.decode(bytes.subarray(i && ends[i - 1], end)));
}

Deno.test("a table numbers pieces as a map of strings does", () => {
  fc.assert(fc.property(fc.array(roughText(), { maxLength: 40 }), (texts) => {
    const table = new PieceTable();
    const numbers = new Map<string, number>();
    for (const text of texts) {
      const piece = text.toWellFormed(); // of lone surrogates the UTF-8 is that of U+FFFD
      if (!numbers.has(piece)) numbers.set(piece, numbers.size);
      assertEquals(table.add(`(${text})`, 1, text.length + 1), numbers.get(piece));
      const bytes = new TextEncoder().encode(text);
      assertEquals(table.addBytes(bytes, 0, bytes.length), numbers.get(piece));
    }
    assertEquals(piecesOf(table), [...numbers.keys()]);
  }));
});

Deno.test("forgotten pieces are gone, and the others keep their order", () => {
  const table = new PieceTable();
  for (let i = 0; i < 5000; i++) table.add(`${i}`, 0, `${i}`.length);
  table.keep((piece) => piece % 3 === 0);
  const kept = Array.from({ length: 1667 }, (_, i) => `${3 * i}`);
  assertEquals(piecesOf(table), kept);
  assertEquals(table.add("4", 0, 1), 1667);
  assertEquals(table.add("4998", 0, 4), 1666);
});
