// The WebSocket to a kernel, in both forms of messages, and what is kept for those who are away.

import { assert, assertEquals, assertRejects } from "@std/assert";
import { KernelSocket, printed } from "./testing/kernel_socket.ts";
import { TestLab } from "./testing/test_lab.ts";

/** In a cell: waits until the served folder holds a file "go". */
const WAIT_TO_GO = `while (true) {
  try {
    Deno.statSync("go");
    break;
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}`;

/** A lab with a kernel. */
async function withKernel(test: (lab: TestLab, kernel: string) => Promise<void>): Promise<void> {
  await using lab = await TestLab.start();
  const { json: { id } } = await lab.ask("/api/kernels", { method: "POST" });
  await test(lab, id);
}

for (const legacy of [false, true]) {
  const form = legacy ? "without a subprotocol" : "in v1.kernel.websocket.jupyter.org";

  Deno.test(`a cell runs over a WebSocket ${form}`, async () => {
    await withKernel(async (lab, kernel) => {
      await using socket = await KernelSocket.open(lab, { kernel, legacy });
      assertEquals(socket.protocol, legacy ? "" : "v1.kernel.websocket.jupyter.org");
      const messages = await socket.execute(`console.log("ä€😀"); 6 * 7`);
      assertEquals(printed(messages), "ä€😀\n");
      const result = messages.find(({ type }) => type === "execute_result")!;
      assertEquals([result.channel, result.content.data["text/plain"]], ["iopub", "42"]);
      const reply = messages.find(({ type }) => type === "execute_reply")!;
      assertEquals([reply.channel, reply.content.status], ["shell", "ok"]);
    });
  });

  Deno.test(`bytes beside a message go both ways ${form}`, async () => {
    await withKernel(async (lab, kernel) => {
      await using socket = await KernelSocket.open(lab, { kernel, legacy });
      await socket.execute(`Deno.jupyter.comms.register("echo", (comm) => {
        comm.onMessage = ({ buffers }) => comm.send({ back: true }, { buffers });
      })`);
      const buffers = [new Uint8Array([1, 2, 255]), new Uint8Array(0), new Uint8Array([7])];
      const id = crypto.randomUUID();
      socket.send("comm_open", { comm_id: id, target_name: "echo", data: {} });
      socket.send("comm_msg", { comm_id: id, data: {} }, { buffers });
      await socket.until(() => socket.heard.some(({ type }) => type === "comm_msg"));
      const back = socket.heard.find(({ type }) => type === "comm_msg")!;
      assertEquals(back.buffers.map((bytes) => [...bytes]), [[1, 2, 255], [], [7]]);
    });
  });

  Deno.test(`a cell asks for a line and gets it ${form}`, async () => {
    await withKernel(async (lab, kernel) => {
      await using socket = await KernelSocket.open(lab, { kernel, legacy });
      await using bystander = await KernelSocket.open(lab, { kernel, legacy });
      const id = socket.run(`console.log("hello " + prompt("name?"))`, { allowStdin: true });
      const request = await socket.expect(id, /input_request/);
      assertEquals([request.channel, request.content.prompt.trim()], ["stdin", "name?"]);
      socket.send("input_reply", { value: "Ada" }, { channel: "stdin" });
      assert(printed(await socket.answer(id)).includes("hello Ada"));
      assertEquals(bystander.heard.filter(({ channel }) => channel !== "iopub"), []);
    });
  });
}

Deno.test("everybody hears what is broadcast, and a reply is for its sender alone", async () => {
  await withKernel(async (lab, kernel) => {
    await using one = await KernelSocket.open(lab, { kernel });
    await using other = await KernelSocket.open(lab, { kernel, legacy: true });
    assertEquals((await lab.ask(`/api/kernels/${kernel}`)).json.connections, 2);
    const id = one.run("console.log(1)");
    await one.answer(id);
    await other.expect(id, /stream/);
    assertEquals(other.find(id, /_reply/), undefined);
  });
});

Deno.test("who comes back under the same session id gets all that they missed, in order", async () => {
  await withKernel(async (lab, kernel) => {
    const session = crypto.randomUUID();
    const before = await KernelSocket.open(lab, { kernel, session });
    const id = before.run(`for (let i = 0; i < 200; i++) {
      if (i === 100) ${WAIT_TO_GO}
      console.log(i);
    }`);
    await before.expect(id, /stream/);
    await before.close();
    await using watcher = await KernelSocket.open(lab, { kernel });
    await lab.write("go", "");
    await watcher.until(() => watcher.isDone(id));
    await using after = await KernelSocket.open(lab, { kernel, session });
    const missed = await after.answer(id);
    assertEquals(missed.find(({ type }) => type === "execute_reply")!.content.status, "ok");
    const all = printed([...before.heard, ...missed].filter(({ cause }) => cause === id));
    assertEquals(all, Array.from({ length: 200 }, (_, i) => `${i}\n`).join(""));
  });
});

Deno.test("another connection under the same session id takes the place of the first", async () => {
  await withKernel(async (lab, kernel) => {
    const first = await KernelSocket.open(lab, { kernel, session: "s" });
    await using second = await KernelSocket.open(lab, { kernel, session: "s" });
    assertEquals((await first.closed).code, 1001);
    assertEquals(printed(await second.execute("console.log(1)")), "1\n");
  });
});

