import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { utf8Length, writeUtf8 } from "../../../lib/tokenizer/utf8.ts";
import { roughText } from "./rough_text.ts";

Deno.test("bytes and their number are those of TextEncoder, lone surrogates included", () => {
  fc.assert(
    fc.property(roughText(), (text) => {
      const expected = new TextEncoder().encode(text);
      const bytes = new Uint8Array(3 * text.length);
      assertEquals(bytes.subarray(0, writeUtf8(text, bytes)), expected);
      assertEquals(utf8Length(text), expected.length);
    }),
    { numRuns: 1000 },
  );
});

Deno.test("a range that cuts a pair of surrogates writes U+FFFD", () => {
  const bytes = new Uint8Array(3);
  assertEquals(writeUtf8("😀", bytes, { end: 1 }), 3);
  assertEquals(new TextDecoder().decode(bytes), "\ufffd");
});
