// Errors: the user's own lines, and nothing of ours.

import { assert, assertEquals } from "@std/assert";
import { stripVTControlCharacters } from "node:util";
import { type Answer, kernelTest, ofType, printed, result } from "../testing/test_kernel.ts";

function traceback({ messages }: Answer): string[] {
  const lines: string[] = messages.find(ofType("error"))?.content.traceback ?? [];
  return lines.map(stripVTControlCharacters);
}

kernelTest("an error names the cell and the user's own lines", async (kernel) => {
  await kernel.execute(
    "interface Boat {\n  name: string;\n}\nfunction sink(boat: Boat) {\n  throw new TypeError(boat.name);\n}",
  );
  const answer = await kernel.execute("\nsink({ name: 'gone' });");
  assertEquals(answer.reply.content.status, "error");
  assertEquals(answer.reply.content.ename, "TypeError");
  assertEquals(answer.reply.content.evalue, "gone");
  assertEquals(traceback(answer), [
    "TypeError: gone",
    "    at sink (In[1]:5:9)",
    "    at In[2]:2:1",
  ]);
});

kernelTest("an error after an await still names its line", async (kernel) => {
  const answer = await kernel.execute("await Promise.resolve();\n\nnull!.x;");
  assertEquals(traceback(answer).at(-1), "    at In[1]:3:7");
});

kernelTest("an error that was awaited names every await on its way", async (kernel) => {
  const library = "export const read = async () => { await null; throw new RangeError() }";
  await kernel.execute(
    `const { read } = await import("data:text/javascript,${library}");\n` +
      "async function load() {\n  await read();\n}\nconst all = async () => await load();",
  );
  const answer = await kernel.execute("\n  await all();");
  assertEquals(answer.reply.content.ename, "RangeError");
  assertEquals(traceback(answer).slice(-3), [
    "    at async In[1]:3:3",
    "    at async In[1]:5:25",
    "    at async In[2]:2:3",
  ]);
  const looping = "async function* lines() { await null; throw new Error() }";
  await kernel.execute(looping);
  const loop = await kernel.execute("1;\nfor await (const line of lines());");
  assertEquals(traceback(loop).at(-1), "    at async In[4]:2:1");
});

kernelTest("a module that does not load names its import", async (kernel) => {
  const answer = await kernel.execute("1;\nimport './nowhere.ts';");
  assertEquals(traceback(answer).at(-1), "    at async In[1]:2:1");
});

kernelTest("a printed error names the cell too", async (kernel) => {
  const answer = await kernel.execute("console.log(new Error('shown').stack)");
  assertEquals(printed(answer, "stdout"), "Error: shown\n    at In[1]:1:13\n");
});

kernelTest("the causes of an error are shown below it", async (kernel) => {
  const answer = await kernel.execute(
    "throw new Error('outer', {\n  cause: new RangeError('inner') })",
  );
  assertEquals(traceback(answer), [
    "Error: outer",
    "    at In[1]:1:7",
    "Caused by:",
    "  RangeError: inner",
    "      at In[1]:2:10",
  ]);
});

kernelTest("anything can be thrown", async (kernel) => {
  for (
    const [code, evalue] of [
      ["'text'", "text"],
      ["42", "42"],
      ["12n", "12n"],
      ["NaN", "NaN"],
      [
        "undefined",
        "undefined",
      ],
      ["null", "null"],
      ["{ a: 1 }", "{ a: 1 }"],
      ["Symbol('s')", "Symbol(s)"],
    ]
  ) {
    const { reply } = await kernel.execute(`throw ${code}`);
    assertEquals([reply.content.ename, reply.content.evalue], ["Thrown", evalue]);
  }
  const hostile = "throw Object.defineProperty(new Error(), 'message', { get() { throw 1 } })";
  assertEquals((await kernel.execute(hostile)).reply.content.status, "error");
  assertEquals(result(await kernel.execute("1")), "1");
});

kernelTest("a syntax error shows its line with a caret", async (kernel) => {
  const answer = await kernel.execute("let fine = 1;\n\tlet broken = = 2;");
  assertEquals(traceback(answer), [
    "SyntaxError: Expression expected.",
    "    at In[1]:2:15",
    "      \tlet broken = = 2;",
    "      \t             ^",
  ]);
});

kernelTest("a syntax error that only V8 finds names its line", async (kernel) => {
  const answer = await kernel.execute("let twice: number = 1;\nlet twice = 2;");
  assertEquals(answer.reply.content.ename, "SyntaxError");
  assertEquals(traceback(answer).at(-1), "    at In[1]:2:5");
});

kernelTest(
  "cells that wait behind a failed one are aborted, those sent later run",
  async (kernel) => {
    const ids = await Promise.all(
      ["throw new Error()", "globalThis.ran = 1", "1"].map((code) =>
        kernel.send("execute_request", { code })
      ),
    );
    const [failed, ...aborted] = await Promise.all(ids.map((id) => kernel.answer(id)));
    assertEquals(failed.reply.content.status, "error");
    for (const { reply } of aborted) assertEquals(reply.content.status, "aborted");
    assertEquals(result(await kernel.execute("typeof ran")), '"undefined"');
  },
);

kernelTest("cells go on behind a failed one that should not stop them", async (kernel) => {
  const failing = await kernel.send("execute_request", { code: "throw 1", stop_on_error: false });
  const next = await kernel.send("execute_request", { code: "'ran'" });
  await kernel.answer(failing);
  assert(result(await kernel.answer(next)) === '"ran"');
});

kernelTest("the cell's frame is there below a deep stack of others", async (kernel) => {
  const deep =
    "const deep = (n: number): never => { if (n === 0) throw new Error('deep'); return deep(n - 1) };";
  const answer = await kernel.execute(`${deep}\ndeep(20)`);
  assertEquals(traceback(answer).at(-1), "    at In[1]:2:1");
});
