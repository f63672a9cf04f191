// Hostile and broken input: never a crash, never executed, and the log says what was ignored.

import { createHmac } from "node:crypto";
import { assertEquals, assertStringIncludes } from "@std/assert";
import { createCustomMessage } from "../../../kernel/protocol/message.ts";
import { serialize } from "../../../kernel/protocol/wire.ts";
import { kernelTest, ofType, result, type TestKernel } from "../testing/test_kernel.ts";

/** A cell of somebody who should not get one run. */
const INTRUDER = "globalThis.intruder = 1";

const LARGE = 100_000_000;

/** A request for a cell, in frames signed with `key`. */
function cellFrames(code: string, key: string): Uint8Array[] {
  return serialize(
    createCustomMessage("execute_request", { content: { code }, session: "intruder" }),
    key,
  );
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A test that what `send` sends is not executed, and that the log says each of `reasons`. */
function hostileTest(
  claim: string,
  { send, reasons }: {
    send: (kernel: TestKernel, key: string) => Promise<void>;
    reasons: string[];
  },
): void {
  kernelTest(`${claim} is logged, and never executed`, async (kernel) => {
    const { process } = kernel;
    await send(kernel, process.connection.key);
    assertEquals(result(await kernel.execute("typeof intruder")), '"undefined"');
    // Nothing but that cell was taken for a request.
    assertEquals(kernel.received.shell.length, 1);
    assertEquals(kernel.received.iopub.filter(ofType("execute_input")).length, 1);
    await kernel.request("shutdown_request", { restart: false }, "control");
    assertEquals((await process.ended).code, 0);
    const { message } = await process.obituary("it ended");
    for (const reason of reasons) assertStringIncludes(message, reason);
  });
}

hostileTest("a message with a wrong signature, or none,", {
  send: async (kernel) => {
    for (const channel of ["shell", "control", "stdin"] as const) {
      await kernel.sendFrames(cellFrames(INTRUDER, "not the key"), channel);
      await kernel.sendFrames(cellFrames(INTRUDER, ""), channel);
    }
  },
  reasons: ["shell", "control", "stdin"].map((channel) =>
    `ignored on ${channel}: a message's signature does not match`
  ),
});

hostileTest("a signed message that is not JSON", {
  send: async (kernel, key) => {
    const frames = cellFrames(INTRUDER, "");
    for (const content of ["{", "[]", "null", '"text"', "\xff"]) {
      const parts = [...frames.slice(2, 5), bytes(content)];
      const hmac = createHmac("sha256", key);
      for (const part of parts) hmac.update(part);
      await kernel.sendFrames([frames[0], bytes(hmac.digest("hex")), ...parts]);
    }
  },
  reasons: ["content is not JSON", "content is an array", "content is null", "content is a string"],
});

hostileTest("a message with frames missing", {
  send: async (kernel, key) => {
    const frames = cellFrames(INTRUDER, key);
    for (let length = 0; length < frames.length; length++) {
      await kernel.sendFrames(length === 0 ? [new Uint8Array(0)] : frames.slice(0, length));
    }
    await kernel.sendFrames(frames.slice(1));
  },
  reasons: ["has no <IDS|MSG> frame", "has 0 frames after", "has 4 frames after"],
});

hostileTest("a message of an unknown type", {
  send: async (kernel) => {
    for (const channel of ["shell", "control"] as const) {
      for (const type of ["nonsense_request", "constructor", "toString", "__proto__"]) {
        await kernel.send(type, { code: INTRUDER }, channel);
      }
    }
    await kernel.send("execute_request", { code: INTRUDER }, "control");
    await kernel.send("execute_request", { code: INTRUDER }, "stdin");
  },
  reasons: ["nonsense_request", "constructor", "toString", "__proto__", "execute_request"],
});

hostileTest("a frame of 100 MB with a wrong signature", {
  send: async (kernel) => {
    await kernel.sendFrames(cellFrames(`${INTRUDER} // ${"x".repeat(LARGE)}`, "not the key"));
  },
  reasons: ["signature does not match"],
});

kernelTest("a message that is sent again is executed once, and that is logged", async (kernel) => {
  await kernel.execute("let times = 0");
  const { key } = kernel.process.connection;
  const message = createCustomMessage("execute_request", {
    content: { code: "times++" },
    session: "test",
  });
  const frames = serialize(message, key);
  for (let i = 0; i < 3; i++) await kernel.sendFrames(frames);
  await kernel.answer(message.header.msg_id);
  assertEquals(result(await kernel.execute("times")), "1");
  await kernel.request("shutdown_request", { restart: false }, "control");
  const { message: log } = await kernel.process.obituary("it ended");
  assertStringIncludes(log, "sent a second time");
});

kernelTest("a signed request of 100 MB is answered", async (kernel) => {
  const { reply } = await kernel.request("kernel_info_request", { padding: "x".repeat(LARGE) });
  assertEquals(reply.content.status, "ok");
  assertEquals(result(await kernel.execute("1")), "1");
});
