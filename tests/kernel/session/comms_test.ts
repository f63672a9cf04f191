// Comms, in both directions.

import { assertEquals, assertStringIncludes } from "@std/assert";
import { kernelTest, ofType, printed, type TestKernel } from "../testing/test_kernel.ts";

kernelTest("a cell opens a comm, sends with bytes, and hears the front end", async (kernel) => {
  const opened = await kernel.execute(`
    globalThis.heard = [];
    const comm = Deno.jupyter.comms.open("slider", { data: { value: 1 } });
    comm.onMessage = ({ data, buffers }) => {
      heard.push([data, ...buffers[0] ?? []]);
      comm.send({ echo: data }, { buffers: [new Uint8Array([7])] });
    };
    comm.onClose = () => { heard.push("closed") };`);
  const { comm_id, ...content } = opened.messages.find(ofType("comm_open"))!.content;
  assertEquals(content, { target_name: "slider", data: { value: 1 } });
  assertEquals(await comms(kernel), { [comm_id]: { target_name: "slider" } });
  assertEquals(await comms(kernel, "slider"), { [comm_id]: { target_name: "slider" } });
  assertEquals(await comms(kernel, "other"), {});

  const replies = await said(kernel, "comm_msg", { comm_id, data: { value: 2 } });
  const echo = replies.find(ofType("comm_msg"))!;
  assertEquals(echo.content, { comm_id, data: { echo: { value: 2 } } });
  assertEquals(echo.buffers.map((buffer) => [...buffer]), [[7]]);

  await said(kernel, "comm_close", { comm_id, data: {} });
  assertEquals(await comms(kernel), {});
  const answer = await kernel.execute("console.log(JSON.stringify(heard)); comm.send({})");
  assertEquals(printed(answer, "stdout"), '[[{"value":2}],"closed"]\n');
  assertStringIncludes(answer.reply.content.evalue, "is closed");
});

kernelTest("a front end opens a comm for a target that a cell has registered", async (kernel) => {
  await kernel.execute(`Deno.jupyter.comms.register("answers", (comm, { data }) => {
    console.log("opened");
    comm.send({ got: data });
    comm.close({ done: true });
  })`);
  const open = { comm_id: "one", target_name: "answers", data: { a: 1 } };
  const messages = await said(kernel, "comm_open", open);
  assertEquals(messages.map(({ header }) => header.msg_type), [
    "status",
    "stream",
    "comm_msg",
    "comm_close",
    "status",
  ]);
  assertEquals(messages[2].content, { comm_id: "one", data: { got: { a: 1 } } });
  assertEquals(await comms(kernel), {});
});

kernelTest("a comm for an unknown target is closed at once", async (kernel) => {
  const messages = await said(kernel, "comm_open", { comm_id: "x", target_name: "?", data: {} });
  assertEquals(messages.find(ofType("comm_close"))!.content, { comm_id: "x", data: {} });
  await said(kernel, "comm_msg", { comm_id: "never opened", data: {} });
  await said(kernel, "comm_msg", {});
});

kernelTest("an error of whoever hears a comm is printed, and the comm goes on", async (kernel) => {
  await kernel.execute(
    "const comm = Deno.jupyter.comms.open('t'); comm.onMessage = () => { throw new Error('deaf') }",
  );
  const [comm_id] = Object.keys(await comms(kernel));
  const messages = await said(kernel, "comm_msg", { comm_id, data: {} });
  assertStringIncludes(String(messages.find(ofType("stream"))!.content.text), "deaf");
  assertEquals(Object.keys(await comms(kernel)), [comm_id]);
});

kernelTest("a comm is heard while a cell awaits", async (kernel) => {
  const id = await kernel.send("execute_request", {
    code: `const { promise, resolve } = Promise.withResolvers();
      const comm = Deno.jupyter.comms.open("t"); comm.onMessage = ({ data }) => resolve(data.n); await promise`,
  });
  const opened = await kernel.until(() => kernel.broadcasts(id).find(ofType("comm_open")));
  await said(kernel, "comm_msg", { comm_id: opened.content.comm_id, data: { n: 5 } });
  const { messages } = await kernel.answer(id);
  assertEquals(messages.find(ofType("execute_result"))!.content.data["text/plain"], "5");
});

kernelTest("the comms of a process that ends are closed", async (kernel) => {
  await kernel.execute("Deno.jupyter.comms.open('t')");
  const [comm_id] = Object.keys(await comms(kernel));
  const { messages } = await kernel.execute("Deno.exit(1)");
  assertEquals(messages.find(ofType("comm_close"))!.content, { comm_id, data: {} });
  assertEquals(await comms(kernel), {});
});

/** Sends a message on a comm, and waits for all that comes of it. */
async function said(kernel: TestKernel, type: string, content: Record<string, unknown>) {
  const id = await kernel.send(type, content);
  await kernel.until(() =>
    kernel.broadcasts(id).find(({ content }) => content.execution_state === "idle")
  );
  return kernel.broadcasts(id);
}

/** The open comms, of one target if it is given. */
async function comms(kernel: TestKernel, target_name?: string): Promise<Record<string, unknown>> {
  return (await kernel.request("comm_info_request", { target_name })).reply.content.comms;
}
