// ZeroMQ's frames: whole however the stream is cut, and refused where they are none.

import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  encodeCommand,
  encodeMessage,
  join,
  MessageParser,
  ZmtpError,
} from "../../../../kernel/transport/zmtp/framing.ts";

/** What a parser finds in chunks: messages as arrays of frames, commands as their name and data. */
function parsed(chunks: Uint8Array[], largest = 1 << 20): unknown[] {
  const found: unknown[] = [];
  const parser = new MessageParser({
    message: (frames) => found.push(frames.map((frame) => [...frame])),
    command: (name, data) => found.push([name, [...data]]),
  }, { largest });
  for (const chunk of chunks) parser.push(chunk);
  return found;
}

function cut(bytes: Uint8Array, sizes: number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length];
    chunks.push(bytes.slice(at, at + size));
    at += size;
  }
  return chunks;
}

Deno.test("messages come out as they went in, however the bytes between are cut", () => {
  const frame = fc.uint8Array({ maxLength: 600 });
  const messages = fc.array(fc.array(frame, { minLength: 1, maxLength: 5 }), { maxLength: 5 });
  const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 8 });
  fc.assert(fc.property(messages, sizes, (sent, sizes) => {
    const bytes = join(sent.flatMap(encodeMessage));
    assertEquals(parsed(cut(bytes, sizes)), sent.map((frames) => frames.map((part) => [...part])));
  }));
});

Deno.test("commands are told from messages", () => {
  const bytes = [
    encodeCommand("PING", new Uint8Array([0, 9, 7])),
    ...encodeMessage([
      new Uint8Array([1]),
    ]),
  ];
  assertEquals(parsed(bytes), [["PING", [0, 9, 7]], [[1]]]);
});

Deno.test("flags that nobody has defined are refused", () => {
  assertThrows(() => parsed([new Uint8Array([8, 0])]), ZmtpError, "flags 8");
});

Deno.test("a message is refused as too large before its bytes have come", () => {
  const head = new Uint8Array([2, 0, 0, 0x10, 0, 0, 0, 0, 0]);
  assertThrows(() => parsed([head]), ZmtpError, "too large");
});

Deno.test("a message of countless empty frames is refused as too large", () => {
  const endless = Array.from({ length: 2_000 }, () => new Uint8Array([1, 0]));
  assertThrows(() => parsed(endless), ZmtpError, "too large");
});
