// The subprotocol v1.kernel.websocket.jupyter.org: a message is one binary frame of
//   the number of offsets, the offsets, the channel's name, header, parent header, metadata, content, buffers…
// with numbers of 64 bits, little end first. The last offset is the frame's length.
// https://jupyter-server.readthedocs.io/en/latest/developers/websocket-protocols.html

import type { MessageFrames } from "../../protocol/wire.ts";
import { FramingError } from "./framing_error.ts";

/** The subprotocol's name. */
export const V1_PROTOCOL = "v1.kernel.websocket.jupyter.org";

const NUMBER_BYTES = 8;

/** The channel and the four JSON parts, which every message has. */
const FIXED_PARTS = 5;

/** A message as one binary frame. */
export function toV1(channel: string, frames: MessageFrames): Uint8Array<ArrayBuffer> {
  const { header, parentHeader, metadata, content, buffers } = frames;
  const parts = [
    new TextEncoder().encode(channel),
    header,
    parentHeader,
    metadata,
    content,
    ...buffers,
  ];
  const start = NUMBER_BYTES * (parts.length + 2);
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, start));
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(parts.length + 1), true);
  let offset = start;
  for (const [index, part] of parts.entries()) {
    view.setBigUint64(NUMBER_BYTES * (index + 1), BigInt(offset), true);
    bytes.set(part, offset);
    offset += part.length;
  }
  view.setBigUint64(NUMBER_BYTES * (parts.length + 1), BigInt(offset), true);
  return bytes;
}

/**
 * The message in a binary frame, and its channel.
 *
 * @throws {FramingError} if it holds none
 */
export function fromV1(data: ArrayBuffer): { channel: string; frames: MessageFrames } {
  const view = new DataView(data);
  const read = (index: number): number => {
    const position = NUMBER_BYTES * index;
    if (position + NUMBER_BYTES > data.byteLength) throw new FramingError("a frame is too short");
    return Number(view.getBigUint64(position, true));
  };
  const count = read(0);
  if (count < FIXED_PARTS + 1 || count > data.byteLength / NUMBER_BYTES) {
    throw new FramingError(`a frame has ${count} offsets; it needs ${FIXED_PARTS + 1} or more`);
  }
  const offsets = Array.from({ length: count }, (_, index) => read(index + 1));
  if (
    offsets.some((offset, index) => offset < (offsets[index - 1] ?? 0)) ||
    offsets.at(-1)! > data.byteLength
  ) {
    throw new FramingError("a frame's offsets do not ascend to its end");
  }
  const parts = offsets.slice(1).map((end, index) =>
    new Uint8Array(data, offsets[index], end - offsets[index])
  );
  const [channel, header, parentHeader, metadata, content, ...buffers] = parts;
  return {
    channel: new TextDecoder().decode(channel),
    frames: { identities: [], header, parentHeader, metadata, content, buffers },
  };
}
