// A ZeroMQ client socket in plain TypeScript, for tests: ZMTP 3.0 without encryption. The native library is not
// made for the many threads of a parallel test run; and a second implementation checks the first.
// https://rfc.zeromq.org/spec/23/

const GREETING_LENGTH = 64;

// Bits of a frame's first byte.
const MORE = 1;
const LONG = 2;
const COMMAND = 4;

/** Milliseconds between two attempts to connect to somebody who does not listen yet. */
const RETRY = 10;

/** A connection to one socket, which hands over every message as its frames. */
export class ZmtpSocket {
  readonly #connection: Deno.TcpConn;
  readonly #reader: ByteReader;
  #sending: Promise<void>;

  private constructor(connection: Deno.TcpConn, ready: Uint8Array) {
    this.#connection = connection;
    this.#reader = new ByteReader(connection);
    this.#sending = this.#greet(ready);
  }

  /** Connects, and waits for somebody to listen; undefined if `signal` aborts first. */
  static async connect(
    port: number,
    { type, identity = "", signal, receive }: {
      type: "DEALER" | "SUB" | "REQ";
      identity?: string;
      signal: AbortSignal;
      receive: (frames: Uint8Array[]) => void;
    },
  ): Promise<ZmtpSocket | undefined> {
    while (!signal.aborted) {
      try {
        const connection = await Deno.connect({ hostname: "127.0.0.1", port });
        connection.setNoDelay(true);
        const socket = new ZmtpSocket(connection, ready(type, identity));
        void socket.#sending.then(() => socket.#listen(receive));
        return socket;
      } catch (error) {
        if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
        await new Promise((resolve) => setTimeout(resolve, RETRY));
      }
    }
  }

  /** Sends a message. */
  send(frames: Uint8Array[]): Promise<void> {
    const parts = frames.flatMap((frame, i) => [
      head(frame.length, i < frames.length - 1 ? MORE : 0),
      frame,
    ]);
    this.#sending = this.#sending.then(() => this.#write(join(parts)));
    return this.#sending;
  }

  /** Asks for all that is broadcast. */
  subscribe(): Promise<void> {
    return this.send([new Uint8Array([1])]);
  }

  close(): void {
    try {
      this.#connection.close();
    } catch {
      // The other side has closed it.
    }
  }

  /** Each side waits for the other's greeting before it goes on. */
  async #greet(ready: Uint8Array): Promise<void> {
    await this.#write(greeting());
    await this.#reader.take(GREETING_LENGTH);
    await this.#write(ready);
  }

  async #write(bytes: Uint8Array): Promise<void> {
    let written = 0;
    while (written < bytes.length) written += await this.#connection.write(bytes.subarray(written));
  }

  async #listen(receive: (frames: Uint8Array[]) => void): Promise<void> {
    const reader = this.#reader;
    let frames: Uint8Array[] = [];
    try {
      while (true) {
        const [flags] = await reader.take(1);
        const length = (flags & LONG) === 0
          ? (await reader.take(1))[0]
          : Number(new DataView((await reader.take(8)).buffer).getBigUint64(0));
        const body = await reader.take(length);
        if ((flags & COMMAND) !== 0) continue;
        frames.push(body);
        if ((flags & MORE) !== 0) continue;
        receive(frames);
        frames = [];
      }
    } catch {
      // Either side has closed the connection.
    }
  }
}

/** Subscribes to all that is broadcast on a connection, of which nothing more is read. */
export async function subscribeOnly(connection: Deno.TcpConn): Promise<void> {
  await connection.write(join([greeting(), ready("SUB", ""), head(1, 0), new Uint8Array([1])]));
}

/** Takes exact numbers of bytes from a connection. */
class ByteReader {
  readonly #connection: Deno.TcpConn;
  readonly #buffer = new Uint8Array(1 << 16);
  #rest = new Uint8Array(0);

  constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  async take(length: number): Promise<Uint8Array<ArrayBuffer>> {
    const taken = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      if (this.#rest.length === 0) {
        const count = await this.#connection.read(this.#buffer);
        if (count === null) throw new Deno.errors.UnexpectedEof();
        this.#rest = this.#buffer.subarray(0, count);
      }
      const part = this.#rest.subarray(0, length - filled);
      taken.set(part, filled);
      filled += part.length;
      this.#rest = this.#rest.subarray(part.length);
    }
    return taken;
  }
}

function greeting(): Uint8Array {
  const bytes = new Uint8Array(GREETING_LENGTH);
  bytes[0] = 0xff;
  bytes[9] = 0x7f;
  bytes[10] = 3; // Version 3.0.
  bytes.set(new TextEncoder().encode("NULL"), 12);
  return bytes;
}

/** The command that ends the handshake. */
function ready(type: string, identity: string): Uint8Array {
  const encode = (text: string) => new TextEncoder().encode(text);
  const property = (name: string, value: string) => {
    const size = new Uint8Array(4);
    new DataView(size.buffer).setUint32(0, value.length);
    return join([new Uint8Array([name.length]), encode(name), size, encode(value)]);
  };
  const body = join([
    new Uint8Array([5]),
    encode("READY"),
    property("Socket-Type", type),
    property("Identity", identity),
  ]);
  return join([head(body.length, COMMAND), body]);
}

function head(length: number, flags: number): Uint8Array {
  if (length < 256) return new Uint8Array([flags, length]);
  const bytes = new Uint8Array(9);
  bytes[0] = flags | LONG;
  new DataView(bytes.buffer).setBigUint64(1, BigInt(length));
  return bytes;
}

function join(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
