// The form of messages where no subprotocol was agreed on: one JSON object with the channel's name in it; with
// buffers, a binary frame of
//   the number of parts, their offsets, the JSON object, buffers…
// with numbers of 32 bits, big end first.
// https://jupyter-server.readthedocs.io/en/latest/developers/websocket-protocols.html

import { isObject, type Json } from "../../notebook/format.ts";
import type { MessageFrames } from "../../protocol/wire.ts";
import { FramingError } from "./framing_error.ts";

const NUMBER_BYTES = 4;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A message as text, or as a binary frame where it has buffers. */
export function toLegacy(channel: string, frames: MessageFrames): string | Uint8Array<ArrayBuffer> {
  const { header, parentHeader, metadata, content, buffers } = frames;
  // The parts are JSON already: they are put together, not read and written again.
  const text = `{"channel":${JSON.stringify(channel)},"header":${decoder.decode(header)}` +
    `,"parent_header":${decoder.decode(parentHeader)},"metadata":${decoder.decode(metadata)}` +
    `,"content":${decoder.decode(content)},${topLevel(header)}"buffers":[]}`;
  if (buffers.length === 0) return text;
  const parts = [encoder.encode(text), ...buffers];
  const start = NUMBER_BYTES * (parts.length + 1);
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, start));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, parts.length);
  let offset = start;
  for (const [index, part] of parts.entries()) {
    view.setUint32(NUMBER_BYTES * (index + 1), offset);
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/**
 * The message in a frame, and its channel; without one it is meant for shell.
 *
 * @throws {FramingError} if it holds none
 */
export function fromLegacy(
  data: string | ArrayBuffer,
): { channel: string; frames: MessageFrames } {
  const { text, buffers } = typeof data === "string" ? { text: data, buffers: [] } : split(data);
  let message: Json;
  try {
    message = JSON.parse(text);
  } catch {
    throw new FramingError("a frame is not JSON");
  }
  if (!isObject(message) || !isObject(message.header)) {
    throw new FramingError("a frame is no message: it has no header");
  }
  const encode = (part: Json | undefined) => encoder.encode(JSON.stringify(part ?? {}));
  return {
    channel: typeof message.channel === "string" ? message.channel : "shell",
    frames: {
      identities: [],
      header: encode(message.header),
      parentHeader: encode(message.parent_header),
      metadata: encode(message.metadata),
      content: encode(message.content),
      buffers,
    },
  };
}

/** The message's id and type, which Jupyter also puts beside the header. */
function topLevel(header: Uint8Array): string {
  const { msg_id, msg_type } = JSON.parse(decoder.decode(header));
  return `"msg_id":${JSON.stringify(msg_id)},"msg_type":${JSON.stringify(msg_type)},`;
}

function split(data: ArrayBuffer): { text: string; buffers: Uint8Array[] } {
  const view = new DataView(data);
  const read = (index: number): number => {
    const position = NUMBER_BYTES * index;
    if (position + NUMBER_BYTES > data.byteLength) throw new FramingError("a frame is too short");
    return view.getUint32(position);
  };
  const count = read(0);
  if (count < 1 || count > data.byteLength / NUMBER_BYTES) {
    throw new FramingError(`a frame has ${count} parts; it needs one or more`);
  }
  const offsets = Array.from({ length: count }, (_, index) => read(index + 1));
  offsets.push(data.byteLength);
  if (offsets.some((offset, index) => offset < (offsets[index - 1] ?? 0))) {
    throw new FramingError("a frame's offsets do not ascend to its end");
  }
  const [text, ...buffers] = offsets.slice(1).map((end, index) =>
    new Uint8Array(data, offsets[index], end - offsets[index])
  );
  return { text: decoder.decode(text), buffers };
}
