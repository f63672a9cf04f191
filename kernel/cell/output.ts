// Writes frames for the kernel process into the cell process's own output streams, in one piece each and
// before the call returns, so that they keep their place among what the cell prints.

import { encodeFrames } from "./frames.ts";
import type { CellEvent, MarkEvent } from "./messages.ts";

/** Tells the kernel process things. */
export interface Output {
  /** On standard output, after all that was printed there. */
  send(event: CellEvent): void;
  /** On standard error, after all that was printed there. */
  mark(event: MarkEvent): void;
}

/** The way to the kernel process, by a nonce that only it knows. */
export function createOutput(nonce: Uint8Array): Output {
  // Taken once: a cell may put others in their place.
  const { stdout, stderr } = Deno;
  const encoder = new TextEncoder();
  const write = (stream: typeof stdout | typeof stderr, event: CellEvent) => {
    const payload = encoder.encode(JSON.stringify(event));
    for (const frame of encodeFrames(payload, nonce)) writeAll(stream, frame);
  };
  return { send: (event) => write(stdout, event), mark: (event) => write(stderr, event) };
}

function writeAll(stream: { writeSync(bytes: Uint8Array): number }, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += stream.writeSync(bytes.subarray(written));
    } catch (error) {
      // A cell's subprocess may have set the shared pipe to non-blocking: try until there is room.
      if (!(error instanceof Deno.errors.WouldBlock)) throw error;
    }
  }
}
