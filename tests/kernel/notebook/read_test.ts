// Reading notebook files: what is accepted, and what a wrong file is called.

import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { NotebookError } from "../../../kernel/notebook/format.ts";
import { parseNotebook, readNotebook } from "../../../kernel/notebook/read.ts";

function fileWith(cells: unknown[], nbformat_minor = 5): string {
  return JSON.stringify({ nbformat: 4, nbformat_minor, metadata: {}, cells });
}

Deno.test("text that a file holds as lines is one string", () => {
  const { cells } = parseNotebook(fileWith([
    { cell_type: "markdown", metadata: {}, source: ["# One\n", "two"] },
    { cell_type: "code", metadata: {}, source: "1", execution_count: null, outputs: [] },
  ]));
  assertEquals(cells.map(({ source }) => source), ["# One\ntwo", "1"]);
});

Deno.test("cells of an older minor get ids that differ and stay the same from one reading to the next", () => {
  const text = fileWith([
    { cell_type: "markdown", metadata: {}, source: "" },
    { cell_type: "markdown", id: "cell-1", metadata: {}, source: "" },
    { cell_type: "markdown", id: "cell-1", metadata: {}, source: "" },
    { cell_type: "markdown", id: "not valid!", metadata: {}, source: "" },
  ], 2);
  const ids = parseNotebook(text).cells.map(({ id }) => id);
  assertEquals(ids, ["cell-2", "cell-1", "cell-3", "cell-4"]);
  assertEquals(parseNotebook(text).cells.map(({ id }) => id), ids);
});

Deno.test("outputs keep JSON as JSON and text as text", () => {
  const figure = { data: [{ y: [1, 2] }], layout: {} };
  const [cell] = parseNotebook(fileWith([{
    cell_type: "code",
    metadata: {},
    source: [],
    execution_count: 3,
    outputs: [{
      output_type: "display_data",
      metadata: {},
      data: { "application/vnd.plotly.v1+json": figure, "text/plain": ["a\n", "b"] },
    }],
  }])).cells;
  assertEquals(cell.cell_type === "code" && cell.outputs[0], {
    output_type: "display_data",
    metadata: {},
    data: { "application/vnd.plotly.v1+json": figure, "text/plain": "a\nb" },
  });
});

Deno.test("a file that is no notebook is refused with what it is instead", () => {
  const name = "x.ipynb";
  const cases: [text: string, says: string][] = [
    ["", "x.ipynb is empty"],
    ["import json", "x.ipynb is not JSON"],
    ['{"cells": [', "x.ipynb is not JSON"],
    ["[1, 2]", "x.ipynb is JSON but not a Jupyter notebook"],
    ['{"a": 1}', "x.ipynb is JSON but not a Jupyter notebook"],
    ['{"nbformat": 3, "worksheets": []}', "x.ipynb is written in nbformat 3"],
    ['{"nbformat": 4}', "x.ipynb is no valid notebook: it has no list of cells"],
    [
      fileWith([{ cell_type: "heading", source: "" }]),
      'Cell 1 of x.ipynb has the cell_type "heading"',
    ],
    [fileWith([{ cell_type: "code", source: 3 }]), "The source of cell 1 of x.ipynb is neither"],
    [
      fileWith([{ cell_type: "code", source: "", outputs: [{ output_type: "pyout" }] }]),
      'An output of cell 1 of x.ipynb has the output_type "pyout"',
    ],
  ];
  for (const [text, says] of cases) {
    const error = assertThrows(() => parseNotebook(text, { name }), NotebookError, says);
    assertEquals(error.message.includes("\n"), false, "one line");
  }
});

Deno.test("a path without a notebook is refused by its name", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await assertRejects(
      () => readNotebook(`${folder}/no.ipynb`),
      NotebookError,
      "There is no notebook",
    );
    await assertRejects(() => readNotebook(folder), NotebookError, "is a folder");
    await Deno.writeFile(`${folder}/b.ipynb`, new Uint8Array([0xff, 0xfe, 0x00]));
    await assertRejects(() => readNotebook(`${folder}/b.ipynb`), NotebookError, "not UTF-8");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
