// Both forms in which messages travel over WebSockets.

import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { MessageFrames } from "../../../kernel/protocol/wire.ts";
import { FramingError } from "../../../kernel/server/websocket/framing_error.ts";
import { fromLegacy, toLegacy } from "../../../kernel/server/websocket/framing_legacy.ts";
import { fromV1, toV1 } from "../../../kernel/server/websocket/framing_v1.ts";

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

const channels = fc.constantFrom("shell", "control", "stdin", "iopub");

const messages = fc.record({
  text: fc.string({ unit: "grapheme" }),
  buffers: fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 4 }),
}).map(({ text, buffers }): MessageFrames => ({
  identities: [],
  header: encode({ msg_id: "1", msg_type: text, session: "s" }),
  parentHeader: encode({}),
  metadata: encode({ text }),
  content: encode({ text }),
  buffers,
}));

Deno.test("a message comes out of either form as it went in", () => {
  fc.assert(fc.property(channels, messages, (channel, frames) => {
    assertEquals(fromV1(toV1(channel, frames).buffer), { channel, frames });
    const legacy = toLegacy(channel, frames);
    assertEquals(typeof legacy === "string", frames.buffers.length === 0);
    const back = fromLegacy(typeof legacy === "string" ? legacy : legacy.buffer);
    assertEquals(back, { channel, frames });
  }));
});

Deno.test("the frame of v1.kernel.websocket.jupyter.org is laid out as Jupyter documents it", () => {
  const part = (text: string) => new TextEncoder().encode(text);
  const bytes = toV1("iopub", {
    identities: [],
    header: part("{}"),
    parentHeader: part("{}"),
    metadata: part("{}"),
    content: part("{}"),
    buffers: [part("B")],
  });
  const numbers = [...new BigUint64Array(bytes.buffer.slice(0, 64))].map(Number);
  assertEquals(numbers, [7, 64, 69, 71, 73, 75, 77, 78]);
  assertEquals(new TextDecoder().decode(bytes.subarray(64)), "iopub{}{}{}{}B");
});

Deno.test("bytes that are no message are refused, and nothing else happens", () => {
  const isRefused = (read: () => unknown) => {
    try {
      read();
    } catch (error) {
      assert(error instanceof FramingError, String(error));
    }
  };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
    const data = new Uint8Array(bytes).buffer;
    isRefused(() => fromV1(data));
    isRefused(() => fromLegacy(data));
  }));
  fc.assert(
    fc.property(
      fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { maxLength: 12 }),
      (numbers) => {
        isRefused(() => fromV1(new BigUint64Array(numbers).buffer));
      },
    ),
  );
  fc.assert(fc.property(fc.json(), (text) => isRefused(() => fromLegacy(text))));
  assertThrows(() => fromLegacy("not JSON"), FramingError);
});
