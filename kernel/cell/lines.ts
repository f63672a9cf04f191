// Cuts a stream of bytes into lines, as it comes.

/** Puts lines together from bytes. */
export class Lines {
  readonly #decoder = new TextDecoder();
  #parts: string[] = [];

  /** The lines that end in the next bytes, without their line feeds. */
  push(bytes: Uint8Array): string[] {
    const ends = this.#decoder.decode(bytes, { stream: true }).split("\n");
    const rest = ends.pop()!;
    if (ends.length > 0) {
      ends[0] = this.#parts.join("") + ends[0];
      this.#parts = [];
    }
    this.#parts.push(rest);
    return ends;
  }
}
