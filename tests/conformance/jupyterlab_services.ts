// JupyterLab's own client against the lab: deno run -A jupyterlab_services.ts URL TOKEN
// Ends with the line "passed P failed F skipped S".

import { assert, assertEquals } from "@std/assert";
import {
  type Kernel,
  type KernelMessage,
  ServerConnection,
  ServiceManager,
} from "@jupyterlab/services";

const [url, token] = Deno.args;
const serverSettings = ServerConnection.makeSettings({
  baseUrl: url,
  wsUrl: url.replace("http", "ws"),
  token,
  appendToken: true,
  fetch,
  Request,
  Headers,
  // deno-lint-ignore no-explicit-any -- the standard's type and Node's differ in what is not used
  WebSocket: WebSocket as any,
});
const services = new ServiceManager({ serverSettings });
await services.ready;

/** Runs a cell and returns what it printed, and the status of its reply. */
async function execute(
  kernel: Kernel.IKernelConnection,
  code: string,
  { onStdin }: { onStdin?: () => void } = {},
): Promise<{ text: string; status: string }> {
  const future = kernel.requestExecute({ code, allow_stdin: onStdin !== undefined });
  let text = "";
  future.onIOPub = ({ header, content }) => {
    if (header.msg_type === "stream") text += (content as { text: string }).text;
  };
  if (onStdin !== undefined) future.onStdin = () => onStdin();
  const reply = await future.done as KernelMessage.IExecuteReplyMsg;
  return { text, status: reply.content.status };
}

const path = "services.ipynb";

const checks: Record<string, () => Promise<void>> = {
  "contents are made, saved, checked, moved and removed": async () => {
    const { contents } = services;
    const made = await contents.newUntitled({ path: "", type: "notebook" });
    const moved = await contents.rename(made.path, path);
    assertEquals(moved.path, path);
    const { content } = await contents.get(path);
    content.cells.push({ cell_type: "markdown", id: "a", metadata: {}, source: "# ü\ntext" });
    const saved = await contents.save(path, { type: "notebook", format: "json", content });
    assert(saved.last_modified !== "");
    assertEquals((await contents.get(path)).content.cells[0].source, "# ü\ntext");
    assert((await contents.get(path, { content: false, hash: true })).hash);
    assertEquals((await contents.listCheckpoints(path)).length, 1);
    await contents.restoreCheckpoint(path, (await contents.createCheckpoint(path)).id);
    const copy = await contents.copy(path, "");
    assertEquals(copy.path, "services-Copy1.ipynb");
    await contents.delete(copy.path);
    const listed = (await contents.get("")).content.map(({ name }: { name: string }) => name);
    assert(listed.includes(path) && !listed.includes(copy.path));
    const link = await contents.getDownloadUrl(path);
    const file = await fetch(link, { headers: { authorization: `token ${token}` } });
    assertEquals((await file.json()).nbformat, 4);
  },
  "a large file is uploaded in pieces": async () => {
    const piece = btoa("x".repeat(1_000_000));
    for (const chunk of [1, 2, -1]) {
      // deno-lint-ignore no-explicit-any -- the pieces' number is not in the type, but sent by JupyterLab
      const model: any = { type: "file", format: "base64", content: piece, chunk };
      await services.contents.save("big.bin", model);
    }
    assertEquals((await services.contents.get("big.bin", { content: false })).size, 3_000_000);
    await services.contents.delete("big.bin");
  },
  "the kernels are offered": () => {
    const { specs } = services.kernelspecs;
    assertEquals([specs?.default, specs?.kernelspecs.dials?.language], ["dials", "typescript"]);
    return Promise.resolve();
  },
  "a session runs cells, is asked for a line, interrupted and restarted": async () => {
    const session = await services.sessions.startNew({
      path,
      name: path,
      type: "notebook",
      kernel: { name: "dials" },
    });
    const kernel = session.kernel!;
    assertEquals((await kernel.info).implementation, "dials");
    assertEquals(await execute(kernel, "console.log(6 * 7)"), { text: "42\n", status: "ok" });
    const asked = await execute(kernel, `console.log("hello " + prompt(""))`, {
      onStdin: () => kernel.sendInputReply({ status: "ok", value: "Ada" }, undefined as never),
    });
    assert(asked.text.includes("hello Ada"));
    const { content } = await kernel.requestComplete({ code: "Deno.readTextFi", cursor_pos: 15 });
    assert(content.status === "ok" && content.matches.includes("readTextFile"));
    const busy = kernel.requestExecute({ code: "console.log(1); while (true) {}" });
    await new Promise<void>((resolve) => {
      busy.onIOPub = ({ header }) => {
        if (header.msg_type === "stream") resolve();
      };
    });
    await kernel.interrupt();
    assertEquals((await busy.done).content.status, "error");
    await kernel.restart();
    assertEquals((await execute(kernel, "console.log(typeof asked)")).text, "undefined\n");
    await session.shutdown();
    await services.kernels.refreshRunning();
    assertEquals([...services.kernels.running()].length, 0);
  },
  "a connection that breaks comes back to what it missed": async () => {
    const kernel = await services.kernels.startNew({ name: "dials" });
    const running = execute(
      kernel,
      `for (let i = 0; i < 30; i++) { console.log(i); await new Promise((r) => setTimeout(r, 20)); }`,
    );
    // Just after a message, so that none is under way: what a client threw away with its socket is gone.
    await new Promise<void>((resolve) => {
      let heard = 0;
      kernel.iopubMessage.connect((_, { header }) => {
        if (header.msg_type === "stream" && ++heard === 5) resolve();
      });
    });
    await kernel.reconnect();
    assertEquals((await running).text, Array.from({ length: 30 }, (_, i) => `${i}\n`).join(""));
    await kernel.shutdown();
  },
  "a widget's comm goes both ways": async () => {
    const kernel = await services.kernels.startNew({ name: "dials" });
    await execute(
      kernel,
      `Deno.jupyter.comms.register("echo", (comm) => {
        comm.onMessage = ({ data, buffers }) => comm.send(data, { buffers });
      })`,
    );
    const comm = kernel.createComm("echo");
    const back = new Promise<KernelMessage.ICommMsgMsg>((resolve) => comm.onMsg = resolve);
    await comm.open().done;
    comm.send({ a: 1 }, {}, [new Uint8Array([1, 2, 3]).buffer]);
    const { content, buffers } = await back;
    assertEquals(content.data, { a: 1 });
    assertEquals(
      new Uint8Array((buffers![0] as DataView).buffer).slice(-3),
      new Uint8Array([1, 2, 3]),
    );
    await kernel.shutdown();
  },
};

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    console.log(`${name} ... ok`);
  } catch (error) {
    failed++;
    console.log(`${name} ... FAILED\n${error instanceof Error ? error.stack : error}`);
  }
}
console.log(`passed ${Object.keys(checks).length - failed} failed ${failed} skipped 0`);
services.dispose();
Deno.exit(failed === 0 ? 0 : 1);
