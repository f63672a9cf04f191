// A message as ZeroMQ frames, signed:
//   identities…, <IDS|MSG>, signature, header, parent header, metadata, content, buffers…
// https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol

import { createHmac, timingSafeEqual } from "node:crypto";
import type { Header, Message } from "./message.ts";

/** Frames that are no message, or not one of ours. */
export class WireError extends Error {
  override name = "WireError";
}

/** A message whose signature does not match its content: somebody without the key sent it, or it was damaged. */
export class SignatureError extends WireError {
  override name = "SignatureError";
}

/** Stands between the routing prefix and the message. */
const DELIMITER = new TextEncoder().encode("<IDS|MSG>");

/** Signature, header, parent header, metadata and content follow the delimiter. */
const FRAMES_AFTER_DELIMITER = 5;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** A message whose JSON parts are still the bytes that travel: all that a relay needs to look at. */
export interface MessageFrames {
  /** ZeroMQ's routing prefix, or the topic on IOPub. */
  identities: Uint8Array[];
  header: Uint8Array;
  parentHeader: Uint8Array;
  metadata: Uint8Array;
  content: Uint8Array;
  /** Raw bytes that travel beside the JSON. */
  buffers: Uint8Array[];
}

/**
 * The frames of `message`, signed with `key`; an empty key means unsigned.
 *
 * @example
 * ```ts
 * await socket.send(serialize(message, connection.key));
 * ```
 */
export function serialize<Content>(message: Message<Content>, key: string): Uint8Array[] {
  return sealFrames(encodeMessage(message), key);
}

/**
 * The message that `frames` hold.
 *
 * @throws {SignatureError} if the signature is not that of `key`
 * @throws {WireError} if frames are missing or are not what they should be
 */
export function parse(frames: readonly Uint8Array[], key: string): Message {
  return decodeMessage(openFrames(frames, key));
}

/** The frames of a message whose parts are bytes already, signed with `key`. */
export function sealFrames(message: MessageFrames, key: string): Uint8Array[] {
  const { identities, header, parentHeader, metadata, content, buffers } = message;
  const parts = [header, parentHeader, metadata, content];
  return [...identities, DELIMITER, encoder.encode(sign(parts, key)), ...parts, ...buffers];
}

/**
 * The parts of the message that `frames` hold, as bytes, once its signature is checked.
 *
 * @throws {SignatureError} if the signature is not that of `key`
 * @throws {WireError} if frames are missing
 */
export function openFrames(frames: readonly Uint8Array[], key: string): MessageFrames {
  const delimiter = delimiterIndex(frames);
  const [signature, ...rest] = frames.slice(delimiter + 1);
  const parts = rest.slice(0, FRAMES_AFTER_DELIMITER - 1);
  // Nothing of the message is looked at before it is known to come from a holder of the key.
  expectSignature(signature, { parts, key });
  const [header, parentHeader, metadata, content] = parts;
  return {
    identities: frames.slice(0, delimiter),
    header,
    parentHeader,
    metadata,
    content,
    buffers: rest.slice(FRAMES_AFTER_DELIMITER - 1),
  };
}

/** The parts of a message as bytes. */
export function encodeMessage<Content>(message: Message<Content>): MessageFrames {
  const { identities, header, parent_header, metadata, content, buffers } = message;
  const encode = (part: unknown) => encoder.encode(JSON.stringify(part));
  return {
    identities,
    header: encode(header),
    parentHeader: encode(parent_header),
    metadata: encode(metadata),
    content: encode(content),
    buffers,
  };
}

/**
 * The message whose parts are given as bytes.
 *
 * @throws {WireError} if they are not what they should be
 */
export function decodeMessage(frames: MessageFrames): Message {
  return {
    identities: frames.identities,
    header: decodeHeader(frames),
    parent_header: decodeParentHeader(frames),
    metadata: parseObject(frames.metadata, "metadata"),
    content: parseObject(frames.content, "content"),
    buffers: frames.buffers,
  };
}

/**
 * The header alone.
 *
 * @throws {WireError} if it is not what it should be
 */
export function decodeHeader({ header }: MessageFrames): Header {
  return expectHeader(parseObject(header, "header"));
}

/**
 * The parent header alone; empty where nothing caused the message.
 *
 * @throws {WireError} if it is not a JSON object
 */
export function decodeParentHeader({ parentHeader }: MessageFrames): Message["parent_header"] {
  const parent = parseObject(parentHeader, "parent header");
  return Object.keys(parent).length === 0 ? {} : parent as unknown as Header;
}

/**
 * The signature that `frames` carry, unchecked: what tells a message sent a second time.
 *
 * @throws {WireError} if frames are missing
 */
export function signatureOf(frames: readonly Uint8Array[]): string {
  return new TextDecoder().decode(frames[delimiterIndex(frames) + 1]);
}

function delimiterIndex(frames: readonly Uint8Array[]): number {
  const index = frames.findIndex(isDelimiter);
  if (index < 0) {
    throw new WireError(
      `a message of ${frames.length} frames has no <IDS|MSG> frame; it should stand before the signature`,
    );
  }
  const after = frames.length - index - 1;
  if (after < FRAMES_AFTER_DELIMITER) {
    throw new WireError(
      `a message has ${after} frames after <IDS|MSG>; it needs ${FRAMES_AFTER_DELIMITER}: ` +
        "signature, header, parent header, metadata and content",
    );
  }
  return index;
}

function isDelimiter(frame: Uint8Array): boolean {
  return frame.length === DELIMITER.length && frame.every((byte, i) => byte === DELIMITER[i]);
}

/** HMAC-SHA256 over the four JSON frames, in hexadecimal. */
function sign(parts: readonly Uint8Array[], key: string): string {
  if (key === "") return "";
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

function expectSignature(
  signature: Uint8Array,
  { parts, key }: { parts: readonly Uint8Array[]; key: string },
): void {
  if (key === "") return;
  const expected = encoder.encode(sign(parts, key));
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
    throw new SignatureError(
      "a message's signature does not match its content; its sender needs the key of the connection file",
    );
  }
}

function parseObject(frame: Uint8Array, name: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(frame));
  } catch (error) {
    throw new WireError(`a message's ${name} is not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new WireError(`a message's ${name} is ${kindOf(value)}; it should be a JSON object`);
  }
  return value as Record<string, unknown>;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : `a ${typeof value}`;
}

function expectHeader(header: Record<string, unknown>): Header {
  for (const field of ["msg_id", "msg_type", "session"]) {
    if (typeof header[field] !== "string") {
      throw new WireError(`a message's header has no ${field}; it should be a string`);
    }
  }
  return header as unknown as Header;
}
