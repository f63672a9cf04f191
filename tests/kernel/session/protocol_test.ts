// The conversation: who is busy with what, what is answered when, and what is not believed.

import { assertEquals, assertStringIncludes } from "@std/assert";
import { createCustomMessage } from "../../../kernel/protocol/message.ts";
import { serialize } from "../../../kernel/protocol/wire.ts";
import { kernelTest, ofType, result, TestKernel, types } from "../testing/test_kernel.ts";

kernelTest("the kernel says what it is", async (kernel) => {
  const { reply, messages } = await kernel.request("kernel_info_request");
  assertEquals(reply.header.msg_type, "kernel_info_reply");
  assertEquals(reply.content.implementation, "dials");
  assertEquals(reply.content.protocol_version, "5.4");
  assertEquals(reply.content.language_info.mimetype, "text/typescript");
  assertEquals(reply.content.language_info.file_extension, ".ts");
  assertEquals(messages.map(({ content }) => content.execution_state), ["busy", "idle"]);
});

kernelTest("everything but cells is answered while a cell runs", async (kernel) => {
  const id = await kernel.send("execute_request", { code: "while (true) {}" });
  await kernel.until(() => kernel.broadcasts(id).find(ofType("execute_input")));
  for (const channel of ["shell", "control"] as const) {
    const { reply } = await kernel.request("kernel_info_request", {}, channel);
    assertEquals(reply.content.status, "ok");
  }
  // The last status is the cell's again.
  const last = await kernel.until(() => {
    const latest = kernel.received.iopub.findLast(ofType("status"))!;
    return latest.parent_header.msg_id === id ? latest : undefined;
  });
  assertEquals(last.content.execution_state, "busy");
  await kernel.request("interrupt_request", {}, "control");
  await kernel.answer(id);
});

kernelTest("cells run in the order in which they came", async (kernel) => {
  await kernel.execute("const order: number[] = []");
  const ids = await Promise.all(
    [1, 2, 3, 4].map((n) =>
      kernel.send("execute_request", {
        code: `await new Promise((f) => setTimeout(f, ${20 - 5 * n})); order.push(${n})`,
      })
    ),
  );
  for (const id of ids) await kernel.answer(id);
  assertEquals(result(await kernel.execute("order")), "[ 1, 2, 3, 4 ]");
});

kernelTest("is_complete tells whole cells from parts and from nonsense", async (kernel) => {
  const cases: [string, string, string?][] = [
    ["1 + 1", "complete"],
    ["const f = async () => {\n  await 1;\n}", "complete"],
    ["<b>bold</b>", "complete"],
    ["function f() {", "incomplete", "  "],
    ["if (x) {\n  while (y) {", "incomplete", "    "],
    ["1 +", "incomplete", ""],
    ["`text", "incomplete", ""],
    ["/* comment", "incomplete", ""],
    ["let x = = 1", "invalid"],
    ["}", "invalid"],
    ["'text", "invalid"],
  ];
  for (const [code, status, indent] of cases) {
    const { reply } = await kernel.request("is_complete_request", { code });
    assertEquals(reply.content.status, status, code);
    if (indent !== undefined) assertEquals(reply.content.indent, indent, code);
  }
});

kernelTest("the history is found by tail, range and pattern", async (kernel) => {
  for (const code of ["1", "const a = 2; a", "1"]) await kernel.execute(code);
  await kernel.execute("'hidden'", { store_history: false });
  const find = async (request: Record<string, unknown>) =>
    (await kernel.request("history_request", { output: false, raw: true, ...request })).reply
      .content.history;
  assertEquals(await find({ hist_access_type: "tail", n: 2 }), [[1, 2, "const a = 2; a"], [
    1,
    3,
    "1",
  ]]);
  assertEquals(await find({ hist_access_type: "range", session: 0, start: 1, stop: 2 }), [[
    1,
    1,
    "1",
  ]]);
  assertEquals(await find({ hist_access_type: "search", pattern: "*a = ?*" }), [[
    1,
    2,
    "const a = 2; a",
  ]]);
  assertEquals(await find({ hist_access_type: "search", pattern: "1", unique: true }), [[
    1,
    3,
    "1",
  ]]);
  assertEquals(await find({ hist_access_type: "tail", n: 1, output: true }), [[1, 3, ["1", "1"]]]);
});

kernelTest(
  "a request for no subshell is for the kernel, as those of JupyterLab are",
  async (kernel) => {
    const message = createCustomMessage("execute_request", {
      content: { code: "globalThis.here = 1" },
      session: "test",
    });
    message.header.subshell_id = null;
    await kernel.sendFrames(serialize(message, kernel.process.connection.key));
    await kernel.answer(message.header.msg_id);
    assertEquals(result(await kernel.execute("here")), "1");
  },
);

kernelTest("subshells are not offered, and who asks for one is told", async (kernel) => {
  const { reply } = await kernel.request("kernel_info_request");
  assertEquals(reply.content.supported_features, []);
  for (const action of ["create", "delete", "list"]) {
    const refused = await kernel.request(`${action}_subshell_request`, {}, "control");
    assertEquals(refused.reply.header.msg_type, `${action}_subshell_reply`);
    assertEquals(refused.reply.content.status, "error");
    assertStringIncludes(refused.reply.content.evalue, "no subshells");
  }
  const message = createCustomMessage("execute_request", {
    content: { code: "globalThis.elsewhere = 1" },
    session: "test",
  });
  message.header.subshell_id = "one";
  await kernel.sendFrames(serialize(message, kernel.process.connection.key));
  const refused = await kernel.answer(message.header.msg_id);
  assertStringIncludes(refused.reply.content.evalue, "no subshells");
  assertEquals(result(await kernel.execute("typeof elsewhere")), '"undefined"');
});

kernelTest("whoever subscribes is welcomed, and nobody else is told", async (kernel) => {
  await using other = await kernel.another();
  const welcomes = (front: TestKernel) => front.received.iopub.filter(ofType("iopub_welcome"));
  assertEquals(welcomes(other)[0].content, { subscription: "" });
  await kernel.execute("1");
  assertEquals([welcomes(kernel).length, welcomes(other).length], [1, 1]);
});

kernelTest("there are no comms", async (kernel) => {
  assertEquals((await kernel.request("comm_info_request")).reply.content, {
    status: "ok",
    comms: {},
  });
});

kernelTest("a request without its content is answered with an error", async (kernel) => {
  const { reply } = await kernel.request("execute_request", {});
  assertEquals(reply.content.status, "error");
  assertStringIncludes(reply.content.evalue, "code");
  assertEquals(types(await kernel.execute("1")).at(-1), "status");
});

Deno.test("a connection file that cannot be used ends the kernel with one sentence", async () => {
  const folder = await Deno.makeTempDir();
  const main = new URL("../../../kernel/main.ts", import.meta.url).pathname;
  await Deno.writeTextFile(`${folder}/text.json`, "not JSON");
  await Deno.writeTextFile(`${folder}/portless.json`, '{"key": ""}');
  for (
    const [path, why] of [["missing", "no such file"], ["text", "not JSON"], [
      "portless",
      "shell_port",
    ]]
  ) {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", main, `${folder}/${path}.json`],
    }).output();
    const said = new TextDecoder().decode(stderr);
    assertEquals(code, 1);
    assertStringIncludes(said, why);
    assertEquals(said.trim().split("\n").length, 1);
  }
  await Deno.remove(folder, { recursive: true });
});
