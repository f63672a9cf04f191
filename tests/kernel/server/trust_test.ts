// Whose outputs a page may show with everything that is in them.

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import type { JsonObject } from "../../../kernel/notebook/format.ts";
import { TestLab } from "./testing/test_lab.ts";

const HTML = {
  output_type: "display_data",
  data: { "text/html": "<script>alert(1)</script>" },
  metadata: {},
};

function notebook(outputs: JsonObject[], metadata: JsonObject = {}): JsonObject {
  const cell = { cell_type: "code", id: "a", metadata, source: "1", execution_count: 1, outputs };
  return { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 };
}

async function isTrusted(lab: TestLab): Promise<boolean> {
  const { content } = (await lab.ask("/api/contents/a.ipynb")).json;
  return content.cells[0].metadata.trusted;
}

Deno.test("a notebook from elsewhere is not trusted until the user says so", async () => {
  await using lab = await TestLab.start();
  await lab.write("a.ipynb", JSON.stringify(notebook([HTML])));
  assertEquals(await isTrusted(lab), false);
  assertEquals((await lab.ask("/api/contents/a.ipynb/trust", { method: "POST" })).status, 201);
  assertEquals(await isTrusted(lab), true);
  // In another place it has the same content; with another content it is another notebook.
  await lab.ask("/api/contents/a.ipynb", { method: "PATCH", body: { path: "b.ipynb" } });
  await lab.ask("/api/contents/b.ipynb", { method: "PATCH", body: { path: "a.ipynb" } });
  assertEquals(await isTrusted(lab), true);
  const evil = { ...HTML, data: { "text/html": "<script>alert(2)</script>" } };
  await lab.write("a.ipynb", JSON.stringify(notebook([evil])));
  assertEquals(await isTrusted(lab), false);
});

Deno.test("a notebook whose cells this user has run is trusted when it is saved, and opened again", async () => {
  await using lab = await TestLab.start();
  const save = (content: JsonObject) =>
    lab.ask("/api/contents/a.ipynb", { method: "PUT", body: { type: "notebook", content } });
  await save(notebook([HTML], { trusted: true }));
  assertEquals(await isTrusted(lab), true);
  const text = await Deno.readTextFile(join(lab.folder, "a.ipynb"));
  assert(!text.includes("trusted"), "a file cannot say of itself that it is trusted");
  await save(notebook([HTML, HTML], { trusted: false }));
  assertEquals(await isTrusted(lab), false);
  await save(notebook([]));
  assertEquals(await isTrusted(lab), true);
});

Deno.test("a cell without outputs has nothing that would have to be trusted", async () => {
  await using lab = await TestLab.start();
  await lab.write("a.ipynb", JSON.stringify(notebook([])));
  assertEquals(await isTrusted(lab), true);
});

Deno.test("a file that calls itself trusted is not", async () => {
  await using lab = await TestLab.start();
  await lab.write("a.ipynb", JSON.stringify(notebook([HTML], { trusted: true })));
  assertEquals(await isTrusted(lab), false);
});

Deno.test("the key of the signatures is for this user alone", async () => {
  if (Deno.build.os === "windows") return;
  await using lab = await TestLab.start();
  await lab.write("a.ipynb", JSON.stringify(notebook([HTML])));
  await lab.ask("/api/contents/a.ipynb/trust", { method: "POST" });
  const folder = join(lab.outside, "trust");
  assertEquals((await Deno.stat(folder)).mode! & 0o077, 0);
  assertStringIncludes(await Deno.readTextFile(join(folder, "signatures")), "\n");
});
