// Tokens become text piece by piece, and two things are held back until they are sure: the bytes of a
// character that is not complete yet, and text that may turn out to be the beginning of a stop string.

/** Turns a growing sequence of token bytes into text that can be shown at once. */
export class TextPieces {
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  readonly #stops: readonly string[];
  #held = "";
  #stopped = false;

  /** @param stops strings that end the text; none of them is part of it */
  constructor(stops: readonly string[] = []) {
    this.#stops = stops.filter((stop) => stop !== "");
  }

  /** Whether a stop string has come: the text is complete. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /**
   * Takes a token's bytes and returns the text that is now certain, which may be empty. Bytes that
   * cannot be UTF-8 become U+FFFD, as everywhere.
   */
  push(bytes: Uint8Array): string {
    if (this.#stopped) return "";
    this.#held += this.#decoder.decode(bytes, { stream: true });
    const end = this.#firstStop();
    if (end !== undefined) {
      this.#stopped = true;
      return this.#release(end);
    }
    return this.#release(this.#held.length - this.#possibleStop());
  }

  /**
   * Returns the text still held back when no more tokens come. A last character whose bytes never
   * became complete is left out.
   */
  finish(): string {
    return this.#stopped ? "" : this.#release(this.#held.length);
  }

  #release(length: number): string {
    const text = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    return text;
  }

  /** Where the earliest stop string begins, if one is complete. */
  #firstStop(): number | undefined {
    const starts = this.#stops.map((stop) => this.#held.indexOf(stop)).filter((at) => at >= 0);
    return starts.length > 0 ? Math.min(...starts) : undefined;
  }

  /** The length of the longest end of the held text that is the beginning of a stop string. */
  #possibleStop(): number {
    let longest = 0;
    for (const stop of this.#stops) {
      for (let length = Math.min(stop.length - 1, this.#held.length); length > longest; length--) {
        if (this.#held.endsWith(stop.slice(0, length))) longest = length;
      }
    }
    return longest;
  }
}
