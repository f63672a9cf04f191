// Cells: what they may contain, and what is shown for them.

import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { kernelTest, printed, result, types } from "../testing/test_kernel.ts";

kernelTest("the value of the last expression is shown", async (kernel) => {
  const answer = await kernel.execute("const a: number = 1;\na + 1");
  assertEquals(result(answer), "2");
  assertEquals(answer.reply.content.status, "ok");
  assertEquals(answer.reply.content.execution_count, 1);
  assertEquals(types(answer), ["status", "execute_input", "execute_result", "status"]);
});

kernelTest("statements and undefined show nothing", async (kernel) => {
  for (
    const code of ["let a = 1", "undefined", "for (let i = 0; i < 2; i++) i", "", "// nothing"]
  ) {
    assertEquals(types(await kernel.execute(code)), ["status", "execute_input", "status"]);
  }
});

kernelTest("any name is declared again in a later cell, as anything", async (kernel) => {
  const kinds = [
    "const x = 1",
    "let x = 2",
    "var x = 3",
    "function x() {}",
    "class x {}",
    "enum x { A }",
    "namespace x { export const a = 1 }",
    "import x from 'node:fs'",
    "if (true) { var x = 4 }",
    "for (var x of [1]) {}",
    "const { x } = { x: 5 }",
  ];
  for (const first of kinds) {
    for (const second of [kinds[0], kinds[3], kinds[4]]) {
      await kernel.execute(first);
      const answer = await kernel.execute(second);
      assertEquals(answer.reply.content.status, "ok", `${first}, then ${second}`);
    }
  }
  assertEquals(result(await kernel.execute("const x = 6; x")), "6");
});

kernelTest("await, for await and using stand at top level", async (kernel) => {
  const code = `
    using resource = { [Symbol.dispose]() { console.log("disposed") } };
    for await (const n of (async function* () { yield 1; yield 2 })()) console.log(n);
    await Promise.resolve("awaited")`;
  const answer = await kernel.execute(code);
  assertEquals(result(answer), '"awaited"');
  assertEquals(printed(answer, "stdout"), "1\n2\ndisposed\n");
});

kernelTest(
  "TypeScript that leaves code behind is run: enums, namespaces, decorators",
  async (kernel) => {
    const code = `
    enum Colour { Red, Green }
    namespace Shop { export const open = true }
    const logged = (value: Function, context: ClassDecoratorContext) => { console.log(context.name) };
    @logged class Boat { static #count = 1; static get count(): number { return Boat.#count } }
    [Colour.Green, Shop.open, Boat.count]`;
    const answer = await kernel.execute(code);
    assertEquals(printed(answer, "stdout"), "Boat\n");
    assertEquals(result(answer), "[ 1, true, 1 ]");
  },
);

kernelTest("JSX is run with the factory in scope", async (kernel) => {
  const code = `
    const React = { createElement: (tag: string, _: unknown, text: string) => tag + text };
    <b>bold</b>`;
  assertEquals(result(await kernel.execute(code)), '"bbold"');
});

kernelTest("static imports stand anywhere and may name types", async (kernel) => {
  const code = `
    const early = join("a", "b");
    import fs, { readFileSync as read, type Stats, Dirent } from "node:fs";
    import * as path from "node:path";
    import { join } from "node:path";
    const entry: Dirent | undefined = undefined;
    [early, typeof fs.statSync, typeof read, typeof path.join, entry]`;
  assertEquals(
    result(await kernel.execute(code)),
    '[ "a/b", "function", "function", "function", undefined ]',
  );
});

kernelTest("the library is imported as dials, whatever the folder", async (kernel) => {
  const answer = await kernel.execute("import.meta.resolve('dials')");
  assertMatch(result(answer)!, /lib\/mod\.ts"$/);
});

kernelTest(
  "a misspelt import that is used is refused with what it may have meant",
  async (kernel) => {
    const { reply } = await kernel.execute("import { joinn } from 'node:path';\njoinn('a', 'b')");
    assertEquals(reply.content.ename, "SyntaxError");
    assertEquals(
      reply.content.evalue,
      'the module "node:path" has no export named "joinn"; did you mean "join"?',
    );
  },
);

kernelTest("a misspelt import that a later cell uses is refused there", async (kernel) => {
  await kernel.execute("import { joinn } from 'node:path'");
  const { reply } = await kernel.execute("joinn('a', 'b')");
  assertStringIncludes(reply.content.evalue, 'has no export named "joinn"');
});

kernelTest("names imported for later cells are there", async (kernel) => {
  await kernel.execute("import { join } from 'node:path'");
  assertEquals(result(await kernel.execute("join('a', 'b')")), '"a/b"');
});

Deno.test({
  name: "relative imports and import.meta start at the notebook's folder",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    const { TestKernel } = await import("../testing/test_kernel.ts");
    const folder = await Deno.makeTempDir();
    await Deno.writeTextFile(`${folder}/near.ts`, "export const near: string = 'by';");
    await Deno.writeTextFile(`${folder}/data.json`, '{"a": 1}');
    const environment = { JPY_SESSION_NAME: `${folder}/notes.ipynb` };
    await using kernel = await TestKernel.start({ folder, environment });
    const code = `
      import { near } from "./near.ts";
      import data from "./data.json" with { type: "json" };
      [near, data.a, (await import("./near.ts")).near, import.meta.url.split("/").at(-1)]`;
    const answer = await kernel.execute(code);
    assertEquals(result(answer), '[ "by", 1, "by", "notes.ipynb" ]');
    await Deno.remove(folder, { recursive: true });
  },
});

