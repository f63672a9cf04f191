// The nearest deno.json of a notebook.

import { assertEquals, assertStringIncludes } from "@std/assert";
import { join, toFileUrl } from "@std/path";
import { readNotebookConfig } from "../../../kernel/session/notebook_config.ts";

/** Reads the configuration for `folder/a/b`, where some files lie below `folder`. */
async function configOf(files: Record<string, string>) {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    await Deno.mkdir(join(folder, "a", "b"), { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(join(folder, name), text);
    }
    return { folder, ...readNotebookConfig(join(folder, "a", "b")) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("without a deno.json the import map is our own", async () => {
  const { path, importMap } = await configOf({});
  assertEquals(path, undefined);
  assertEquals(importMap.imports.dials, new URL("../../../lib/mod.ts", import.meta.url).href);
});

Deno.test("the nearest deno.json wins, with addresses relative to itself", async () => {
  const { folder, path, importMap, compilerOptions } = await configOf({
    "deno.json": '{ "imports": { "far": "./far.ts" } }',
    "a/deno.jsonc": '{ /* near */ "imports": { "near": "./near.ts", "n": "npm:d3-scale@4" }, ' +
      '"compilerOptions": { "jsx": "react-jsx" } }',
  });
  assertEquals(path, join(folder, "a", "deno.jsonc"));
  assertEquals(importMap.imports.near, toFileUrl(join(folder, "a", "near.ts")).href);
  assertEquals(importMap.imports.far, undefined);
  assertEquals(importMap.imports["n/"], "npm:/d3-scale@4/");
  assertEquals(compilerOptions, { jsx: "react-jsx" });
});

Deno.test("an import map may stand in a file of its own", async () => {
  const { folder, importMap } = await configOf({
    "deno.json": '{ "importMap": "a/map.json" }',
    "a/map.json":
      '{ "imports": { "boat": "./boat.ts" }, "scopes": { "./b/": { "boat": "./other.ts" } } }',
  });
  assertEquals(importMap.imports.boat, toFileUrl(join(folder, "a", "boat.ts")).href);
  const scope = toFileUrl(join(folder, "a", "b")).href + "/";
  assertEquals(importMap.scopes?.[scope], { boat: toFileUrl(join(folder, "a", "other.ts")).href });
});

Deno.test("a file that is no configuration is told, and ours counts", async () => {
  for (const text of ["{ nonsense", "[]", "7"]) {
    const { problem, path, importMap } = await configOf({ "deno.json": text });
    assertStringIncludes(problem ?? "", "is not used");
    assertEquals(path, undefined);
    assertEquals("dials" in importMap.imports, true);
  }
});
