// Cells as JavaScript: what is rewritten, and that places lead back to the cell.

import { assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { CellSyntaxError } from "../../../kernel/language/syntax_error.ts";
import { transformCell } from "../../../kernel/language/transform.ts";

/** The JavaScript on one line, without the frame that every cell has. */
function rewritten(source: string): string {
  return transformCell(source, "In[1]").code.replace(/\s+/g, " ")
    .replace(/^"use strict"; /, "").replace(/ ?void 0;$/, "");
}

Deno.test("types are gone, the last expression is kept", () => {
  assertEquals(rewritten("const a: number = 1; a as unknown"), "let a = 1; $dials.keep(a);");
  assertEquals(rewritten("interface A {}\n1;\ntype B = A;"), "$dials.keep(1);");
  assertEquals(rewritten("if (a) 1"), "if (a) 1;");
});

Deno.test("awaits race against an interrupt, also inside functions", () => {
  assertEquals(rewritten("let x = await y;"), 'let x = await $dials.until(y, "In[1]:1:9");');
  assertStringIncludes(
    rewritten("const f = async () => { await y }"),
    'await $dials.until(y, "In[1]:1:25");',
  );
  assertStringIncludes(
    rewritten("for await (const x of y) z(x)"),
    'for await (const x of $dials.each(y, "In[1]:1:1"))',
  );
});

Deno.test("loops and functions look at the flag, after their directives", () => {
  const check = "if ($dialsStop[0] !== 0) $dials.stop();";
  const inline = "$dialsStop[0] !== 0 && $dials.stop()";
  for (const loop of ["for (const b in a)", "for (const b of a)"]) {
    assertEquals(rewritten(`${loop} b()`), `${loop} { ${check} b(); }`);
  }
  assertEquals(rewritten("for (;;) b()"), `for (;; ${inline}) b();`);
  assertEquals(rewritten("while (a) b()"), `for (; a; ${inline}) b();`);
  assertEquals(
    rewritten("for (let i = 0; i < 9; i++) b()"),
    `for (let i = 0; i < 9; ${inline}, i++) b();`,
  );
  assertEquals(rewritten("do b(); while (a)"), `do { ${check} b(); } while (a);`);
  assertEquals(
    rewritten("function f() { 'use strict'; return 1 }"),
    `let f = function () { 'use strict'; ${check} return 1; };`,
  );
  assertStringIncludes(rewritten("class C { m() {} get g() { return 1 } }"), `m() { ${check} }`);
  assertEquals(
    rewritten("let f = (a) => a;"),
    "let f = (a) => ($dialsStop[0] !== 0 && $dials.stop(), a);",
  );
});

Deno.test("no catch clause keeps an interrupt", () => {
  assertStringIncludes(
    rewritten("try { a() } catch (e) { b(e) }"),
    "catch (e) { $dials.pass(e); b(e); }",
  );
  assertMatch(rewritten("try { a() } catch { }"), /catch \((\w+)\) \{ \$dials\.pass\(\1\); \}/);
  assertMatch(
    rewritten("try { a() } catch ({ message }) { b(message) }"),
    /catch \((\w+)\) \{ \$dials\.pass\(\1\); let \{ message \} = \1; b\(message\); \}/,
  );
});

Deno.test("imports come first, and tell which names the cell uses as values", () => {
  assertEquals(
    rewritten("a(); import d, { x as y, type T } from 'm'; import type U from 'n'; let z: y = d;"),
    `let [d, y] = $dials.names(await $dials.until($dials.import('m'), "In[1]:1:6"), 'm', [["default", true], ["x", false]]); ` +
      "a(); let z = d;",
  );
  assertEquals(rewritten("import 'm';"), `await $dials.until($dials.import('m'), "In[1]:1:1");`);
  assertStringIncludes(
    rewritten("import j from 'm' with { type: 'json' };"),
    `$dials.import('m', { "with": { "type": 'json' } })`.replace('"with"', "with"),
  );
  assertEquals(rewritten("let m = import('./m.ts');"), "let m = $dials.import('./m.ts');");
  assertEquals(rewritten("let u = import.meta.url;"), "let u = $dials.meta.url;");
});

Deno.test("names in types, properties and interfaces are no uses as values", () => {
  const used = (code: string) =>
    rewritten(`import { x } from 'm'; ${code};0`).includes('["x", true]');
  for (
    const code of ["let a: x", "a.x", "({ x: 1 })", "interface I extends x {}", "let a = b as x"]
  ) {
    assertEquals(used(code), false, code);
  }
  for (
    const code of ["x", "({ x })", "a[x]", "class C extends x {}", "new x()", "<x/>", "`${x}`"]
  ) {
    assertEquals(used(code), true, code);
  }
});

Deno.test("var declarations become declarations of the whole cell", () => {
  assertEquals(rewritten("if (a) { var b = 1, c; }"), "let b, c; if (a) { b = 1; }");
  assertMatch(
    rewritten("for (var i = 0; ;) { break }"),
    /^let i; for \(i = 0; ?; [^)]+\(\)\) \{ break; \}/,
  );
  assertEquals(
    rewritten("var { a, b: [c = 1, ...d], ...e } = f;"),
    "let a, c, d, e; ({ a: a, b: [c = 1, ...d], ...e } = f);",
  );
});

Deno.test("exports are tolerated", () => {
  assertEquals(rewritten("export const a = 1;"), "let a = 1;");
  assertEquals(rewritten("export { a }; export * from 'm';"), "");
  assertStringIncludes(rewritten("export default function f() {}"), "let f = function ()");
  assertEquals(rewritten("export default 1 + 1;"), "1 + 1;");
});

Deno.test("places in the JavaScript lead back to the cell's own lines", () => {
  const source =
    "interface A {\n  b: number;\n}\nimport 'm';\n\nfunction f() {\n  thrower();\n}\nawait f();";
  const { code, map } = transformCell(source, "In[1]");
  const trace = new TraceMap(map);
  for (const [text, line, column] of [["thrower", 7, 2], ["f()", 9, 6], ["m'", 4, 7]] as const) {
    const index = code.lastIndexOf(text);
    const before = code.slice(0, index).split("\n");
    const place = originalPositionFor(trace, {
      line: before.length,
      column: before.at(-1)!.length,
    });
    assertEquals([place.line, place.column! <= column], [line, true], text);
  }
});

Deno.test("a cell that is not TypeScript is refused with its place", () => {
  const error = assertThrows(
    () => transformCell("let a = 1;\nlet b = );", "In[7]"),
    CellSyntaxError,
  );
  assertEquals((error as CellSyntaxError).lines, [
    "    at In[7]:2:9",
    "      let b = );",
    "              ^",
  ]);
});

Deno.test("angle brackets are type assertions or JSX, whichever the cell means", () => {
  assertEquals(rewritten("let a = <number>b;"), "let a = b;");
  assertStringIncludes(rewritten("let a = <b>c</b>;"), 'React.createElement("b", null, "c")');
  assertStringIncludes(rewritten("let f = <T>(a: T) => a;"), "let f = (a) =>");
});