kernelTest("a silent cell shows and counts nothing", async (kernel) => {
  await kernel.execute("1");
  const answer = await kernel.execute("globalThis.hidden = 1", { silent: true });
  assertEquals(types(answer).filter((type) => type === "execute_input"), []);
  assertEquals(answer.reply.content.execution_count, 1);
  assertEquals((await kernel.execute("hidden")).reply.content.execution_count, 2);
});

kernelTest("user expressions are evaluated after the cell", async (kernel) => {
  const { reply } = await kernel.execute("const five = 5", {
    user_expressions: { sum: "five + 1", wrong: "nowhere", broken: "1 +" },
  });
  const { sum, wrong, broken } = reply.content.user_expressions;
  assertEquals(sum, { status: "ok", data: { "text/plain": "6" }, metadata: {} });
  assertEquals(wrong.ename, "ReferenceError");
  assertEquals(broken.ename, "SyntaxError");
});

kernelTest("values that are hard to show are shown at once", async (kernel) => {
  const code = [
    "new Array(1e7).fill(0)",
    "const circular: any = {}; circular.self = circular; circular",
    "({ get bad() { throw new Error('bad') } })",
    "new Proxy({}, { get() { throw 1 }, ownKeys() { throw 2 }, getPrototypeOf() { throw 3 } })",
    "({ [Symbol.for('Deno.customInspect')]() { throw 1 } })",
    "globalThis",
  ];
  for (const one of code) {
    const start = performance.now();
    const answer = await kernel.execute(one);
    assertEquals(answer.reply.content.status, "ok", one);
    assertEquals(typeof result(answer), "string", one);
    assertEquals(performance.now() - start < 2_000, true, one);
  }
});

kernelTest("what a cell throws late is printed, and its variables stay", async (kernel) => {
  const id = await kernel.send("execute_request", {
    code:
      "const kept = 1; Promise.reject(new Error('late')); setTimeout(() => { throw new Error('later') })",
  });
  await kernel.answer(id);
  await kernel.until(() =>
    kernel.broadcasts(id).some(({ content }) => String(content.text).includes("later")) || undefined
  );
  assertEquals(result(await kernel.execute("kept")), "1");
});

kernelTest("prompt asks the user of the front end", async (kernel) => {
  const id = await kernel.send("execute_request", { code: "prompt('Name?')", allow_stdin: true });
  const request = await kernel.until(() => kernel.received.stdin[0]);
  assertEquals(request.content, { prompt: "Name? ", password: false });
  await kernel.send("input_reply", { value: "Ada ⛵" }, "stdin");
  assertEquals(result(await kernel.answer(id)), '"Ada ⛵"');
  assertEquals(result(await kernel.execute("prompt('Name?')")), "null");
});

kernelTest("confirm and alert ask too, and prompt takes its default", async (kernel) => {
  for (
    const [code, question, answer, value] of [
      ["confirm('Sail?')", "Sail? [y/N] ", "y", "true"],
      ["confirm('Sail?')", "Sail? [y/N] ", "", "false"],
      ["String(alert('Fog'))", "Fog [Enter] ", "", '"undefined"'],
      ["prompt('Name?', 'Ada')", "Name? [Ada] ", "", '"Ada"'],
    ]
  ) {
    kernel.received.stdin.length = 0;
    const id = await kernel.send("execute_request", { code, allow_stdin: true });
    const request = await kernel.until(() => kernel.received.stdin[0]);
    assertEquals(request.content.prompt, question);
    await kernel.send("input_reply", { value: answer }, "stdin");
    assertEquals(result(await kernel.answer(id)), value);
  }
});

kernelTest("a cell that reads standard input finds it at its end", async (kernel) => {
  const code =
    "[await Deno.stdin.read(new Uint8Array(9)), (await Array.fromAsync(Deno.stdin.readable)).length]";
  assertEquals(result(await kernel.execute(code)), "[ null, 0 ]");
  assertEquals(result(await kernel.execute("1")), "1");
});
