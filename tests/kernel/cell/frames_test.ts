// Frames are found among printed bytes, however the stream is cut.

import { assertEquals } from "@std/assert";
import {
  createNonce,
  encodeFrames,
  FrameParser,
  MAX_FRAME,
  NONCE_LENGTH,
} from "../../../kernel/cell/frames.ts";

const encode = (text: string) => new TextEncoder().encode(text);

/** What a parser finds: printed bytes joined, frames by themselves. */
function parse(chunks: Uint8Array[], nonce: Uint8Array): string[] {
  const found: { kind: "print" | "frame"; bytes: number[] }[] = [];
  const parser = new FrameParser(nonce, {
    print: (bytes) => {
      const last = found.at(-1);
      if (last?.kind === "print") last.bytes.push(...bytes);
      else found.push({ kind: "print", bytes: [...bytes] });
    },
    receive: (payload) => found.push({ kind: "frame", bytes: [...payload] }),
  });
  for (const chunk of chunks) parser.push(chunk);
  parser.end();
  return found.map(({ kind, bytes }) =>
    `${kind} ${new TextDecoder().decode(new Uint8Array(bytes))}`
  );
}

function join(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

Deno.test("frames and printed bytes come out in the order they went in", () => {
  const nonce = createNonce();
  const stream = join(
    encode("before "),
    ...encodeFrames(encode("one"), nonce),
    ...encodeFrames(encode(""), nonce),
    encode("between é"),
    ...encodeFrames(encode("two"), nonce),
    encode("after"),
  );
  const expected = [
    "print before ",
    "frame one",
    "frame ",
    "print between é",
    "frame two",
    "print after",
  ];
  assertEquals(parse([stream], nonce), expected);
  for (let cut = 1; cut < stream.length; cut++) {
    assertEquals(parse([stream.slice(0, cut), stream.slice(cut)], nonce), expected);
  }
  assertEquals(parse(Array.from(stream, (byte) => new Uint8Array([byte])), nonce), expected);
});

Deno.test("a long payload travels in frames that a pipe takes in one piece each", () => {
  const nonce = createNonce();
  const text = "é".repeat(10_000);
  const frames = encodeFrames(encode(text), nonce);
  for (const frame of frames) assertEquals(frame.length <= MAX_FRAME, true);
  // Others print between the pieces.
  const stream = frames.flatMap((frame) => [frame, encode("x")]);
  const found = parse(stream, nonce);
  assertEquals(found[0], `print ${"x".repeat(frames.length - 1)}`);
  assertEquals(found[1], `frame ${text}`);
});

Deno.test("what only looks like a frame is printed", () => {
  const nonce = createNonce();
  const other = createNonce();
  const stream = join(...encodeFrames(encode("forged"), other), nonce.slice(0, NONCE_LENGTH - 1));
  const found: number[] = [];
  const parser = new FrameParser(nonce, {
    print: (bytes) => found.push(...bytes),
    receive: () => {
      throw new Error("a forged frame was believed");
    },
  });
  parser.push(stream);
  parser.end();
  assertEquals(found, [...stream]);
});

Deno.test("twenty megabytes of print are parsed in a moment", () => {
  const nonce = createNonce();
  const chunk = new Uint8Array(1 << 16).fill(120);
  let bytes = 0;
  const parser = new FrameParser(nonce, {
    print: (part) => bytes += part.length,
    receive: () => {},
  });
  const start = performance.now();
  for (let i = 0; i < 320; i++) parser.push(chunk);
  assertEquals(bytes, 320 << 16);
  assertEquals(performance.now() - start < 1_000, true);
});
