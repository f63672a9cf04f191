// The client's channels, with a publisher of the test's own at the other end.

import { assertEquals } from "@std/assert";
import { Publisher } from "zeromq";
import { Channels } from "../../../kernel/client/channels.ts";
import { createMessage } from "../../../kernel/protocol/message.ts";
import { decodeMessage, serialize } from "../../../kernel/protocol/wire.ts";

Deno.test("a message whose signature is wrong is dropped, and those after it arrive", async () => {
  const publisher = new Publisher({ linger: 0 });
  await publisher.bind("tcp://127.0.0.1:*");
  const port = Number(publisher.lastEndpoint!.split(":").at(-1));
  const heard: unknown[] = [];
  const channels = new Channels({
    transport: "tcp",
    ip: "127.0.0.1",
    shell_port: 9,
    control_port: 9,
    stdin_port: 9,
    hb_port: 9,
    iopub_port: port,
    signature_scheme: "hmac-sha256",
    key: "ours",
  }, (_channel, frames) => heard.push(decodeMessage(frames).content.text));
  try {
    const say = (text: string, key: string) => {
      const content = { name: "stdout", text } as const;
      return publisher.send(serialize(createMessage("stream", { content, session: "s" }), key));
    };
    while (heard.length === 0) { // until the subscription has arrived
      await say("hello", "ours");
      await new Promise((done) => setTimeout(done, 10));
    }
    await new Promise((done) => setTimeout(done, 50));
    heard.length = 0;
    await say("forged", "theirs");
    await publisher.send(["no", "message"]);
    await say("true", "ours");
    while (heard.length === 0) await new Promise((done) => setTimeout(done, 5));
    assertEquals(heard, ["true"]);
  } finally {
    channels.close();
    publisher.close();
  }
});
