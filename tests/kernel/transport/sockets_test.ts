// The five sockets: bound where the connection file says, alive, and slow readers hold nobody up for good.

import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { Request, Subscriber } from "zeromq";
import {
  channelAddress,
  type ConnectionInfo,
  parseConnectionFile,
} from "../../../kernel/protocol/connection_file.ts";
import { createMessage } from "../../../kernel/protocol/message.ts";
import { parse } from "../../../kernel/protocol/wire.ts";
import { type Receiver, Sockets } from "../../../kernel/transport/sockets.ts";
import { kernelTest } from "../testing/test_kernel.ts";

function connectionAt(port: number) {
  const ports = ["shell", "iopub", "stdin", "control", "hb"].map((
    name,
    i,
  ) => [`${name}_port`, port + i]);
  return parseConnectionFile(JSON.stringify(Object.fromEntries(ports)), { path: "test" });
}

/** Takes no requests, and hears who subscribes. */
function receiver(subscribed: (topic: string) => void = () => {}): Receiver {
  return {
    receive: () => {},
    welcome: (subscription) => {
      subscribed(subscription);
      return createMessage("iopub_welcome", { content: { subscription }, session: "test" });
    },
  };
}

kernelTest("the heartbeat echoes, also while a cell is busy", async (kernel) => {
  await kernel.send("execute_request", { code: "while (true) {}" });
  const heart = new Request({ linger: 0 });
  heart.connect(channelAddress(kernel.process.connection, "hb"));
  for (const beat of ["one", "two"]) {
    await heart.send(beat);
    await kernel.until(() => heart.readable || undefined);
    assertEquals((await heart.receive()).map(String), [beat]);
  }
  heart.close();
});

Deno.test({
  name: "an address that is taken is told",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    const connection = connectionAt(21_880);
    const first = Sockets.bind(connection);
    const error = assertThrows(() => Sockets.bind(connection), Error);
    assertStringIncludes((error as Error).message, "tcp://127.0.0.1:21880 for shell");
    await first.close();
  },
});

if (Deno.build.os === "linux") {
  Deno.test("only this machine is listened to, unless the connection file says otherwise", async () => {
    const reachable = async (ip: string | undefined): Promise<boolean> => {
      const connection = connectionAt(21_910);
      const sockets = Sockets.bind(ip === undefined ? connection : { ...connection, ip });
      try {
        // Another address of this machine, which stands for one by which others reach it.
        (await Deno.connect({ hostname: "127.0.0.2", port: connection.shell_port })).close();
        return true;
      } catch {
        return false;
      } finally {
        await sockets.close();
      }
    };
    assertEquals(await reachable(undefined), false);
    assertEquals(await reachable("0.0.0.0"), true);
    assertEquals(await reachable("*"), true);
  });
}

if (Deno.build.os !== "windows") {
  Deno.test({
    name: "a connection file may name Unix sockets, whose files go with the kernel",
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => {
      const folder = await Deno.makeTempDir();
      const connection: ConnectionInfo = {
        ...connectionAt(1),
        transport: "ipc",
        ip: `${folder}/kernel`,
      };
      // What a killed kernel has left is in nobody's way.
      const left = `Deno.listen({ transport: "unix", path: ${
        JSON.stringify(`${connection.ip}-5`)
      } })`;
      await new Deno.Command(Deno.execPath(), {
        args: ["eval", `${left}; Deno.kill(Deno.pid, "SIGKILL")`],
      }).output();
      assertEquals([...Deno.readDirSync(folder)].length, 1);
      const sockets = Sockets.bind(connection);
      void sockets.serve(receiver());
      const heart = new Request({ linger: 0 });
      heart.connect(channelAddress(connection, "hb"));
      await heart.send("beat");
      while (!heart.readable) await new Promise((resolve) => setTimeout(resolve, 5));
      assertEquals((await heart.receive()).map(String), ["beat"]);
      heart.close();
      await sockets.close();
      assertEquals([...Deno.readDirSync(folder)], []);
      await Deno.remove(folder);
    },
  });
}

Deno.test({
  name: "what a front end has not read yet makes printing wait, and nothing is lost",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    const connection = connectionAt(21_890);
    const sockets = Sockets.bind(connection);
    const topics: string[] = [];
    void sockets.serve(receiver((topic) => topics.push(topic)));
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
        const { header, content } = parse(await reader.receive(), connection.key);
        if (header.msg_type === "iopub_welcome") continue;
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
