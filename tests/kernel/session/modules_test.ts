// Modules: what a notebook's folder and its deno.json mean for the imports of cells.

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { type Answer, ofType, printed, result, TestKernel } from "../testing/test_kernel.ts";

/** A test with a kernel in a folder that holds some files. */
function folderTest(
  claim: string,
  files: Record<string, string>,
  test: (kernel: TestKernel, write: (name: string, text: string) => Promise<void>) => Promise<void>,
): void {
  Deno.test({
    name: claim,
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => {
      const folder = await Deno.makeTempDir();
      const write = (name: string, text: string) => Deno.writeTextFile(join(folder, name), text);
      try {
        for (const [name, text] of Object.entries(files)) await write(name, text);
        await using kernel = await TestKernel.start({ folder });
        await test(kernel, write);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

function traceback({ messages }: Answer): string {
  // deno-lint-ignore no-control-regex -- colours
  return messages.find(ofType("error"))?.content.traceback.join("\n").replace(/\x1b\[\d+m/g, "");
}

const FLEET = {
  "boat.ts": "export const length: number = 12;",
  "fleet.ts": "import { length } from './boat.ts'; export const total = length * 2;",
};

folderTest(
  "a module edited on disk is loaded afresh, its importers too",
  FLEET,
  async (kernel, write) => {
    const importing =
      "import { total } from './fleet.ts'; import { length } from './boat.ts'; [total, length]";
    assertEquals(result(await kernel.execute(importing)), "[ 24, 12 ]");
    await write("boat.ts", "export const length: number = 5; // shorter");
    assertEquals(result(await kernel.execute("[total, length]")), "[ 24, 12 ]");
    assertEquals(result(await kernel.execute(importing)), "[ 10, 5 ]");
  },
);

folderTest("a module that did not change keeps its state", {
  "counter.ts": "export let count = 0; export const increase = () => ++count;",
}, async (kernel) => {
  const importing = "import { increase } from './counter.ts'; increase()";
  assertEquals(result(await kernel.execute(importing)), "1");
  assertEquals(result(await kernel.execute(importing)), "2");
});

folderTest("a change behind modules that import each other is seen", {
  "a.ts": "import { b } from './b.ts'; export const a = () => 'a' + b();",
  "b.ts": "import { a } from './a.ts'; export const b = () => typeof a + 1;",
}, async (kernel, write) => {
  const importing = "(await import('./a.ts')).a()";
  assertEquals(result(await kernel.execute(importing)), '"afunction1"');
  await write("b.ts", "import { a } from './a.ts'; export const b = () => typeof a + 22;");
  assertEquals(result(await kernel.execute(importing)), '"afunction22"');
});

folderTest("a module that failed is tried again once it is mended", {
  "boat.ts": "import './sail.ts'; export const boat = 1;",
  "sail.ts": "throw new Error('torn')",
}, async (kernel, write) => {
  const importing = "import { boat } from './boat.ts'; boat";
  assertStringIncludes(traceback(await kernel.execute(importing)), "torn");
  await write("sail.ts", "export const mended = true;");
  assertEquals(result(await kernel.execute(importing)), "1");
  const missing = "import { mast } from './mast.ts'; mast";
  assertEquals((await kernel.execute(missing)).reply.content.status, "error");
  await write("mast.ts", "export const mast = 2;");
  assertEquals(result(await kernel.execute(missing)), "2");
});

folderTest("an error in a module names its file and line, and the cell's", {
  "sink.ts":
    "interface Boat { name: string }\n\nexport function sink(boat: Boat): never {\n  throw new Error(boat.name);\n}",
}, async (kernel, write) => {
  const code = "import { sink } from './sink.ts';\n\nsink({ name: 'Anna' })";
  const first = traceback(await kernel.execute(code)).split("\n");
  assertMatch(first[1], /at sink \(file:\/\/.*\/sink\.ts:4:9\)$/);
  assertMatch(first[2], /at In\[1\]:3:1$/);
  await write(
    "sink.ts",
    "\n\n\nexport function sink(boat: { name: string }): never { throw new Error(boat.name) }",
  );
  const second = traceback(await kernel.execute(code)).split("\n");
  assertMatch(second[1], /at sink \(file:\/\/.*\/sink\.ts:4:\d+\)$/);
});

folderTest("the nearest deno.json's import map counts, and dials stays the library", {
  "deno.json": `{
    // With comments, as Deno allows.
    "imports": { "fleet": "./fleet.ts", "@/": "./", "fc": "npm:fast-check@4.3.0", "path": "node:path" }
  }`,
  ...FLEET,
}, async (kernel, write) => {
  const importing =
    "import { total } from 'fleet'; import { length } from '@/boat.ts'; [total, length]";
  assertEquals(result(await kernel.execute(importing)), "[ 24, 12 ]");
  await write("boat.ts", "export const length = 1;");
  assertEquals(result(await kernel.execute(importing)), "[ 2, 1 ]");
  const others =
    "import fc from 'fc'; import { join } from 'path'; import { Random } from 'dials';" +
    "[typeof fc.assert, join('a', 'b'), typeof Random]";
  assertEquals(result(await kernel.execute(others)), '[ "function", "a/b", "function" ]');
  const { reply } = await kernel.request("complete_request", {
    code: "import x from 'fl'; import { tot } from 'fleet'",
    cursor_pos: 32,
  });
  assertEquals(reply.content.matches, ["total"]);
});

folderTest("a deno.json may put another module in the place of dials", {
  "deno.json": '{ "imports": { "dials": "./mine.ts" } }',
  "mine.ts": "export const mine = 'my own';",
}, async (kernel) => {
  assertEquals(result(await kernel.execute("import { mine } from 'dials'; mine")), '"my own"');
});

folderTest("a deno.json that cannot be read is told once, and cells run", {
  "deno.json": "{ imports: ",
}, async (kernel) => {
  const first = await kernel.execute("1");
  assertEquals(result(first), "1");
  assertMatch(printed(first, "stderr"), /deno\.json is not used/);
  assertEquals(printed(await kernel.execute("2"), "stderr"), "");
});

folderTest("JSX is compiled as the deno.json says, by a runtime of its import map", {
  "deno.json": `{
    "imports": { "tiny/jsx-runtime": "./tiny.ts" },
    "compilerOptions": { "jsx": "react-jsx", "jsxImportSource": "tiny" }
  }`,
  "tiny.ts":
    "export const jsx = (tag: string, props: { children?: string }) => `<${tag}>${props.children}</${tag}>`;",
}, async (kernel) => {
  assertEquals(result(await kernel.execute("<b>bold</b>")), '"<b>bold</b>"');
  assertEquals(result(await kernel.execute("const i = <i>it</i>;\ni")), '"<i>it</i>"');
});

folderTest("decorators are the older ones where the deno.json says so", {
  "deno.json": '{ "compilerOptions": { "experimentalDecorators": true } }',
}, async (kernel) => {
  const code =
    "const seen: unknown[] = []; const note = (target: object, key: string) => { seen.push(key) };\n" +
    "class Boat { @note length = 1 }\nseen";
  assertEquals(result(await kernel.execute(code)), '[ "length" ]');
});

folderTest("files and module names are completed inside strings", {
  ...FLEET,
  "log.txt": "",
  ".hidden": "",
}, async (kernel) => {
  const complete = async (code: string, cursor_pos: number) =>
    (await kernel.request("complete_request", { code, cursor_pos })).reply.content;
  const read = await complete("Deno.readTextFile('./l')", 22);
  assertEquals([read.matches, read.cursor_start, read.cursor_end], [["log.txt"], 21, 22]);
  const modules = await complete("import {} from './'", 18);
  assertEquals(modules.matches, ["boat.ts", "fleet.ts"]);
  const names = await complete("import {} from 'dia'", 19);
  assertEquals(names.matches, ["dials"]);
  assert(names.metadata._jupyter_types_experimental[0].type === "module");
  assertEquals((await complete("import { tot } from './fleet.ts'", 12)).matches, ["total"]);
});

folderTest(
  "a module of the web is loaded, and an error in it names its address",
  {},
  async (kernel) => {
    const texts: Record<string, string> = {
      "/sea.ts": "export { depth } from './depth';\n" +
        "export function sink(): never { throw new Error('deep') }",
      "/depth": "export const depth: number = 3;",
    };
    const headers = { "content-type": "application/typescript" };
    await using server = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen: () => {} },
      ({ url }) => new Response(texts[new URL(url).pathname], { headers }),
    );
    const address = `http://127.0.0.1:${server.addr.port}/sea.ts`;
    const answer = await kernel.execute(`import { depth, sink } from "${address}";\ndepth`);
    assertEquals(result(answer), "3");
    assertStringIncludes(traceback(await kernel.execute("sink()")), `at sink (${address}:2:`);
    const { reply } = await kernel.request("complete_request", { code: "sin", cursor_pos: 3 });
    assertEquals(reply.content.matches, ["sink"]);
    const inspected = await kernel.request("inspect_request", {
      code: "depth",
      cursor_pos: 2,
      detail_level: 0,
    });
    assertStringIncludes(inspected.reply.content.data["text/plain"], "const depth: number");
  },
);

folderTest("npm: and node: names need no import map", FLEET, async (kernel) => {
  const code =
    "import ts from 'npm:typescript@6.0.3'; import { sep } from 'node:path'; [typeof ts.version, sep]";
  assertEquals(result(await kernel.execute(code)), '[ "string", "/" ]');
  const { reply } = await kernel.request("complete_request", {
    code: "ts.createSourceFi",
    cursor_pos: 17,
  });
  assertEquals(reply.content.matches, ["createSourceFile"]);
});

folderTest("what a cell imports leaves the project's lock file as it is", {}, async (kernel) => {
  const lock = new URL("../../../deno.lock", import.meta.url);
  const before = await Deno.readTextFile(lock);
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    () =>
      new Response("export const sea = 'salt';", {
        headers: { "content-type": "text/typescript" },
      }),
  );
  try {
    const { port } = server.addr;
    const code = `import { sea } from "http://127.0.0.1:${port}/lock.ts"; sea.length`;
    assertEquals(result(await kernel.execute(code)), "4");
  } finally {
    await server.shutdown();
  }
  assertEquals(await Deno.readTextFile(lock), before);
});
