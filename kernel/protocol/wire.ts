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

/**
 * The frames of `message`, signed with `key`; an empty key means unsigned.
 *
 * @example
 * ```ts
 * await socket.send(serialize(message, connection.key));
 * ```
 */
export function serialize<Content>(message: Message<Content>, key: string): Uint8Array[] {
  const { header, parent_header, metadata, content } = message;
  const parts = [header, parent_header, metadata, content].map((part) =>
    encoder.encode(JSON.stringify(part))
  );
  const signature = encoder.encode(sign(parts, key));
  return [...message.identities, DELIMITER, signature, ...parts, ...message.buffers];
}

/**
 * The message that `frames` hold.
 *
 * @throws {SignatureError} if the signature is not that of `key`
 * @throws {WireError} if frames are missing or are not what they should be
 */
export function parse(frames: readonly Uint8Array[], key: string): Message {
  const delimiter = delimiterIndex(frames);
  const [signature, ...rest] = frames.slice(delimiter + 1);
  const parts = rest.slice(0, FRAMES_AFTER_DELIMITER - 1);
  // Nothing of the message is looked at before it is known to come from a holder of the key.
  expectSignature(signature, { parts, key });
  const [header, parent, metadata, content] = parts.map(parseObject);
  return {
    identities: frames.slice(0, delimiter),
    header: expectHeader(header),
    parent_header: Object.keys(parent).length === 0 ? {} : parent as unknown as Header,
    metadata,
    content,
    buffers: rest.slice(FRAMES_AFTER_DELIMITER - 1),
  };
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

const PART_NAMES = ["header", "parent header", "metadata", "content"];

function parseObject(frame: Uint8Array, index: number): Record<string, unknown> {
  const name = PART_NAMES[index];
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
