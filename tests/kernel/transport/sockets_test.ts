// The five sockets: bound where the connection file says, alive, and slow readers hold nobody up for good.

import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { Subscriber } from "zeromq";
import { channelAddress, parseConnectionFile } from "../../../kernel/protocol/connection_file.ts";
import { createMessage } from "../../../kernel/protocol/message.ts";
import { parse } from "../../../kernel/protocol/wire.ts";
import { Sockets } from "../../../kernel/transport/sockets.ts";
import { kernelTest } from "../testing/test_kernel.ts";
import { ZmtpSocket } from "../testing/zmtp.ts";

function connectionAt(port: number) {
  const ports = ["shell", "iopub", "stdin", "control", "hb"].map((
    name,
    i,
  ) => [`${name}_port`, port + i]);
  return parseConnectionFile(JSON.stringify(Object.fromEntries(ports)), { path: "test" });
}

kernelTest("the heartbeat echoes, also while a cell is busy", async (kernel) => {
  await kernel.send("execute_request", { code: "while (true) {}" });
  const beats: string[] = [];
  const heart = await ZmtpSocket.connect(kernel.process.connection.hb_port, {
    type: "REQ",
    signal: AbortSignal.timeout(5_000),
    receive: ([_, beat]) => beats.push(new TextDecoder().decode(beat)),
  });
  for (const beat of ["one", "two"]) {
    await heart!.send([new Uint8Array(0), new TextEncoder().encode(beat)]);
    await kernel.until(() => beats.includes(beat) || undefined);
  }
  heart!.close();
});

Deno.test({
  name: "an address that is taken is told",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    const connection = connectionAt(21_880);
    const first = await Sockets.bind(connection);
    const error = await assertRejects(() => Sockets.bind(connection), Error);
    assertStringIncludes((error as Error).message, "tcp://127.0.0.1:21880 for shell");
    await first.close();
  },
});

Deno.test({
  name: "what a front end has not read yet makes printing wait, and nothing is lost",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    const connection = connectionAt(21_890);
    const sockets = await Sockets.bind(connection);
    const topics: string[] = [];
    void sockets.serve({ receive: () => {}, welcome: (topic) => topics.push(topic) });
    const reader = new Subscriber({ linger: 0, receiveHighWaterMark: 1 });
    reader.connect(channelAddress(connection, "iopub"));
    reader.subscribe();
    const pause = () => new Promise((resolve) => setTimeout(resolve, 5));
    while (topics.length === 0) await pause();

    const text = "x".repeat(100_000);
    const count = 1_000;
    for (let i = 0; i < count; i++) {
      const content = { name: "stdout" as const, text: `${i} ${text}` };
      void sockets.publish(createMessage("stream", { content, session: "test" }));
    }
    const relieved = sockets.relieved();
    assertEquals(relieved instanceof Promise, true);
    let received = 0;
    while (received < count) {
      while (reader.readable) {
        const { content } = parse(await reader.receive(), connection.key);
        assertEquals(parseInt(String(content.text)), received++);
      }
      await pause();
    }
    await relieved;
    assertEquals(sockets.relieved(), undefined);
    reader.close();
    await sockets.close();
  },
});
