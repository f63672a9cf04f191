import { assertEquals, assertThrows } from "@std/assert";
import { ConfigError, FormatError } from "../../../lib/errors.ts";
import { CharTokenizer } from "../../../lib/tokenizer/characters.ts";

Deno.test("a character tokenizer's ids follow the code points, beyond the basic plane too", () => {
  const tokenizer = CharTokenizer.train("b😀aé\ufffd");
  assertEquals(tokenizer.characters, ["a", "b", "é", "\ufffd", "😀"]);
  assertEquals([...tokenizer.encode("😀ab")], [4, 0, 1]);
  assertEquals(tokenizer.decode([4, 0, 1]), "😀ab");
  assertEquals([...tokenizer.tokenBytes(2)], [0xc3, 0xa9]);
});

Deno.test("a character tokenizer trains on parts as on the whole", () => {
  assertEquals(CharTokenizer.train(["ab", "bc"]).characters, ["a", "b", "c"]);
});

Deno.test("an unknown character is named with its place", () => {
  const tokenizer = CharTokenizer.train("abc");
  assertThrows(() => tokenizer.encode("ab\nc"), ConfigError, '"\\n" (U+000A) at index 2');
  assertThrows(() => tokenizer.encode("a😀"), ConfigError, '"😀" (U+1F600) at index 1');
});

Deno.test("a character tokenizer reads a lone surrogate as U+FFFD", () => {
  const tokenizer = CharTokenizer.train("a\ud800");
  assertEquals(tokenizer.characters, ["a", "\ufffd"]);
  assertEquals(tokenizer.decode(tokenizer.encode("\udc00a")), "\ufffda");
});

Deno.test("a character tokenizer refuses ids that it does not have", () => {
  const tokenizer = CharTokenizer.train("abc");
  for (const id of [3, -1, 0.5, NaN]) {
    assertThrows(() => tokenizer.decode([0, id]), ConfigError, "ids go from 0 to 2");
    assertThrows(() => tokenizer.tokenBytes(id), ConfigError, `The id ${id}`);
  }
});

Deno.test("a character tokenizer needs a character", () => {
  assertThrows(() => CharTokenizer.train(""), ConfigError, "empty text");
});

Deno.test("characters that are not distinct and sorted are refused", () => {
  for (const characters of ["ba", "aa", "", "\ud800", 7, undefined]) {
    assertThrows(() => CharTokenizer.fromJSON({ characters }), FormatError);
  }
});
