// Inspection through a real kernel: signature, documentation and value of what the cursor is at.

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { kernelTest, ofType, printed, result, TestKernel } from "../testing/test_kernel.ts";

async function inspect(kernel: TestKernel, marked: string, detail_level = 0) {
  const cursor_pos = [...marked.slice(0, marked.indexOf("|"))].length;
  const code = marked.replace("|", "");
  const { reply } = await kernel.request("inspect_request", { code, cursor_pos, detail_level });
  assertEquals(reply.content.status, "ok", reply.content.evalue);
  return reply.content;
}

kernelTest(
  "a name of an earlier cell is told with type, documentation and value",
  async (kernel) => {
    await kernel.execute(`
/**
 * Moors a boat.
 *
 * @param boat the boat's name
 * @returns the mooring
 */
function moor(boat: string, { depth = 3 } = {}): number { return boat.length + depth }
const depth = moor("Anna");`);
    const { found, data } = await inspect(kernel, "mo|or('Anna')");
    assert(found);
    assertStringIncludes(data["text/plain"], "moor(boat: string");
    assertStringIncludes(data["text/plain"], "Moors a boat.");
    assertStringIncludes(data["text/plain"], "`boat` the boat's name");
    assertMatch(data["text/markdown"], /^```ts\nmoor[^]*```\n\nMoors a boat\./);
    assertMatch(
      (await inspect(kernel, "dep|th")).data["text/plain"],
      /const depth: number\n\nValue \(number\):\n7/,
    );
  },
);

kernelTest("inside the parentheses of a call its function is told", async (kernel) => {
  await kernel.execute("/** Sinks. */\nfunction sink(boat: string, deep?: boolean) {}");
  for (const code of ["sink(|", "sink(|)", "sink('Anna', |)", "sink( |true"]) {
    assertStringIncludes((await inspect(kernel, code)).data["text/plain"], "Sinks.", code);
  }
});

kernelTest("the second level of detail shows the source", async (kernel) => {
  await kernel.execute("function sink(boat: string) { return boat + ' sinks' }");
  assert(!(await inspect(kernel, "si|nk")).data["text/plain"].includes("' sinks'"));
  assertStringIncludes(
    (await inspect(kernel, "si|nk", 1)).data["text/plain"],
    "return boat + ' sinks'",
  );
});

kernelTest("a value tells what types cannot, without a getter being called", async (kernel) => {
  await kernel.execute(
    "globalThis.fleet = JSON.parse('{\"boats\": 3}'); const log: string[] = [];" +
      "globalThis.trap = { get boom() { log.push('called'); return 1 } }",
  );
  const { found, data } = await inspect(kernel, "fle|et");
  assert(found);
  assertStringIncludes(data["text/plain"], "boats: 3");
  assertStringIncludes((await inspect(kernel, "fleet.boa|ts")).data["text/plain"], "number");
  assertEquals((await inspect(kernel, "trap.bo|om")).found, false);
  assertStringIncludes((await inspect(kernel, "lo|g")).data["text/plain"], "[]");
});

kernelTest("Deno's own interface is documented, what nobody knows is not found", async (kernel) => {
  const text = (await inspect(kernel, "Deno.readTextFile|")).data["text/plain"];
  assertStringIncludes(text, "UTF-8");
  assert(!text.includes("@category"));
  assertEquals(await inspect(kernel, "nobodyKnows|"), {
    status: "ok",
    found: false,
    data: {},
    metadata: {},
  });
  assertEquals((await inspect(kernel, "|")).found, false);
});

kernelTest("a cell of a name and a question mark is answered with a page", async (kernel) => {
  await kernel.execute("/** Ships of the harbour. */\nconst fleet = { boats: 3 }");
  const page = async (code: string) => {
    const answer = await kernel.execute(code);
    assertEquals(answer.reply.content.status, "ok");
    return { ...answer, payload: answer.reply.content.payload };
  };
  for (const code of ["fleet?", "?fleet", " ? fleet;"]) {
    const { payload: [{ source, start, data }], messages } = await page(code);
    assertEquals([source, start], ["page", 0]);
    assertStringIncludes(data["text/plain"], "Ships of the harbour");
    assertStringIncludes(data["text/plain"], "boats: 3");
    assertEquals(messages.find(ofType("execute_input"))!.content.code, code);
  }
  const long = (await page("Deno.readTextFile??")).payload[0].data["text/markdown"];
  assertStringIncludes(long, "Source");
  const nothing = await page("nobodyKnows?");
  assertEquals(nothing.payload, []);
  assertEquals(printed(nothing, "stderr"), "Nothing is known of nobodyKnows.\n");
  // What is TypeScript stays so.
  assertEquals(result(await kernel.execute("fleet?.boats")), "3");
  assertEquals((await kernel.execute("fleet ?")).reply.content.ename, "SyntaxError");
});

kernelTest("a question is complete, and the name in it is completed", async (kernel) => {
  for (
    const [code, status] of [["Deno.cwd?", "complete"], ["?Deno", "complete"], [
      "a ?",
      "incomplete",
    ]]
  ) {
    const { reply } = await kernel.request("is_complete_request", { code });
    assertEquals(reply.content.status, status, code);
  }
  const code = "?Deno.readTextFileS";
  const { reply } = await kernel.request("complete_request", { code, cursor_pos: code.length });
  assertEquals(reply.content.matches, ["readTextFileSync"]);
  assertEquals([reply.content.cursor_start, reply.content.cursor_end], [6, code.length]);
});

kernelTest(
  "a cell that asks for it is warned of type errors, and runs all the same",
  async (kernel) => {
    await kernel.execute("let boats = 2");
    const code =
      "// @check\nconst name: string = 5;\nboats = 3;\nboats.toFixd;\nconsole.log('ran')";
    const answer = await kernel.execute(code);
    assertEquals(answer.reply.content.status, "ok");
    const lines = printed(answer, "stderr").trimEnd().split("\n");
    assertEquals(lines.length, 2);
    assertMatch(lines[0], /^In\[2\]:2:7 .*number.*string/);
    assertMatch(lines[1], /^In\[2\]:4:7 .*toFixed/);
    assertEquals(printed(answer, "stdout"), "ran\n");
    assertEquals(printed(await kernel.execute("const other: string = 5"), "stderr"), "");
  },
);

Deno.test({
  name: "DIALS_CHECK=1 has every cell checked",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    await using kernel = await TestKernel.start({ environment: { DIALS_CHECK: "1" } });
    const answer = await kernel.execute("const text: string = 5;");
    assertMatch(printed(answer, "stderr"), /^In\[1\]:1:7 /);
  },
});

kernelTest("the library is completed and documented from its own source", async (kernel) => {
  await kernel.execute("import { Random, Transformer } from 'dials'; const random = new Random(1)");
  const { reply } = await kernel.request("complete_request", {
    code: "random.uni",
    cursor_pos: 10,
  });
  assertEquals(reply.content.matches, ["uniform"]);
  const { data } = await inspect(kernel, "Transformer.create({ |})");
  assertStringIncludes(data["text/plain"], "Transformer.create(");
  assertStringIncludes(data["text/plain"], "@throws");
});
