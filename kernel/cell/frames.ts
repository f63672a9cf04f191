// Frames inside a stream of printed bytes. A cell process prints freely on its standard output, and so do its
// subprocesses and native libraries; between what they print stand frames, each with a nonce in front that
// only the two processes know. So whatever happened first is read first, without a second pipe.
//   nonce (16 bytes) | length (2 bytes, little endian) | more (1 byte) | payload
// A frame is at most 4,096 bytes long, because POSIX writes that many to a pipe in one piece even where others
// write at the same time (PIPE_BUF); longer payloads continue in the next frame.

/** Bytes in a nonce. */
export const NONCE_LENGTH = 16;

/** The longest frame, with its head: PIPE_BUF on Linux. */
export const MAX_FRAME = 4096;

const HEAD = NONCE_LENGTH + 3;
const MAX_PAYLOAD = MAX_FRAME - HEAD;

/** The first byte of every nonce: never part of UTF-8 text, and so quick to look for. */
const FIRST = 0xff;

/** A nonce that nobody can guess. */
export function createNonce(): Uint8Array {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_LENGTH));
  nonce[0] = FIRST;
  return nonce;
}

/** `payload` as frames, each to be written with a single call. */
export function encodeFrames(payload: Uint8Array, nonce: Uint8Array): Uint8Array[] {
  const frames: Uint8Array[] = [];
  let start = 0;
  do {
    const part = payload.subarray(start, start + MAX_PAYLOAD);
    start += part.length;
    const frame = new Uint8Array(HEAD + part.length);
    frame.set(nonce);
    frame[NONCE_LENGTH] = part.length & 0xff;
    frame[NONCE_LENGTH + 1] = part.length >> 8;
    frame[NONCE_LENGTH + 2] = start < payload.length ? 1 : 0;
    frame.set(part, HEAD);
    frames.push(frame);
  } while (start < payload.length);
  return frames;
}

/** Receives what a {@linkcode FrameParser} finds, in order. */
export interface FrameSink {
  /** Bytes that somebody printed. Valid only during the call. */
  print(bytes: Uint8Array): void;
  /** The payload of a frame. */
  receive(payload: Uint8Array): void;
}

/** Takes frames out of a stream of bytes, however that is cut. */
export class FrameParser {
  readonly #nonce: Uint8Array;
  readonly #sink: FrameSink;
  /** Bytes that may be the start of a frame. */
  #rest = new Uint8Array(0);
  /** The parts of a payload whose last frame has not come yet. */
  #parts: Uint8Array[] = [];

  constructor(nonce: Uint8Array, sink: FrameSink) {
    this.#nonce = nonce;
    this.#sink = sink;
  }

  /** Takes the next bytes. */
  push(chunk: Uint8Array): void {
    const bytes = this.#rest.length === 0 ? chunk : concat([this.#rest, chunk]);
    let position = 0;
    while (true) {
      const frame = this.#find(bytes, position);
      if (frame > position) this.#sink.print(bytes.subarray(position, frame));
      const end = this.#take(bytes, frame);
      if (end === undefined) {
        this.#rest = bytes.slice(frame);
        return;
      }
      position = end;
    }
  }

  /** The stream has ended: what looked like the start of a frame was printed. */
  end(): void {
    if (this.#rest.length > 0) this.#sink.print(this.#rest);
    this.#rest = new Uint8Array(0);
  }

  /** Where the next frame starts, or could start once more bytes come; the end if nowhere. */
  #find(bytes: Uint8Array, from: number): number {
    for (
      let start = bytes.indexOf(FIRST, from);
      start >= 0;
      start = bytes.indexOf(FIRST, start + 1)
    ) {
      const known = Math.min(NONCE_LENGTH, bytes.length - start);
      let same = 1;
      while (same < known && bytes[start + same] === this.#nonce[same]) same++;
      if (same === known) return start;
    }
    return bytes.length;
  }

  /** Takes the frame at `start` and returns where it ends; undefined if it is not whole. */
  #take(bytes: Uint8Array, start: number): number | undefined {
    if (bytes.length - start < HEAD) return undefined;
    const length = bytes[start + NONCE_LENGTH] | (bytes[start + NONCE_LENGTH + 1] << 8);
    const end = start + HEAD + length;
    if (bytes.length < end) return undefined;
    this.#parts.push(bytes.slice(start + HEAD, end));
    if (bytes[start + NONCE_LENGTH + 2] === 0) {
      const payload = concat(this.#parts);
      this.#parts = [];
      this.#sink.receive(payload);
    }
    return end;
  }
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
