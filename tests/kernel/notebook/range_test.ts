import { assertEquals } from "@std/assert";
import { readRange } from "../../../kernel/notebook/range.ts";

Deno.test("a comment gives a range in brackets and keeps the rest of its text", () => {
  assertEquals(readRange("blocks, one after another (1 to 12)"), {
    text: "blocks, one after another",
    range: { min: 1, max: 12 },
  });
  assertEquals(readRange("(0.1 to 2) how bold"), {
    text: "how bold",
    range: { min: 0.1, max: 2 },
  });
});

Deno.test("a range may have underscores, exponents, signs and steps", () => {
  assertEquals(readRange("(100_000 to 10_000_000)").range, { min: 1e5, max: 1e7 });
  assertEquals(readRange("far (1e-5 to 1e-1)").range, { min: 1e-5, max: 0.1 });
  assertEquals(readRange("(-1 to 1 in steps of 0.25)").range, { min: -1, max: 1, step: 0.25 });
});

Deno.test("what is no range stays text", () => {
  for (
    const comment of ["", "from 256", "room for 2 to 3 more", "(12 to 1)", "(a to b)", "(1 to 1)"]
  ) {
    assertEquals(readRange(comment), { text: comment });
  }
});

Deno.test("steps that lead nowhere are not steps", () => {
  assertEquals(readRange("(1 to 4 in steps of 0)").range, { min: 1, max: 4 });
});
