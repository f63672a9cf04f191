// Packages in Deno's cache, found by range.

import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { NpmCache, parsePackage } from "../../../../kernel/language/service/npm_cache.ts";

Deno.test("a package specifier is read into its parts", () => {
  assertEquals(parsePackage("d3-scale"), { name: "d3-scale", range: "", subpath: "" });
  assertEquals(parsePackage("/@a/b@^1.2/c/d.js"), {
    name: "@a/b",
    range: "^1.2",
    subpath: "/c/d.js",
  });
  assertEquals(parsePackage(""), undefined);
});

Deno.test("the newest cached version in a range is taken", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (const version of ["1.2.0", "1.10.0", "2.0.0-beta.1", "2.0.0"]) {
      await Deno.mkdir(join(folder, "boat", version), { recursive: true });
    }
    await Deno.writeTextFile(join(folder, "boat", "registry.json"), "{}");
    const cache = new NpmCache(folder);
    const found = (range: string) => cache.find("boat", range)?.slice(folder.length);
    assertEquals(found("^1.0.0"), "/boat/1.10.0");
    assertEquals(found("1.2.0"), "/boat/1.2.0");
    assertEquals(found(""), "/boat/2.0.0");
    assertEquals(found("latest"), "/boat/2.0.0");
    assertEquals(found("^3"), undefined);
    assertEquals(cache.find("ship", ""), undefined);
    assertEquals(cache.list(), ["boat@2.0.0"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