Deno.test("a page that is opened again finds what the cells have put out, and what follows", async () => {
  await withKernel(async (lab, kernel) => {
    const page = await KernelSocket.open(lab, { kernel });
    await page.execute("6 * 7", { cellId: "done" });
    const id = page.run(
      `console.log("early"); ${WAIT_TO_GO} console.log("late")`,
      { cellId: "running" },
    );
    page.run("1", { cellId: "waiting" });
    await page.expect(id, /stream/);
    await page.close();
    await using again = await KernelSocket.open(lab, { kernel });
    const { json } = await lab.ask(`/api/kernels/${kernel}/recording`);
    const { done, running, waiting } = json.cells;
    assertEquals([done.execution_state, done.outputs[0].data["text/plain"]], ["done", "42"]);
    assertEquals([running.msg_id, running.execution_state], [id, "busy"]);
    assertEquals(running.outputs, [{ output_type: "stream", name: "stdout", text: "early\n" }]);
    assertEquals([waiting.execution_state, waiting.outputs], ["queued", []]);
    assertEquals([Date.parse(running.started) <= Date.now(), waiting.started], [true, null]);
    await lab.write("go", "");
    await again.until(() => again.isDone(id));
    const from = again.heard.findIndex(({ id }) => id === json.last_msg_id) + 1;
    assertEquals(printed(again.heard.slice(from).filter(({ cause }) => cause === id)), "late\n");
  });
});

Deno.test("what a saved notebook holds is not recorded any more", async () => {
  await using lab = await TestLab.start();
  const cell = { cell_type: "code", id: "c", metadata: {}, source: "1", outputs: [] };
  const content = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [{ ...cell, execution_count: 1 }],
  };
  const save = () =>
    lab.ask("/api/contents/a.ipynb", { method: "PUT", body: { type: "notebook", content } });
  await save();
  const body = { path: "a.ipynb", type: "notebook" };
  const { json: session } = await lab.ask("/api/sessions", { method: "POST", body });
  const recording = async () =>
    (await lab.ask(`/api/kernels/${session.kernel.id}/recording`)).json.cells;
  await using socket = await KernelSocket.open(lab, { kernel: session.kernel.id });
  await socket.execute("1", { cellId: "c" });
  await socket.execute("2", { cellId: "unsaved" });
  assertEquals(Object.keys(await recording()), ["c", "unsaved"]);
  await save();
  assertEquals(Object.keys(await recording()), ["unsaved"]);
});

Deno.test("what is no message ends the connection that it came on, and no other", async () => {
  await withKernel(async (lab, kernel) => {
    await using bystander = await KernelSocket.open(lab, { kernel });
    const url = `${
      lab.lab.url.replace("http", "ws")
    }/api/kernels/${kernel}/channels?token=${lab.lab.token}`;
    const huge = new BigUint64Array([2n ** 60n, 1n]);
    const frames = [
      "{",
      "[]",
      "null",
      `{"header":{}}`,
      `{"header":{"msg_id":"a"}}`,
      new Uint8Array(3),
      new Uint8Array(64),
      huge,
    ];
    for (const protocol of [[], ["v1.kernel.websocket.jupyter.org"]]) {
      for (const frame of frames) {
        const socket = new WebSocket(url, protocol);
        await new Promise((resolve) => socket.onopen = resolve);
        socket.send(frame);
        const { code } = await new Promise<CloseEvent>((resolve) => socket.onclose = resolve);
        assertEquals(code, 1002);
      }
    }
    assertEquals(printed(await bystander.execute("console.log(1)")), "1\n");
  });
});

Deno.test("a page that does not listen for a while gets every line once it does", async () => {
  await withKernel(async (lab, kernel) => {
    using slow = await Deno.connect({ hostname: "127.0.0.1", port: lab.lab.port });
    const path = `/api/kernels/${kernel}/channels?token=${lab.lab.token}`;
    const head = `GET ${path} HTTP/1.1\r\nHost: ${lab.host}\r\nConnection: Upgrade\r\n` +
      "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
    await slow.write(new TextEncoder().encode(head));
    const buffer = new Uint8Array(65_536);
    await slow.read(buffer); // the answer to the upgrade
    await using page = await KernelSocket.open(lab, { kernel });
    // More than the lab has on its way to one page, and the system between them.
    const lines = 200_000;
    const cell = `for (let i = 0; i < ${lines}; i++) console.log("marker".padEnd(100))`;
    assertEquals(printed(await page.execute(cell)).length, lines * 101);
    const decoder = new TextDecoder("latin1");
    let heard = 0;
    let rest = "";
    while (heard < lines + 1) { // the cell's own text has one, too
      const count = await slow.read(buffer);
      if (count === null) break;
      const pieces = (rest + decoder.decode(buffer.subarray(0, count))).split("marker");
      heard += pieces.length - 1;
      rest = pieces.at(-1)!.slice(-5);
    }
    assertEquals(heard, lines + 1);
  });
});

Deno.test("a kernel that is not there has no WebSocket, and one that is ended closes its own", async () => {
  await withKernel(async (lab, kernel) => {
    await assertRejects(() =>
      KernelSocket.open(lab, { kernel: crypto.randomUUID() }).catch(() => {
        throw new Error("refused");
      })
    );
    const socket = await KernelSocket.open(lab, { kernel });
    await lab.ask(`/api/kernels/${kernel}`, { method: "DELETE" });
    assertEquals((await socket.closed).code, 1001);
  });
});
