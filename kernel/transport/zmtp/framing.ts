// ZeroMQ's frames on a stream of bytes: a byte of flags, a length of one or eight bytes, the body. A message is
// one frame or several, each but the last with the flag MORE; a command is a frame that says something about
// the connection itself.
// https://rfc.zeromq.org/spec/37/#framing

const MORE = 1;
const LONG = 2;
const COMMAND = 4;

/** Bytes before the body of a short frame and of a long one. */
const SHORT_HEAD = 2;
const LONG_HEAD = 9;

/** What a frame counts for beside its bytes, so that a message of countless empty ones is too large as well. */
const FRAME_COST = 1024;

/** A peer that does not speak as the specification asks. */
export class ZmtpError extends Error {
  override name = "ZmtpError";
}

/** A message in bytes; bodies are not copied. */
export function encodeMessage(frames: readonly Uint8Array[]): Uint8Array[] {
  return frames.flatMap((frame, i) => [head(frame, i < frames.length - 1 ? MORE : 0), frame]);
}

/** A command in bytes. */
export function encodeCommand(name: string, data: Uint8Array): Uint8Array {
  const body = join([new Uint8Array([name.length]), new TextEncoder().encode(name), data]);
  return join([head(body, COMMAND), body]);
}

function head({ length }: Uint8Array, flags: number): Uint8Array {
  if (length < 256) return new Uint8Array([flags, length]);
  const bytes = new Uint8Array(LONG_HEAD);
  bytes[0] = flags | LONG;
  new DataView(bytes.buffer).setBigUint64(1, BigInt(length));
  return bytes;
}

/** What a {@linkcode MessageParser} finds, in order. */
export interface MessageSink {
  message(frames: Uint8Array[]): void;
  command(name: string, data: Uint8Array): void;
}

/** Takes messages out of a stream of bytes, however that is cut. */
export class MessageParser {
  readonly #sink: MessageSink;
  readonly #largest: number;
  /** Bytes that have come and belong to nothing yet. */
  #chunks: Uint8Array[] = [];
  #length = 0;
  /** The frame whose body is awaited. */
  #frame: { flags: number; length: number } | undefined;
  /** The frames of a message whose last one has not come yet. */
  #frames: Uint8Array[] = [];
  #framesLength = 0;

  /** `largest` is the size in bytes above which a message is refused; memory grows only with what comes. */
  constructor(sink: MessageSink, { largest }: { largest: number }) {
    this.#sink = sink;
    this.#largest = largest;
  }

  /**
   * Takes the next bytes, which must not change afterwards.
   *
   * @throws {ZmtpError} if they are no frames, or belong to a message that is too large
   */
  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    while (true) {
      this.#frame ??= this.#takeHead();
      if (this.#frame === undefined || this.#length < this.#frame.length) return;
      const { flags, length } = this.#frame;
      this.#frame = undefined;
      this.#accept(flags, this.#take(length));
    }
  }

  #takeHead(): { flags: number; length: number } | undefined {
    if (this.#length < SHORT_HEAD) return undefined;
    const flags = this.#chunks[0][0];
    if (flags > (MORE | LONG | COMMAND)) {
      throw new ZmtpError(`a frame has the flags ${flags}, which ZeroMQ does not know`);
    }
    const size = (flags & LONG) === 0 ? SHORT_HEAD : LONG_HEAD;
    if (this.#length < size) return undefined;
    const bytes = this.#take(size);
    const length = size === SHORT_HEAD
      ? bytes[1]
      : Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(1));
    if (this.#framesLength + length > this.#largest) {
      throw new ZmtpError(`a message of ${length} bytes or more is too large`);
    }
    return { flags, length };
  }

  /** The next bytes, of which there are enough. */
  #take(length: number): Uint8Array {
    const [first] = this.#chunks;
    this.#length -= length;
    if (length === 0) return new Uint8Array(0);
    if (first.length > length) {
      this.#chunks[0] = first.subarray(length);
      return first.subarray(0, length);
    }
    let count = 0;
    let gathered = 0;
    while (gathered < length) gathered += this.#chunks[count++].length;
    const parts = this.#chunks.splice(0, count);
    if (gathered > length) {
      const last = parts.pop()!;
      const kept = last.length - (gathered - length);
      parts.push(last.subarray(0, kept));
      this.#chunks.unshift(last.subarray(kept));
    }
    return parts.length === 1 ? parts[0] : join(parts);
  }

  #accept(flags: number, body: Uint8Array): void {
    if ((flags & COMMAND) !== 0) {
      const nameEnd = 1 + (body[0] ?? 0);
      this.#sink.command(
        new TextDecoder().decode(body.subarray(1, nameEnd)),
        body.subarray(nameEnd),
      );
      return;
    }
    this.#frames.push(body);
    this.#framesLength += body.length + FRAME_COST;
    if ((flags & MORE) !== 0) return;
    const frames = this.#frames;
    this.#frames = [];
    this.#framesLength = 0;
    this.#sink.message(frames);
  }
}

/** All parts in one. */
export function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
