// The memory that the input thread shares with the thread that runs cells.

/** Index in `control`: the id of the cell to interrupt, while that waits to be noticed; otherwise 0. */
export const FLAG = 0;

/** Index in `control`: 0 nobody waits, 1 somebody does, 2 + n an answer of n bytes is there, -1 none will come. */
export const PENDING_INPUT = 1;

/** The longest line that `prompt` can take, in bytes of UTF-8. */
export const MAX_INPUT = 1 << 16;

/** Shared by both threads. */
export interface InputMemory {
  control: Int32Array<SharedArrayBuffer>;
  /** The answer to `prompt`. */
  text: Uint8Array<SharedArrayBuffer>;
}

/** Fresh memory. */
export function createInputMemory(): InputMemory {
  return {
    control: new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)),
    text: new Uint8Array(new SharedArrayBuffer(MAX_INPUT)),
  };
}
