// Whether Enter runs what was typed or starts another line.

import { assertEquals } from "@std/assert";
import { isComplete } from "../../../kernel/language/is_complete.ts";

function statuses(codes: string[]): Record<string, string> {
  return Object.fromEntries(codes.map((code) => [code, isComplete(code).status]));
}

function all(codes: string[], status: string): Record<string, string> {
  return Object.fromEntries(codes.map((code) => [code, status]));
}

Deno.test("whole cells are complete", () => {
  const codes = [
    "",
    "// only a comment",
    "/* a */",
    "function f() {\n  return 1;\n}",
    "const a = `x ${1}`",
    "foo(1,\n  2)",
    "boat\n  .sail()",
    "<div>\n  <b>x</b>\n</div>",
    "<></>",
    "const f = <T>(a: T) => a",
    "const n = <number>m",
    "@logged class Boat {}",
    "await boat",
  ];
  assertEquals(statuses(codes), all(codes, "complete"));
});

Deno.test("what more lines can finish is incomplete", () => {
  const codes = [
    "function f() {\n  return 1;",
    "if (a)",
    "if (a) b\nelse",
    "do { a() }",
    "try { a() }",
    "switch (a) { case 1:",
    "const a = `open",
    "const a = `open ${1",
    "/* open",
    "[1, 2,",
    "foo(",
    "a ? b :",
    "(x) =>",
    "boat.",
    "const a =",
    "import { a",
    "import { a } from",
    "type A = {",
    "let a: number |",
    "<div>",
    "<div><b>x</b>",
    "<><b/>",
    "<Boat length={12}",
    "@logged",
    "@logged()",
    "@logged class Boat {",
    "class Boat { @logged",
  ];
  assertEquals(statuses(codes), all(codes, "incomplete"));
});

Deno.test("what no line can mend is invalid", () => {
  const codes = [
    "let a = = 1",
    "}",
    "foo)",
    "'open",
    "const a = /open",
    "<div></b>",
    "<div><b></div>",
  ];
  assertEquals(statuses(codes), all(codes, "invalid"));
});

Deno.test("the next line is indented as its block asks", () => {
  const indents = ["if (a) {", "if (a) {\n  foo([", "x = {\n  a: 1,", "foo(1,"].map((code) => {
    const reply = isComplete(code);
    return reply.status === "incomplete" ? reply.indent.length : undefined;
  });
  assertEquals(indents, [2, 4, 2, 0]);
});
