// Completion through a real kernel: types, running values, and where in the text the matches belong.

import { assert, assertEquals } from "@std/assert";
import { kernelTest, TestKernel } from "../testing/test_kernel.ts";

/** The content of the reply for code with `|` where the cursor is. */
async function complete(kernel: TestKernel, marked: string) {
  const cursor_pos = [...marked.slice(0, marked.indexOf("|"))].length;
  const code = marked.replace("|", "");
  const { reply } = await kernel.request("complete_request", { code, cursor_pos });
  assertEquals(reply.content.status, "ok", reply.content.evalue);
  return reply.content;
}

kernelTest("members are completed by type, before the code was ever run", async (kernel) => {
  const { matches, cursor_start, cursor_end, metadata } = await complete(
    kernel,
    "const text = 'a'; text.char|;",
  );
  assertEquals(matches, ["charAt", "charCodeAt"]);
  assertEquals([cursor_start, cursor_end], [23, 27]);
  const [first] = metadata._jupyter_types_experimental;
  assertEquals(first, {
    start: 23,
    end: 27,
    text: "charAt",
    type: "function",
    signature: "(pos: number): string",
  });
});

kernelTest(
  "members are completed by the running value where types know nothing",
  async (kernel) => {
    await kernel.execute(
      `const parsed = JSON.parse('{"fleet": {"boats": [{"sails": 2}], "b-2": 1}}')`,
    );
    assertEquals((await complete(kernel, "parsed.fl|")).matches, ["fleet"]);
    assertEquals((await complete(kernel, "parsed.fleet.boats[0].sa|")).matches, ["sails"]);
    assertEquals((await complete(kernel, "parsed.fleet.|")).matches.slice(0, 1), ["boats"]);
    assertEquals((await complete(kernel, "parsed['fleet']['b|']")).matches, ["b-2", "boats"]);
  },
);

kernelTest("no getter is called and no proxy asked for a completion", async (kernel) => {
  await kernel.execute(`
    globalThis.touched = [];
    const trap: any = { get secret() { touched.push("getter"); return { inner: 1 } }, plain: { a: 1 } };
    const proxy: any = new Proxy({}, { ownKeys() { touched.push("proxy"); return [] },
      get() { touched.push("proxy"); } });
    Object.defineProperty(globalThis, "late", { get() { touched.push("global"); return {} } });`);
  assertEquals((await complete(kernel, "trap.s|")).matches, ["secret"]);
  for (const code of ["trap.secret.|", "proxy.|", "proxy.x.|", "late.|"]) {
    await complete(kernel, code);
  }
  const { messages } = await kernel.execute("touched.join()");
  assertEquals(
    messages.find(({ header }) => header.msg_type === "execute_result")?.content.data["text/plain"],
    '""',
  );
});

kernelTest("names of earlier cells are completed, the latest meaning first", async (kernel) => {
  await kernel.execute("let harbour = 1; interface Harbour { depth: number }");
  await kernel.execute("const harbour = { moorings: 3 }; globalThis.harbourMaster = 'Ann'");
  assertEquals((await complete(kernel, "harb|")).matches, ["harbour", "harbourMaster"]);
  assertEquals((await complete(kernel, "harbour.moo|")).matches, ["moorings"]);
  assertEquals((await complete(kernel, "let h: Harbour; h!.de|")).matches, ["depth"]);
});

kernelTest("an empty prefix offers the notebook's names, not the language's", async (kernel) => {
  await kernel.execute("const one = 1; function two() {}");
  assertEquals((await complete(kernel, "|")).matches, ["one", "two"]);
});

kernelTest("places are told in code points, whatever stands before them", async (kernel) => {
  const { matches, cursor_start, cursor_end } = await complete(kernel, "'🚢⚓🚢'.padS| // 🚢");
  assertEquals(matches, ["padStart"]);
  assertEquals([cursor_start, cursor_end], [6, 10]);
});

kernelTest("a cell that runs keeps nobody from completing", async (kernel) => {
  await kernel.execute("const boat = { length: 12, name: 'Anna' }");
  await complete(kernel, "boat.|");
  const busy = await kernel.send("execute_request", { code: "for (;;);" });
  assertEquals((await complete(kernel, "boat.na|")).matches, ["name"]);
  await kernel.request("interrupt_request", {}, "control");
  await kernel.answer(busy);
});

kernelTest("an open string, half a cell and no cell at all are completed too", async (kernel) => {
  assertEquals((await complete(kernel, "import fs from 'node:f|")).matches, [
    "node:fs",
    "node:fs/promises",
  ]);
  assertEquals((await complete(kernel, "function f(x: string) {\n  if (x.start|")).matches, [
    "startsWith",
  ]);
  assertEquals((await complete(kernel, "|")).matches, []);
  assertEquals((await complete(kernel, "1 + |")).matches, []);
});

kernelTest("names whose variables are gone are no longer offered", async (kernel) => {
  await kernel.execute("const doomed = 1");
  assertEquals((await complete(kernel, "doom|")).matches, ["doomed"]);
  await kernel.execute("Deno.exit(3)");
  await kernel.execute("0");
  assertEquals((await complete(kernel, "doom|")).matches, []);
});

kernelTest("a request without code or cursor is refused in a sentence", async (kernel) => {
  const { reply } = await kernel.request("complete_request", { code: "a" });
  assertEquals(reply.content.status, "error");
  assert(reply.content.evalue.includes("cursor_pos"));
});

kernelTest("a timer that blocks the values leaves the types to answer", async (kernel) => {
  await kernel.execute("const boat = { sails: 2 } as Record<string, number> & { sails: number }");
  await complete(kernel, "boat.|");
  await kernel.execute(
    "setTimeout(() => { for (const start = Date.now(); Date.now() - start < 8_000;); })",
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  const start = performance.now();
  assertEquals((await complete(kernel, "boat.sa|")).matches, ["sails"]);
  assert(performance.now() - start < 6_000, "it should not wait for the timer");
});
