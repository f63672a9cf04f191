// How two ZeroMQ sockets introduce themselves: a greeting of 64 bytes from each, then a command READY that tells
// the kind of socket and its identity. Nothing is encrypted: Jupyter's messages are signed instead.
// https://rfc.zeromq.org/spec/37/#greeting

import { encodeCommand, join, ZmtpError } from "./framing.ts";

/** The kinds of sockets that Jupyter's channels use. */
export type SocketType = "ROUTER" | "DEALER" | "XPUB" | "SUB" | "REP" | "REQ";

/** Who may talk to whom. */
const PARTNERS: Record<SocketType, readonly string[]> = {
  ROUTER: ["DEALER", "REQ", "ROUTER"],
  DEALER: ["ROUTER", "DEALER", "REP"],
  XPUB: ["SUB", "XSUB"],
  SUB: ["XPUB", "PUB"],
  REP: ["REQ", "DEALER"],
  REQ: ["REP", "ROUTER"],
};

/** What one side says of itself. */
export interface Introduction {
  type: string;
  /** By which a router tells its partners apart; empty leaves it to the router. */
  identity: Uint8Array;
}

/** Bytes of a greeting. */
export const GREETING_LENGTH = 64;

/** Where the version and the security mechanism stand in a greeting. */
const VERSION_AT = 10;
const MECHANISM_AT = 12;
const MECHANISM_END = 32;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Our greeting: version 3.1, without encryption. */
export function greeting(): Uint8Array {
  const bytes = new Uint8Array(GREETING_LENGTH);
  bytes[0] = 0xff;
  bytes[9] = 0x7f;
  bytes.set([3, 1], VERSION_AT);
  bytes.set(encoder.encode("NULL"), MECHANISM_AT);
  return bytes;
}

/** @throws {ZmtpError} if bytes, whole or their beginning, are no greeting that we understand */
export function expectGreeting(bytes: Uint8Array): void {
  if (bytes[0] !== 0xff || (bytes.length > 9 && (bytes[9] & 1) === 0)) {
    throw new ZmtpError("somebody connected who does not speak ZeroMQ");
  }
  if (bytes.length > VERSION_AT && bytes[VERSION_AT] < 3) {
    throw new ZmtpError("a peer speaks ZeroMQ older than version 3 of its protocol");
  }
  if (bytes.length < GREETING_LENGTH) return;
  const mechanism = decoder.decode(bytes.subarray(MECHANISM_AT, MECHANISM_END)).replace(/\0+$/, "");
  if (mechanism !== "NULL") {
    throw new ZmtpError(`a peer wants the security mechanism ${JSON.stringify(mechanism)}`);
  }
}

/** The command that ends the handshake. */
export function readyCommand({ type, identity }: Introduction): Uint8Array {
  return encodeCommand(
    "READY",
    join([property("Socket-Type", encoder.encode(type)), property("Identity", identity)]),
  );
}

function property(name: string, value: Uint8Array): Uint8Array {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, value.length);
  return join([new Uint8Array([name.length]), encoder.encode(name), length, value]);
}

/**
 * What a peer's READY says.
 *
 * @throws {ZmtpError} if it is damaged, or the peer's kind of socket is none that `own` can talk to
 */
export function readIntroduction(data: Uint8Array, own: SocketType): Introduction {
  const properties = new Map<string, Uint8Array>();
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (let at = 0; at < data.length;) {
    const nameEnd = at + 1 + data[at];
    const valueAt = nameEnd + 4;
    const valueEnd = valueAt <= data.length ? valueAt + view.getUint32(nameEnd) : Infinity;
    if (valueEnd > data.length) throw new ZmtpError("a peer's introduction is cut short");
    const name = decoder.decode(data.subarray(at + 1, nameEnd)).toLowerCase();
    properties.set(name, data.slice(valueAt, valueEnd));
    at = valueEnd;
  }
  const type = decoder.decode(properties.get("socket-type"));
  if (!PARTNERS[own].includes(type)) {
    throw new ZmtpError(`a ${JSON.stringify(type)} socket cannot talk to a ${own}`);
  }
  return { type, identity: properties.get("identity") ?? new Uint8Array(0) };
}
