// /api/contents, endpoint by endpoint.

import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertStringIncludes,
} from "@std/assert";
import { join } from "@std/path";
import { TestLab } from "./testing/test_lab.ts";

const CELL = { cell_type: "code", id: "a", metadata: {}, execution_count: null, outputs: [] };
const NOTEBOOK = {
  cells: [{ ...CELL, source: "1\n2" }],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
};

Deno.test("a folder lists what is in it, hidden files left out", async () => {
  await using lab = await TestLab.start();
  await lab.write("b.txt", "text");
  await lab.write("a.ipynb", JSON.stringify(NOTEBOOK));
  await lab.write(".hidden", "");
  await Deno.mkdir(join(lab.folder, "sub"));
  const { status, json } = await lab.ask("/api/contents");
  assertEquals(status, 200);
  assertEquals([json.type, json.format, json.path, json.name], ["directory", "json", "", ""]);
  const entries = json.content.map((
    { name, type, size }: Record<string, unknown>,
  ) => [name, type, size]);
  assertEquals(entries, [
    ["a.ipynb", "notebook", JSON.stringify(NOTEBOOK).length],
    ["b.txt", "file", 4],
    ["sub", "directory", null],
  ]);
  const { json: bare } = await lab.ask("/api/contents?content=0");
  assertEquals(bare.content, null);
});

Deno.test("a file comes as text where it is text, and as base64 otherwise or when asked", async () => {
  await using lab = await TestLab.start();
  await lab.write("text.ts", "const ä = 1;");
  await lab.write("bytes.png", new Uint8Array([0x89, 0xff, 0xfe]));
  const text = (await lab.ask("/api/contents/text.ts")).json;
  assertEquals([text.content, text.format, text.mimetype], [
    "const ä = 1;",
    "text",
    "text/typescript",
  ]);
  const bytes = (await lab.ask("/api/contents/bytes.png")).json;
  assertEquals([bytes.content, bytes.format, bytes.mimetype], ["if/+", "base64", "image/png"]);
  const asked = (await lab.ask("/api/contents/text.ts?format=base64")).json;
  assertEquals([atob(asked.content).length, asked.format], [13, "base64"]);
  const refused = await lab.ask("/api/contents/bytes.png?format=text");
  assertEquals(refused.status, 400);
  assertStringIncludes(refused.json.message, "not UTF-8");
});

Deno.test("names with spaces, umlauts and percent signs are found", async () => {
  await using lab = await TestLab.start();
  for (const name of ["a b.txt", "Übung 1.txt", "100%.txt", "a+b.txt", "%2e.txt", "#.txt"]) {
    await lab.write(name, name);
    assertEquals((await lab.ask(`/api/contents/${encodeURIComponent(name)}`)).json.content, name);
  }
});

Deno.test("what is asked for as something else is refused, and what is not there is not found", async () => {
  await using lab = await TestLab.start();
  await lab.write("a.txt", "");
  const statusOf = async (path: string) => (await lab.ask(`/api/contents/${path}`)).status;
  assertEquals(await statusOf("a.txt?type=directory"), 400);
  assertEquals(await statusOf("?type=file"), 400);
  assertEquals(await statusOf("none.txt"), 404);
  assertEquals(await statusOf("a.txt/b"), 404);
  assertEquals(await statusOf("a.txt?content=2"), 400);
  assertEquals(await statusOf("a.txt?format=xml"), 400);
});

Deno.test("a file that is too large to be opened is refused before it is read, and can be downloaded", async () => {
  await using lab = await TestLab.start();
  const file = await lab.write("large.bin", "");
  await Deno.truncate(file, 2 ** 31);
  const { status, json } = await lab.ask("/api/contents/large.bin");
  assertEquals(status, 413);
  assertStringIncludes(json.message, "too large to be opened");
  const { headers } = await lab.ask("/files/large.bin", { method: "HEAD" });
  assertEquals(headers.get("content-length"), String(2 ** 31));
});

