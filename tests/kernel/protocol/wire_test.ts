// A message survives the wire, and nothing that is not ours gets through.

import { assertEquals, assertThrows } from "@std/assert";
import { createMessage } from "../../../kernel/protocol/message.ts";
import { parse, serialize, SignatureError, WireError } from "../../../kernel/protocol/wire.ts";

const KEY = "a key";
const text = (value: string) => new TextEncoder().encode(value);

function example() {
  return createMessage("execute_request", {
    content: { code: "1 + 1 // é 🚢", silent: false },
    session: "client",
    identities: [text("route"), new Uint8Array([0, 255, 7])],
    metadata: { cellId: "x" },
    buffers: [new Uint8Array([1, 2, 3]), new Uint8Array(0)],
  });
}

Deno.test("a message comes back from the wire as it was sent", () => {
  const message = example();
  assertEquals<unknown>(parse(serialize(message, KEY), KEY), message);
});

Deno.test("a reply carries the whole header of what it answers", () => {
  const request = example();
  const reply = createMessage("status", {
    content: { execution_state: "busy" },
    session: "kernel",
    parent: request.header,
  });
  assertEquals(parse(serialize(reply, KEY), KEY).parent_header, request.header);
});

Deno.test("an empty key leaves messages unsigned", () => {
  const frames = serialize(example(), "");
  assertEquals(frames[3].length, 0);
  assertEquals(parse(frames, "").content.code, "1 + 1 // é 🚢");
});

Deno.test("the signature is HMAC-SHA256 over header, parent, metadata and content", async () => {
  const frames = serialize(example(), KEY);
  const key = await crypto.subtle.importKey(
    "raw",
    text(KEY),
    { name: "HMAC", hash: "SHA-256" },
    false,
    [
      "sign",
    ],
  );
  const signed = await new Blob(frames.slice(4, 8) as Uint8Array<ArrayBuffer>[]).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.sign("HMAC", key, signed));
  assertEquals(
    new TextDecoder().decode(frames[3]),
    Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join(""),
  );
});

Deno.test("a wrong signature is refused", () => {
  assertThrows(() => parse(serialize(example(), "another key"), KEY), SignatureError);
});

Deno.test("a message without a signature is refused where there is a key", () => {
  assertThrows(() => parse(serialize(example(), ""), KEY), SignatureError);
});

Deno.test("a byte changed in any signed frame is noticed", () => {
  for (const index of [4, 5, 6, 7]) {
    const frames = serialize(example(), KEY).map((frame) => frame.slice());
    frames[index][frames[index].length - 1] ^= 1;
    assertThrows(() => parse(frames, KEY), SignatureError);
  }
});

Deno.test("missing frames are refused", () => {
  const frames = serialize(example(), KEY);
  assertThrows(() => parse([], KEY), WireError, "<IDS|MSG>");
  for (const count of [1, 2, 3, 4, 5, 6, 7]) {
    assertThrows(() => parse(frames.slice(0, count), KEY), WireError);
  }
});

Deno.test("frames that are not JSON objects are refused", () => {
  for (const content of ["{", "[]", "null", "1", '"text"']) {
    const frames = serialize(example(), "");
    frames[7] = text(content);
    assertThrows(() => parse(frames, ""), WireError, "content");
  }
  const frames = serialize(example(), "");
  frames[7] = new Uint8Array([0xff, 0xfe]);
  assertThrows(() => parse(frames, ""), WireError, "not JSON");
});

Deno.test("a header without an id or a type is refused", () => {
  const frames = serialize(example(), "");
  frames[4] = text('{"msg_id":"1","session":"s"}');
  assertThrows(() => parse(frames, ""), WireError, "msg_type");
});
