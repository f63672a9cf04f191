// Which value stands before the cursor, as far as it can be told without running anything.

import { assertEquals } from "@std/assert";
import { livePathAt, livePathBefore } from "../../../kernel/language/live_path.ts";

function before(marked: string) {
  return livePathBefore(marked.replace("|", ""), marked.indexOf("|"))?.path;
}

function at(marked: string) {
  return livePathAt(marked.replace("|", ""), marked.indexOf("|"));
}

Deno.test("names and constants lead to a value", () => {
  assertEquals(before("boat.|"), ["boat"]);
  assertEquals(before("boat.na|"), ["boat"]);
  assertEquals(before("1; boat?.sails.|; 2"), ["boat", "sails"]);
  assertEquals(before("boat.sails[0].|"), ["boat", "sails", "0"]);
  assertEquals(before("boat['the mast']!.|"), ["boat", "the mast"]);
  assertEquals(before("f(boat.|"), ["boat"]);
  assertEquals(before("boat['|']"), ["boat"]);
  assertEquals(before("boa|"), []);
});

Deno.test("what would have to be run leads nowhere", () => {
  for (
    const code of ["boat().|", "boats[i].|", "(a + b).|", "new Boat().|", "this.|", "'text'.|"]
  ) {
    assertEquals(before(code), undefined, code);
  }
});

Deno.test("strings, comments and declarations ask for no value", () => {
  for (const code of ["'boat.|'", "// boat.|", "const boa|", "function boa|"]) {
    assertEquals(before(code), undefined, code);
  }
});

Deno.test("the name under the cursor leads up to itself and no further", () => {
  assertEquals(at("bo|at.sails.length"), ["boat"]);
  assertEquals(at("boat.sa|ils.length"), ["boat", "sails"]);
  assertEquals(at("boat.sails|"), ["boat", "sails"]);
  assertEquals(at("f(|)"), undefined);
});