Deno.test("a notebook's long texts are single strings for clients and lines in its file", async () => {
  await using lab = await TestLab.start();
  const output = { output_type: "stream", name: "stdout", text: ["x\n", "y\n"] };
  const image = {
    output_type: "display_data",
    metadata: {},
    data: { "image/png": "AA==", "text/plain": ["p", "q"] },
  };
  const cells = [{
    ...CELL,
    source: ["1\n", "2"],
    outputs: [output, image],
    other: { kept: true },
  }];
  await lab.write("a.ipynb", JSON.stringify({ ...NOTEBOOK, cells, future: 1 }));
  const { content } = (await lab.ask("/api/contents/a.ipynb")).json;
  assertEquals(content.cells[0].source, "1\n2");
  assertEquals(content.cells[0].outputs[0].text, "x\ny\n");
  assertEquals(content.cells[0].outputs[1].data, { "image/png": "AA==", "text/plain": "pq" });
  const saved = await lab.ask("/api/contents/a.ipynb", {
    method: "PUT",
    body: { type: "notebook", content },
  });
  assertEquals(saved.status, 200);
  const text = await Deno.readTextFile(join(lab.folder, "a.ipynb"));
  const file = JSON.parse(text);
  assertEquals(file.cells[0].source, ["1\n", "2"]);
  assertEquals(file.cells[0].outputs[0].text, ["x\n", "y\n"]);
  // What this project does not know of stays; what the server noted for the page goes.
  assertEquals([file.cells[0].other, file.future, file.cells[0].metadata], [{ kept: true }, 1, {}]);
  assertMatch(text, /^\{\n "cells": \[\n {2}\{\n {3}"cell_type"/);
  assert(text.endsWith("}\n"));
});

Deno.test("a file that is no notebook, or of another format, is refused in one sentence", async () => {
  await using lab = await TestLab.start();
  for (
    const [text, reason] of [
      ["{", "not JSON"],
      ["[]", "names no nbformat"],
      [`{"nbformat":3,"worksheets":[]}`, "nbformat 3"],
      [`{"nbformat":4}`, "no list of cells"],
    ]
  ) {
    await lab.write("bad.ipynb", text);
    const { status, json } = await lab.ask("/api/contents/bad.ipynb");
    assertEquals(status, 400);
    assertStringIncludes(json.message, reason);
  }
  // As a file it can be mended.
  assertEquals((await lab.ask("/api/contents/bad.ipynb?type=file")).json.content, `{"nbformat":4}`);
  const body = { type: "notebook", content: { cells: 1 } };
  assertEquals((await lab.ask("/api/contents/bad.ipynb", { method: "PUT", body })).status, 400);
  assertEquals(await Deno.readTextFile(join(lab.folder, "bad.ipynb")), `{"nbformat":4}`);
});

Deno.test("files, folders and notebooks are made under names that are free", async () => {
  await using lab = await TestLab.start();
  const make = async (body: Record<string, string>) => {
    const { status, json, headers } = await lab.ask("/api/contents", { method: "POST", body });
    assertEquals(status, 201);
    assertEquals(headers.get("location"), `/api/contents/${encodeURIComponent(json.path)}`);
    return json.path;
  };
  assertEquals(await make({ type: "notebook" }), "Untitled.ipynb");
  assertEquals(await make({ type: "notebook" }), "Untitled1.ipynb");
  assertEquals(await make({ type: "file", ext: ".txt" }), "untitled.txt");
  assertEquals(await make({ type: "file", ext: ".txt" }), "untitled1.txt");
  assertEquals(await make({ type: "directory" }), "Untitled Folder");
  assertEquals(await make({ type: "directory" }), "Untitled Folder 1");
  const { content } = (await lab.ask("/api/contents/Untitled.ipynb")).json;
  assertEquals([content.nbformat, content.cells], [4, []]);
});

Deno.test("a file is saved under its name, and its model comes back without content", async () => {
  await using lab = await TestLab.start();
  const body = { type: "file", format: "text", content: "ä\n" };
  const made = await lab.ask("/api/contents/new.txt", { method: "PUT", body });
  assertEquals([made.status, made.json.content, made.json.size], [201, null, 3]);
  const again = await lab.ask("/api/contents/new.txt", {
    method: "PUT",
    body: { ...body, content: "x" },
  });
  assertEquals(again.status, 200);
  assertEquals(await Deno.readTextFile(join(lab.folder, "new.txt")), "x");
  const binary = { type: "file", format: "base64", content: "if/+" };
  await lab.ask("/api/contents/new.bin", { method: "PUT", body: binary });
  assertEquals(
    await Deno.readFile(join(lab.folder, "new.bin")),
    new Uint8Array([0x89, 0xff, 0xfe]),
  );
  const folder = await lab.ask("/api/contents/sub", { method: "PUT", body: { type: "directory" } });
  assertEquals([folder.status, folder.json.type], [201, "directory"]);
  const wrongs: Record<string, string>[] = [
    { type: "file", content: "x" },
    { type: "file", format: "base64", content: "§" },
    { type: "file" },
  ];
  for (const wrong of wrongs) {
    const { status } = await lab.ask("/api/contents/new.txt", { method: "PUT", body: wrong });
    assertEquals(status, 400);
  }
  assertEquals((await lab.ask("/api/contents/none/a.txt", { method: "PUT", body })).status, 404);
  assertEquals((await lab.ask("/api/contents/.a", { method: "PUT", body })).status, 400);
  assertEquals((await lab.ask("/api/contents/sub", { method: "PUT", body })).status, 400);
});

Deno.test("a save keeps a file's permissions and leaves nothing beside it", async () => {
  if (Deno.build.os === "windows") return;
  await using lab = await TestLab.start();
  const file = await lab.write("tool.sh", "old");
  await Deno.chmod(file, 0o750);
  const body = { type: "file", format: "text", content: "new" };
  await lab.ask("/api/contents/tool.sh", { method: "PUT", body });
  assertEquals((await Deno.stat(file)).mode! & 0o777, 0o750);
  assertEquals([...Deno.readDirSync(lab.folder)].map(({ name }) => name), ["tool.sh"]);
});

Deno.test("a file that has changed on disk is told by its hash and its time", async () => {
  await using lab = await TestLab.start();
  const file = await lab.write("a.ipynb", JSON.stringify(NOTEBOOK));
  const before = (await lab.ask("/api/contents/a.ipynb?content=0&hash=1")).json;
  assertEquals(before.hash_algorithm, "sha256");
  assertMatch(before.hash, /^[0-9a-f]{64}$/);
  await Deno.writeTextFile(file, JSON.stringify({ ...NOTEBOOK, metadata: { by: "another" } }));
  await Deno.utime(file, new Date(), new Date(Date.now() + 5_000));
  const after = (await lab.ask("/api/contents/a.ipynb?content=0&hash=1")).json;
  assertNotEquals(after.hash, before.hash);
  assert(after.last_modified > before.last_modified);
});

Deno.test("a file moves, but not over another, and takes its checkpoint along", async () => {
  await using lab = await TestLab.start();
  await lab.write("a.txt", "a");
  await lab.write("b.txt", "b");
  await Deno.mkdir(join(lab.folder, "sub"));
  await lab.ask("/api/contents/a.txt/checkpoints", { method: "POST" });
  const move = (from: string, path: string) =>
    lab.ask(`/api/contents/${from}`, { method: "PATCH", body: { path } });
  assertEquals((await move("a.txt", "b.txt")).status, 409);
  assertEquals(await Deno.readTextFile(join(lab.folder, "b.txt")), "b");
  const moved = await move("a.txt", "sub/c.txt");
  assertEquals([moved.status, moved.json.path, moved.json.name], [200, "sub/c.txt", "c.txt"]);
  assertEquals((await lab.ask("/api/contents/a.txt")).status, 404);
  assertEquals((await lab.ask("/api/contents/sub/c.txt/checkpoints")).json.length, 1);
  assertEquals((await move("none.txt", "d.txt")).status, 404);
  assertEquals((await move("sub", "folder")).status, 200);
  assertEquals((await lab.ask("/api/contents/folder/c.txt")).json.content, "a");
});

Deno.test("a copy has a name of its own, of a folder too", async () => {
  await using lab = await TestLab.start();
  await lab.write("a.txt", "a");
  await Deno.mkdir(join(lab.folder, "sub"));
  const copy = async (from: string, where = "") =>
    (await lab.ask(`/api/contents/${where}`, { method: "POST", body: { copy_from: from } })).json
      .path;
  assertEquals(await copy("a.txt"), "a-Copy1.txt");
  assertEquals(await copy("a.txt"), "a-Copy2.txt");
  assertEquals(await copy("a-Copy1.txt"), "a-Copy3.txt");
  assertEquals(await copy("a.txt", "sub"), "sub/a.txt");
  assertEquals(await copy("sub"), "sub-Copy1");
  assertEquals((await lab.ask("/api/contents/sub-Copy1/a.txt")).json.content, "a");
  const { status } = await lab.ask("/api/contents/sub", {
    method: "POST",
    body: { copy_from: "sub" },
  });
  assertEquals(status, 400);
});

Deno.test("a file is removed, a folder only when nothing is in it", async () => {
  await using lab = await TestLab.start();
  await Deno.mkdir(join(lab.folder, "sub"));
  await lab.write("sub/a.txt", "a");
  await lab.ask("/api/contents/sub/a.txt/checkpoints", { method: "POST" });
  const remove = async (path: string) =>
    (await lab.ask(`/api/contents/${path}`, { method: "DELETE" })).status;
  assertEquals(await remove("sub"), 400);
  assertEquals(await remove("sub/a.txt"), 204);
  assertEquals(await remove("sub/a.txt"), 404);
  assertEquals(await remove("sub"), 204);
  assertEquals(await remove(""), 400);
  assertEquals([...Deno.readDirSync(lab.folder)], []);
});

Deno.test("a large file comes in pieces, and replaces the old one with the last", async () => {
  await using lab = await TestLab.start();
  const file = await lab.write("big.bin", "old");
  const send = (chunk: number, content: string) =>
    lab.ask("/api/contents/big.bin", {
      method: "PUT",
      body: { type: "file", format: "base64", chunk, content: btoa(content) },
    });
  assertEquals((await send(1, "one ")).json.path, "big.bin");
  assertEquals((await send(2, "two ")).status, 200);
  assertEquals(await Deno.readTextFile(file), "old");
  assertEquals((await send(5, "?")).status, 400);
  const last = await send(-1, "three");
  assertEquals([last.status, last.json.size], [200, 13]);
  assertEquals(await Deno.readTextFile(file), "one two three");
  assertEquals((await send(2, "late")).status, 400);
});

Deno.test("an upload that breaks off leaves the old file, and nothing else once the lab ends", async () => {
  const lab = await TestLab.start();
  const file = await lab.write("big.bin", "old");
  const body = { type: "file", format: "text", chunk: 1, content: "new" };
  await lab.ask("/api/contents/big.bin", { method: "PUT", body });
  await lab.lab.close();
  assertEquals([...Deno.readDirSync(lab.folder)].map(({ name }) => name), ["big.bin"]);
  assertEquals(await Deno.readTextFile(file), "old");
  await Deno.remove(lab.outside, { recursive: true });
});

Deno.test("a checkpoint keeps a file as it was, and brings it back", async () => {
  await using lab = await TestLab.start();
  const file = await lab.write("a.ipynb", "one");
  const checkpoints = "/api/contents/a.ipynb/checkpoints";
  assertEquals((await lab.ask(checkpoints)).json, []);
  const made = await lab.ask(checkpoints, { method: "POST" });
  assertEquals([made.status, made.json.id], [201, "checkpoint"]);
  assertEquals(made.headers.get("location"), `${checkpoints}/checkpoint`);
  assertEquals((await lab.ask(checkpoints)).json, [made.json]);
  await Deno.writeTextFile(file, "two");
  const path = join(lab.folder, ".ipynb_checkpoints", "a-checkpoint.ipynb");
  assertEquals(await Deno.readTextFile(path), "one"); // where Jupyter looks for it
  assertEquals((await lab.ask(`${checkpoints}/checkpoint`, { method: "POST" })).status, 204);
  assertEquals(await Deno.readTextFile(file), "one");
  assertEquals((await lab.ask(`${checkpoints}/none`, { method: "POST" })).status, 404);
  assertEquals((await lab.ask(`${checkpoints}/checkpoint`, { method: "DELETE" })).status, 204);
  assertEquals((await lab.ask(checkpoints)).json, []);
});

Deno.test("the first save of a notebook makes a checkpoint", async () => {
  await using lab = await TestLab.start();
  const body = { type: "notebook", content: NOTEBOOK };
  await lab.ask("/api/contents/a.ipynb", { method: "PUT", body });
  assertEquals((await lab.ask("/api/contents/a.ipynb/checkpoints")).json.length, 1);
});

Deno.test("a file can be looked at, downloaded and read in parts", async () => {
  await using lab = await TestLab.start();
  await lab.write("Über.txt", "0123456789");
  const path = `/files/${encodeURIComponent("Über.txt")}`;
  const shown = await lab.ask(path);
  assertEquals([shown.status, shown.text], [200, "0123456789"]);
  assertEquals(shown.headers.get("content-type"), "text/plain; charset=utf-8");
  const saved = await lab.ask(`${path}?download=1`);
  assertEquals(
    saved.headers.get("content-disposition"),
    "attachment; filename*=utf-8''%C3%9Cber.txt",
  );
  const part = await lab.ask(path, { headers: { range: "bytes=2-4" } });
  assertEquals([part.status, part.text], [206, "234"]);
  assertEquals(part.headers.get("content-range"), "bytes 2-4/10");
  assertEquals((await lab.ask(path, { headers: { range: "bytes=-3" } })).text, "789");
  assertEquals((await lab.ask(path, { method: "HEAD" })).headers.get("content-length"), "10");
});
