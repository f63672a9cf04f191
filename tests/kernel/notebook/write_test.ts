// Writing notebook files: the text is Jupyter's own, and a file is there whole or not at all.

import { assertEquals, assertRejects } from "@std/assert";
import type { Notebook } from "../../../kernel/notebook/format.ts";
import { parseNotebook } from "../../../kernel/notebook/read.ts";
import { serializeNotebook, writeNotebook } from "../../../kernel/notebook/write.ts";

const NOTEBOOK: Notebook = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { kernelspec: { name: "dials", display_name: "Dials" } },
  cells: [
    { cell_type: "markdown", id: "a", metadata: {}, source: "# Ü\n\ntext" },
    {
      cell_type: "code",
      id: "b",
      metadata: { tags: ["parameters"] },
      source: "",
      execution_count: 1,
      outputs: [{ output_type: "stream", name: "stdout", text: "1\n2\n" }, {
        output_type: "execute_result",
        data: { "text/plain": "x\ny", "image/png": "iVBO\n" },
        metadata: {},
        execution_count: 1,
      }],
    },
  ],
};

Deno.test("a notebook is written as Jupyter writes it", () => {
  // What nbformat 5 gives for the same notebook.
  assertEquals(
    serializeNotebook(NOTEBOOK),
    `{
 "cells": [
  {
   "cell_type": "markdown",
   "id": "a",
   "metadata": {},
   "source": [
    "# Ü\\n",
    "\\n",
    "text"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": 1,
   "id": "b",
   "metadata": {
    "tags": [
     "parameters"
    ]
   },
   "outputs": [
    {
     "name": "stdout",
     "output_type": "stream",
     "text": [
      "1\\n",
      "2\\n"
     ]
    },
    {
     "data": {
      "image/png": "iVBO\\n",
      "text/plain": [
       "x\\n",
       "y"
      ]
     },
     "execution_count": 1,
     "metadata": {},
     "output_type": "execute_result"
    }
   ],
   "source": []
  }
 ],
 "metadata": {
  "kernelspec": {
   "display_name": "Dials",
   "name": "dials"
  }
 },
 "nbformat": 4,
 "nbformat_minor": 5
}
`,
  );
});

Deno.test("what is written reads back the same", () => {
  assertEquals(parseNotebook(serializeNotebook(NOTEBOOK)), NOTEBOOK);
});

Deno.test("writing makes the folder and leaves nothing beside the file", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await writeNotebook(`${folder}/new/deep/n.ipynb`, NOTEBOOK);
    assertEquals([...Deno.readDirSync(`${folder}/new/deep`)].map(({ name }) => name), ["n.ipynb"]);
    // A folder stands where the file should go: the rename fails, and what was begun is taken away.
    await Deno.mkdir(`${folder}/m.ipynb/full`, { recursive: true });
    await assertRejects(() => writeNotebook(`${folder}/m.ipynb`, NOTEBOOK));
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), ["m.ipynb", "new"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
