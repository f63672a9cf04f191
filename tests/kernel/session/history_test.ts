// The history across sessions, and what becomes of its files.

import { assertEquals } from "@std/assert";
import { kernelTest, TestKernel } from "../testing/test_kernel.ts";
import { History } from "../../../kernel/session/history.ts";

kernelTest("what is silent or not to be stored is not in the history", async (kernel) => {
  await kernel.execute("1");
  const { messages } = await kernel.execute("'silent'", { silent: true });
  assertEquals(messages.map(({ header }) => header.msg_type), ["status", "status"]);
  await kernel.execute("'not stored'", { store_history: false });
  assertEquals(await tail(kernel), [[1, 1, "1"]]);
});

Deno.test({
  name: "a kernel finds the cells of those before it and beside it",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    const folder = await Deno.makeTempDir();
    const environment = { DIALS_HISTORY: `${folder}/history` };
    {
      await using first = await TestKernel.start({ environment });
      await using beside = await TestKernel.start({ environment });
      await first.execute("const a = [1]; a");
      await beside.execute("'beside'");
      await first.execute("2");
    }
    await using kernel = await TestKernel.start({ environment });
    assertEquals(await tail(kernel), [[1, 1, "const a = [1]; a"], [1, 2, "2"], [2, 1, "'beside'"]]);
    await kernel.execute("3");
    assertEquals(await tail(kernel, { n: 2, output: true }), [[2, 1, ["'beside'", '"beside"']], [
      3,
      1,
      ["3", "3"],
    ]]);
    const range = { hist_access_type: "range", start: 1, stop: 2 };
    assertEquals(await tail(kernel, { ...range, session: 0 }), [[3, 1, "3"]]);
    assertEquals(await tail(kernel, { ...range, session: -2, output: true }), [[1, 1, [
      "const a = [1]; a",
      "[ 1 ]",
    ]]]);
    assertEquals(await tail(kernel, { ...range, session: 2 }), [[2, 1, "'beside'"]]);
    await Deno.remove(folder, { recursive: true });
  },
});

Deno.test("a cell whose line was cut short is not there, and those after it are", () => {
  const folder = Deno.makeTempDirSync();
  Deno.writeTextFileSync(
    `${folder}/7.jsonl`,
    '{"line":1,"input":"whole"}\n{"line":2,"inp\n{"line":3,"input":"after"}\n{"line":4,"in',
  );
  const found = new History(folder).find({ hist_access_type: "tail", output: false, raw: true });
  assertEquals(found, [[7, 1, "whole"], [7, 3, "after"]]);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("the oldest sessions go when there are too many", () => {
  const folder = Deno.makeTempDirSync();
  for (let session = 1; session <= 600; session++) {
    Deno.writeTextFileSync(`${folder}/${session}.jsonl`, '{"line":1,"input":"x"}\n');
  }
  new History(folder).add(1, "new");
  const kept = [...Deno.readDirSync(folder)].map(({ name }) => parseInt(name));
  assertEquals(kept.length, 500);
  assertEquals(Math.min(...kept), 102);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("cells are searched by globs, each once where that is asked", () => {
  const history = new History();
  ["let a = 1", "let b = 2", "let a = 1", "a.b(*)"].forEach((input, i) =>
    history.add(i + 1, input)
  );
  const search = (pattern: string, more: object = {}) =>
    history.find({ hist_access_type: "search", pattern, output: false, raw: true, ...more })
      .map(([, line]) => line);
  assertEquals(search("let*"), [1, 2, 3]);
  assertEquals(search("let*", { unique: true }), [2, 3]);
  assertEquals(search("let*", { n: 1 }), [3]);
  assertEquals(search("let [!b] = ?"), [1, 3]);
  assertEquals(search("a.b(*)"), [4]);
  assertEquals(search("let"), []);
  assertEquals(search("[z-a]"), []);
});

async function tail(kernel: TestKernel, more: object = {}): Promise<unknown> {
  const request = { hist_access_type: "tail", output: false, raw: true, ...more };
  return (await kernel.request("history_request", request)).reply.content.history;
}
