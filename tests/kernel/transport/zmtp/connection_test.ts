// The kernel's connections as strangers and other ZeroMQ libraries use them.

import { assertEquals, assertStringIncludes } from "@std/assert";
import { createMessage } from "../../../../kernel/protocol/message.ts";
import { parseConnectionFile } from "../../../../kernel/protocol/connection_file.ts";
import { Sockets } from "../../../../kernel/transport/sockets.ts";
import { ZmtpConnection } from "../../../../kernel/transport/zmtp/connection.ts";
import { encodeCommand, encodeMessage, join } from "../../../../kernel/transport/zmtp/framing.ts";
import { greeting, readyCommand } from "../../../../kernel/transport/zmtp/handshake.ts";

const PORT = 21_900;
const CHANNELS = ["shell", "iopub", "stdin", "control", "hb"];
const nobody = new Uint8Array(0);

/** Runs a test with bound sockets; `said` is what they log. */
async function withSockets(test: (sockets: Sockets, said: string[]) => Promise<void>) {
  const ports = CHANNELS.map((name, i) => [`${name}_port`, PORT + i]);
  const sockets = Sockets.bind(
    parseConnectionFile(JSON.stringify(Object.fromEntries(ports)), { path: "test" }),
  );
  const said: string[] = [];
  const { error } = console;
  console.error = (text: string) => said.push(text);
  void sockets.serve({
    receive: () => {},
    welcome: (subscription) =>
      createMessage("iopub_welcome", {
        content: { subscription },
        session: "test",
        identities: [new TextEncoder().encode(subscription)],
      }),
  });
  try {
    await test(sockets, said);
  } finally {
    await sockets.close();
    console.error = error;
  }
}

/** Sends bytes to a channel and returns what comes back until `enough` of it has come, or the connection ends. */
async function exchange(
  channel: string,
  bytes: Uint8Array,
  enough: (answer: Uint8Array) => boolean = () => false,
): Promise<Uint8Array> {
  using connection = await Deno.connect({ port: PORT + CHANNELS.indexOf(channel) });
  await connection.write(bytes);
  let answer = nobody;
  const buffer = new Uint8Array(4_096);
  while (!enough(answer)) {
    const count = await connection.read(buffer).catch(() => null);
    if (count === null) break;
    answer = join([answer, buffer.slice(0, count)]);
  }
  return answer;
}

function introduced(type: string, ...rest: Uint8Array[]): Uint8Array {
  return join([greeting(), readyCommand({ type, identity: nobody }), ...rest]);
}

function text(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}

function connectionTest(claim: string, test: Parameters<typeof withSockets>[0]): void {
  Deno.test({ name: claim, fn: () => withSockets(test) });
}

connectionTest(
  "whoever does not speak ZeroMQ is sent away, and that is logged",
  async (_, said) => {
    await exchange("shell", new TextEncoder().encode("GET / HTTP/1.1\r\n\r\n"));
    const old = greeting();
    old[10] = 1;
    await exchange("control", old);
    const encrypted = greeting();
    encrypted.set(new TextEncoder().encode("CURVE"), 12);
    await exchange("iopub", encrypted);
    assertEquals(said.map((line) => line.replace(/^dials: ignored on /, "")), [
      "shell: somebody connected who does not speak ZeroMQ",
      "control: a peer speaks ZeroMQ older than version 3 of its protocol",
      'iopub: a peer wants the security mechanism "CURVE"',
    ]);
  },
);

connectionTest("broken introductions and wrong kinds of sockets are sent away", async (_, said) => {
  await exchange("shell", introduced("PULL"));
  await exchange(
    "shell",
    join([greeting(), encodeCommand("READY", new Uint8Array([4, 65, 66]))]),
  );
  await exchange("shell", join([greeting(), new Uint8Array([0, 1, 65])]));
  await exchange("iopub", introduced("SUB", new Uint8Array([1, 0, 9, 9])));
  const [kind, short, early, flags] = said;
  assertStringIncludes(kind, '"PULL" socket cannot talk to a ROUTER');
  assertStringIncludes(short, "cut short");
  assertStringIncludes(early, "before it introduced itself");
  assertStringIncludes(flags, "flags 9");
});

connectionTest("a ping is answered with its context", async () => {
  const ping = encodeCommand("PING", new Uint8Array([0, 100, 42, 43]));
  const answer = await exchange(
    "shell",
    introduced("DEALER", ping),
    (bytes) => text(bytes).includes("PONG*+"),
  );
  assertStringIncludes(text(answer), "PONG*+");
});

connectionTest(
  "a subscription is greeted, as a message and as a command, by its topic",
  async () => {
    const asMessage = new Uint8Array([0, 3, 1, 97, 98]);
    const asCommand = encodeCommand("SUBSCRIBE", new Uint8Array([97, 98]));
    for (const subscription of [asMessage, asCommand]) {
      const answer = await exchange(
        "iopub",
        introduced("SUB", subscription),
        (bytes) => text(bytes).includes('{"subscription":"ab"}'),
      );
      assertStringIncludes(text(answer), "iopub_welcome");
    }
  },
);

connectionTest("what is broadcast goes to those who subscribed to its topic", async (sockets) => {
  const publish = (topic: string) =>
    sockets.publish(
      createMessage("stream", {
        content: { name: "stdout", text: `<${topic}>` },
        session: "test",
        identities: [new TextEncoder().encode(topic)],
      }),
    );
  let isAsked = false;
  const answer = await exchange(
    "iopub",
    introduced(
      "SUB",
      new Uint8Array([0, 2, 1, 97]),
      new Uint8Array([0, 2, 1, 99]),
      new Uint8Array([
        0,
        2,
        0,
        99,
      ]),
    ),
    (bytes) => {
      if (!isAsked && text(bytes).includes('{"subscription":"c"}')) {
        isAsked = true;
        for (const topic of ["b", "c", "abc", "a"]) publish(topic);
      }
      return text(bytes).includes("<a>");
    },
  );
  const heard = [...text(answer).matchAll(/<\w+>/g)].map(([topic]) => topic);
  assertEquals(heard, ["<abc>", "<a>"]);
});

connectionTest("a topic longer than any is refused", async (_, said) => {
  const head = new Uint8Array([2, 0, 0, 0, 0, 0, 0x20, 0, 0]);
  await exchange("iopub", introduced("SUB", head, new Uint8Array(1 << 21).fill(1)));
  assertStringIncludes(said[0], "topic is too long");
});

Deno.test("a message waits until the peer has introduced itself, as ZeroMQ's own library needs it", async () => {
  let written = nobody;
  const arriving = new TransformStream<Uint8Array, Uint8Array>();
  const [reader, writer] = [arriving.readable.getReader(), arriving.writable.getWriter()];
  const connection = new ZmtpConnection({
    read: async (buffer) => {
      const { value } = await reader.read();
      if (value === undefined) return null;
      buffer.set(value);
      return value.length;
    },
    write: (bytes) => {
      written = join([written, bytes]);
      return Promise.resolve(bytes.length);
    },
    close: () => {},
  }, { type: "SUB", listener: { message: () => {} } });
  const listening = connection.listen();
  const subscription = [new Uint8Array([1])];
  connection.send(subscription);
  await connection.drained();
  const introduction = introduced("SUB");
  assertEquals(written, introduction);
  assertEquals(connection.waiting, 3); // a frame of two bytes and a body of one
  await writer.write(introduced("XPUB"));
  await new Promise((resolve) => setTimeout(resolve, 10));
  assertEquals(written, join([introduction, ...encodeMessage(subscription)]));
  assertEquals(connection.waiting, 0);
  await writer.close();
  await listening;
});
