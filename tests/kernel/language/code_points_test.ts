// Places in a text: the specification counts code points.

import { assertEquals } from "@std/assert";
import { toCodePoints, toUtf16 } from "../../../kernel/language/code_points.ts";

Deno.test("places lead from code points to UTF-16 units and back", () => {
  const text = "a🚢b⚓c";
  const places = [0, 1, 2, 3, 4, 5].map((place) => toUtf16(text, place));
  assertEquals(places, [0, 1, 3, 4, 5, 6]);
  assertEquals(places.map((place) => toCodePoints(text, place)), [0, 1, 2, 3, 4, 5]);
});

Deno.test("a place behind the text is its end", () => {
  assertEquals(toUtf16("🚢", 100), 2);
});
