// Cells as modules: which cell a name means, and what is kept.

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { CellModules } from "../../../../kernel/language/service/cell_modules.ts";

/** The cells that the code of another would import from, by name. */
function meanings(cells: CellModules, code: string): Record<string, string> {
  const { text, offset } = cells.current(code);
  const imports = text.slice(0, offset).matchAll(/import\{([^}]*)\}from"\.\/([^"]*)";/g);
  return Object.fromEntries(
    [...imports].flatMap(([, names, from]) => names.split(",").map((name) => [name, from])),
  );
}

Deno.test("a name means what the latest cell made of it", () => {
  const cells = new CellModules("/notebook");
  cells.add("let a = 1; let b = 2");
  cells.add("let a = 'text'");
  assertEquals(meanings(cells, "a + b"), { b: "$cell_1.ts", a: "$cell_2.ts" });
  assertEquals(meanings(cells, "const a = b"), { b: "$cell_1.ts" });
});

Deno.test("everything that can be declared at a cell's top level is known", () => {
  const cells = new CellModules("/notebook");
  cells.add(`import one, { two as three, type Four } from "m"; import * as five from "n";
    const { six, seven: [eight, ...nine], ...ten } = x; function eleven() { var no } class Twelve {}
    interface Thirteen {} type Fourteen = 1; enum Fifteen {} namespace Sixteen {}
    if (x) { var seventeen = 1; const no = 2 } export const eighteen = 1; for (var nineteen of x) {}`);
  assertEquals([...cells.names], [
    "one",
    "three",
    "Four",
    "five",
    "six",
    "eight",
    "nine",
    "ten",
    "eleven",
    "Twelve",
    "Thirteen",
    "Fourteen",
    "Fifteen",
    "Sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
  ]);
});

Deno.test("a cell keeps its lines, behind what is put on its first", () => {
  const cells = new CellModules("/notebook");
  cells.add("const a = 1");
  const { text, offset, source } = cells.current("a;\nb;");
  assertEquals(text.slice(offset, offset + source.length), "a;\nb;");
  assertEquals(text.slice(0, offset).includes("\n"), false);
});

Deno.test("JSX makes a cell a file of that kind, angle brackets before a value do not", () => {
  const cells = new CellModules("/notebook");
  assertStringIncludes(cells.current("<b>bold</b>").path, ".tsx");
  assertStringIncludes(cells.current("<number>a").path, ".ts");
});

Deno.test("cells that nothing means any more are forgotten", () => {
  const cells = new CellModules("/notebook");
  cells.add("const base = 1");
  for (let i = 0; i < 2_000; i++) cells.add(`const latest = base + ${i}`);
  const kept = Array.from({ length: 2_001 }, (_, i) => cells.get(`/notebook/$cell_${i + 1}.ts`))
    .filter((cell) => cell !== undefined);
  assert(kept.length < 100, `${kept.length} cells are kept`);
  assertEquals(meanings(cells, "").base, "$cell_1.ts");
});

Deno.test("cells that mean one another do not pile up", () => {
  const cells = new CellModules("/notebook");
  for (let i = 0; i < 2_500; i++) cells.add(i % 2 === 0 ? "let a = b" : "let b = a");
  const kept = Array.from({ length: 2_500 }, (_, i) => cells.get(`/notebook/$cell_${i + 1}.ts`))
    .filter((cell) => cell !== undefined);
  assert(kept.length < 100, `${kept.length} cells are kept`);
});
