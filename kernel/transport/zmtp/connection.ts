// One ZeroMQ connection over TCP or a Unix socket, in plain TypeScript: what comes is handed over the moment it
// arrives, and how much waits to be sent is known to the byte.
// https://rfc.zeromq.org/spec/37/

import { encodeCommand, encodeMessage, join, MessageParser, ZmtpError } from "./framing.ts";
import {
  expectGreeting,
  greeting,
  GREETING_LENGTH,
  type Introduction,
  readIntroduction,
  readyCommand,
  type SocketType,
} from "./handshake.ts";

/** Bytes that are read at once. */
const READ = 1 << 16;

/** Parts up to this many bytes are written together. */
const WRITE = 1 << 18;

/** The largest message: longer text is none that JavaScript could hold. */
const LARGEST = 1 << 30;

/** Bytes that may wait for a peer before what it asks for without a signature is no longer answered. */
const UNREAD = 1 << 20;

/** The first byte of a message by which an older peer subscribes to a topic, or no longer. */
export const SUBSCRIBE = 1;
export const CANCEL = 0;

/** The bytes below: a connection of Deno's. */
export type ByteStream = Pick<Deno.Conn, "read" | "write" | "close">;

/** What happens on a connection. */
export interface ConnectionListener {
  /** Who the peer is: the first that is heard. */
  opened?(connection: ZmtpConnection): void;
  message(frames: Uint8Array[], connection: ZmtpConnection): void;
  /** Some of what waited has been sent. */
  progress?(connection: ZmtpConnection): void;
}

/** A connection to one peer. */
export class ZmtpConnection {
  readonly #stream: ByteStream;
  readonly #own: SocketType;
  readonly #listener: ConnectionListener;
  #peer: Introduction | undefined;
  #closed = false;
  #parts: Uint8Array[] = [];
  /** Messages for a peer that has not introduced itself: ZeroMQ's own library is deaf to what comes sooner. */
  #held: Uint8Array[] = [];
  #waiting = 0;
  #writing: Promise<void> | undefined;

  /** A socket of kind `type` on a stream of bytes; speaks once {@linkcode ZmtpConnection.listen} is called. */
  constructor(
    stream: ByteStream,
    { type, identity = new Uint8Array(0), listener }: {
      type: SocketType;
      identity?: Uint8Array;
      listener: ConnectionListener;
    },
  ) {
    this.#stream = stream;
    this.#own = type;
    this.#listener = listener;
    this.#enqueue([greeting(), readyCommand({ type, identity })]);
  }

  /** Who is on the other side. */
  get peer(): Introduction {
    if (this.#peer === undefined) throw new Error("The peer has not introduced itself yet.");
    return this.#peer;
  }

  /** Whether either side has ended it. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Bytes that wait to be sent. */
  get waiting(): number {
    return this.#held.reduce((sum, { length }) => sum + length, this.#waiting);
  }

  /**
   * Hands over what comes, until either side ends the connection.
   *
   * @throws {ZmtpError} if the peer does not keep to the protocol; the connection is closed then
   */
  async listen(): Promise<void> {
    const parser = new MessageParser({
      message: (frames) => this.#message(frames),
      command: (name, data) => this.#command(name, data),
    }, { largest: LARGEST });
    let greeted = new Uint8Array(0);
    const buffer = new Uint8Array(READ);
    try {
      while (true) {
        const count = await this.#read(buffer);
        if (count === null) return;
        let chunk = buffer.slice(0, count);
        if (greeted.length < GREETING_LENGTH) {
          const missing = GREETING_LENGTH - greeted.length;
          greeted = join([greeted, chunk.subarray(0, missing)]);
          expectGreeting(greeted);
          chunk = chunk.subarray(missing);
        }
        if (chunk.length > 0) parser.push(chunk);
      }
    } finally {
      this.close();
    }
  }

  /** Sends a message after those before it. */
  send(frames: readonly Uint8Array[]): void {
    const parts = encodeMessage(frames);
    if (this.#peer !== undefined) this.#enqueue(parts);
    else if (!this.#closed) this.#held.push(...parts);
  }

  /** Answers a peer that anybody could be: one that does not read its answers gets no more of them. */
  answer(frames: readonly Uint8Array[]): void {
    if (this.#waiting <= UNREAD) this.send(frames);
  }

  /** Resolves when nothing waits to be sent, or nobody is there any more. */
  async drained(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
  }

  /** Ends the connection. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#parts = [];
    this.#held = [];
    this.#waiting = 0;
    try {
      this.#stream.close();
    } catch {
      // The other side has.
    }
    this.#listener.progress?.(this);
  }

  async #read(buffer: Uint8Array): Promise<number | null> {
    try {
      return await this.#stream.read(buffer);
    } catch {
      return null; // Reset by the peer, or closed by us.
    }
  }

  #message(frames: Uint8Array[]): void {
    if (this.#peer === undefined) {
      throw new ZmtpError("a peer sent a message before it introduced itself");
    }
    this.#listener.message(frames, this);
  }

  #command(name: string, data: Uint8Array): void {
    if (this.#peer === undefined) {
      if (name !== "READY") throw new ZmtpError(`a peer began with ${JSON.stringify(name)}`);
      this.#peer = readIntroduction(data, this.#own);
      this.#enqueue(this.#held);
      this.#held = [];
      this.#listener.opened?.(this);
    } else if (name === "PING") {
      // A time to live of two bytes; what follows is sent back.
      if (this.#waiting <= UNREAD) this.#enqueue([encodeCommand("PONG", data.slice(2))]);
    } else if (name === "SUBSCRIBE") this.#message([join([new Uint8Array([SUBSCRIBE]), data])]);
    else if (name === "CANCEL") this.#message([join([new Uint8Array([CANCEL]), data])]);
  }

  #enqueue(parts: readonly Uint8Array[]): void {
    if (this.#closed) return;
    for (const part of parts) {
      this.#parts.push(part);
      this.#waiting += part.length;
    }
    this.#writing ??= this.#write();
  }

  async #write(): Promise<void> {
    // What is sent in one go is written in one.
    await undefined;
    try {
      while (this.#parts.length > 0) {
        const parts = this.#parts;
        this.#parts = [];
        for (const piece of pieces(parts)) await this.#writeAll(piece);
      }
    } catch {
      this.close(); // Nobody is there any more.
    }
    this.#writing = undefined;
  }

  async #writeAll(bytes: Uint8Array): Promise<void> {
    let written = 0;
    while (written < bytes.length && !this.#closed) {
      const count = await this.#stream.write(bytes.subarray(written));
      written += count;
      this.#waiting = Math.max(0, this.#waiting - count);
      this.#listener.progress?.(this);
    }
  }
}

/** The same bytes in fewer parts, where those are small. */
function* pieces(parts: readonly Uint8Array[]): Generator<Uint8Array> {
  let small: Uint8Array[] = [];
  let length = 0;
  for (const part of parts) {
    if (length + part.length > WRITE && small.length > 0) {
      yield join(small);
      small = [];
      length = 0;
    }
    small.push(part);
    length += part.length;
  }
  if (small.length > 0) yield small.length === 1 ? small[0] : join(small);
}
