// Notebooks in the lab's page: the course's, run cell by cell, and what a cell can show and be asked.

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { readNotebook } from "../../kernel/notebook/read.ts";
import { inLab } from "./testing/in_lab.ts";
import { NotebookPage } from "./testing/notebook_page.ts";

inLab({
  "the start page lists the course in order, and opens it": async ({ lab, context }) => {
    const tab = new NotebookPage(await context.newPage(), lab);
    await tab.page.goto(lab.address);
    const lessons = tab.page.locator(".dials-lesson");
    await lessons.first().waitFor();
    const numbers = await tab.page.locator(".dials-lesson-number").allInnerTexts();
    assertEquals(numbers, [...numbers].sort((a, b) => Number(a) - Number(b)));
    assert(numbers.length >= 5);
    for (const summary of await tab.page.locator(".dials-lesson-summary").allInnerTexts()) {
      assertMatch(summary, /\w.*[.?!]$/);
    }
    await lessons.filter({ hasText: "Tokenization" }).click();
    await tab.ready();
    await tab.cell(0).getByRole("heading", { name: /Tokenization/ }).waitFor();
    assertMatch(tab.page.url(), /\/lab\/tree\/notebooks\/01_tokenization.ipynb$/);
    // Nothing has been changed, so there is nothing to save.
    assertEquals(await tab.page.locator(".lm-TabBar-tab.jp-mod-dirty").count(), 0);
    await tab.close();
  },

  "a notebook of the course runs cell by cell and is saved as valid nbformat": async (
    { lab, context },
  ) => {
    const path = "notebooks/01_tokenization.ipynb";
    const tab = await NotebookPage.open(context, { lab, path });
    const size = tab.page.getByRole("textbox", { name: "size", exact: true });
    await size.fill("100_000");
    await tab.cell(2).getByText("100_000;").waitFor();
    const { cells } = await readNotebook(join(lab.folder, path));
    await tab.cell(0).click();
    for (const [index, { cell_type }] of cells.entries()) {
      await tab.page.keyboard.press("Shift+Enter");
      if (cell_type === "code") await tab.ended(index);
    }
    assertEquals(
      await tab.page.locator('[data-mime-type="application/vnd.jupyter.error"]').count(),
      0,
    );
    assert(await tab.page.locator(".dials-plotly .main-svg").count() > 0);
    await tab.save();
    const saved = await readNotebook(join(lab.folder, path));
    // Running the last cell begins a new one.
    const code = saved.cells.slice(0, cells.length).filter((cell) => cell.cell_type === "code");
    assertEquals(code.map(({ execution_count }) => execution_count), code.map((_, i) => i + 1));
    assertStringIncludes(code[0].source, "const size = 100_000;");
    assert(code.slice(1).every(({ outputs }) => outputs.length > 0));
    await assertValid(join(lab.folder, path));
    await tab.close();
  },

  "maths, HTML, tables and figures are shown, and nothing is fetched from outside": async (
    { lab, context },
  ) => {
    const path = await lab.write("shows", [
      { type: "markdown", source: "The loss is $-\\log p$, or\n\n$$\\sum_i x_i^2$$\n" },
      { source: `[{ token: "the", count: 3 }, { token: "a", count: 2 }]` },
      {
        source:
          `({ data: [{ type: "scatter", y: [1, 4, 9] }], layout: { title: { text: "Squares" } } })`,
      },
      { source: `Deno.jupyter.md\`A **bold** claim, $a^2$\`` },
      { source: `console.log("\\x1b[31mred\\x1b[0m"); throw new Error("no good")` },
    ]);
    const tab = await NotebookPage.open(context, { lab, path });
    assertEquals(await tab.cell(0).locator(".katex").count(), 2);
    for (const index of [1, 2, 3, 4]) await tab.runToEnd(index);
    assertEquals(await tab.cell(1).locator("table td").allInnerTexts(), ["the", "3", "a", "2"]);
    await tab.cell(2).locator(".main-svg").getByText("Squares").waitFor();
    await tab.cell(3).locator("strong").waitFor();
    await tab.cell(3).locator(".katex").waitFor();
    assertMatch(await tab.output(4), /red\s+Error: no good/);
    assertEquals(await tab.cell(4).locator(".ansi-red-fg").first().innerText(), "red");
    await tab.close();
  },

  "Tab completes and Shift-Tab explains": async ({ lab, context }) => {
    const path = await lab.write("assists", [{ source: "" }]);
    const tab = await NotebookPage.open(context, { lab, path });
    await tab.cell(0).locator(".cm-content").click();
    await tab.page.keyboard.type(`[1, 2].reduceR`);
    await tab.page.keyboard.press("Tab");
    await tab.page.locator(".jp-Completer-item").getByText("reduceRight").waitFor();
    await tab.page.keyboard.press("Enter");
    await tab.cell(0).getByText("[1, 2].reduceRight").waitFor();
    await tab.page.keyboard.press("Shift+Tab");
    await tab.page.locator(".jp-Tooltip").getByText("callbackfn").first().waitFor();
    await tab.page.keyboard.press("Escape");
    await tab.page.keyboard.press("Control+z");
    await tab.close();
  },

  "cells can be added, deleted and brought back by keys": async ({ lab, context }) => {
    const path = await lab.write("edits", [{ source: "1" }, { source: "2" }]);
    const tab = await NotebookPage.open(context, { lab, path });
    await tab.cell(0).locator(".jp-InputPrompt").click();
    await tab.page.keyboard.press("b");
    await tab.hasCells(3);
    await tab.page.waitForTimeout(600); // what is done within half a second is undone together
    await tab.page.keyboard.press("d");
    await tab.page.keyboard.press("d");
    await tab.hasCells(2);
    await tab.page.waitForTimeout(600);
    await tab.page.keyboard.press("z");
    await tab.hasCells(3);
    await tab.page.keyboard.press("Control+f");
    await tab.page.locator(".jp-DocumentSearch-overlay").waitFor();
    await tab.close();
  },
});

/** Judges a file by Jupyter's own definition, where Python has it. */
async function assertValid(path: string): Promise<void> {
  const program =
    "import sys, nbformat; nbformat.validate(nbformat.read(sys.argv[1], as_version=4))";
  for (const python of [Deno.env.get("DIALS_PYTHON") ?? "python3", "/usr/bin/python3"]) {
    const run = (args: string[]) =>
      new Deno.Command(python, { args, stderr: "piped" }).output().catch(() => undefined);
    if ((await run(["-c", "import nbformat"]))?.success !== true) continue;
    const judged = await run(["-c", program, path]);
    assert(judged?.success, new TextDecoder().decode(judged?.stderr));
    return;
  }
}
