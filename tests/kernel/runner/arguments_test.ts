// The runner's command line.

import { assertEquals, assertThrows } from "@std/assert";
import { NotebookError } from "../../../kernel/notebook/format.ts";
import { readArguments } from "../../../kernel/runner/arguments.ts";

Deno.test("notebooks, parameters and where to write", () => {
  const { notebooks, parameters, out, html } = readArguments(
    ["a.ipynb", "--set", "steps=200", "--set=prompt=a = b", "7.ipynb", "--html", "--out", "o"],
  );
  assertEquals(notebooks, ["a.ipynb", "7.ipynb"]);
  assertEquals([...parameters], [["steps", "200"], ["prompt", "a = b"]]);
  assertEquals([out, html], ["o", true]);
  assertEquals(readArguments(["a.ipynb"]).out, "out");
});

Deno.test("a command line that asks for nothing, or for something unknown, is refused", () => {
  const cases: [args: string[], says: string][] = [
    [[], "No notebook was given"],
    [["a.ipynb", "--sett", "a=1"], "There is no option --sett"],
    [["a.ipynb", "--set", "steps"], "--set steps sets nothing"],
    [["a.ipynb", "--set", "=3"], "--set =3 sets nothing"],
    [["a.ipynb", "--set"], "sets nothing"],
    [["a.ipynb", "--out", ""], "--out needs a folder"],
  ];
  for (const [args, says] of cases) assertThrows(() => readArguments(args), NotebookError, says);
});
