// Turns the bytes that a cell prints into few stream messages: text of one stream is gathered for a moment, and
// goes out before anything else that the cell has to say.

/** The name of an output stream. */
export type StreamName = "stdout" | "stderr";

/** How long text is gathered, in milliseconds. */
const MOMENT = 20;

/** Characters after which no more is gathered. */
const ENOUGH = 1 << 18;

/** The text of a cell's two output streams, on its way to the front end. */
export class PrintedText {
  readonly #publish: (name: StreamName, text: string) => void;
  // A character may be cut between two reads.
  readonly #decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  #name: StreamName = "stdout";
  #parts: string[] = [];
  #length = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(publish: (name: StreamName, text: string) => void) {
    this.#publish = publish;
  }

  /** Takes bytes that were printed. */
  print(name: StreamName, bytes: Uint8Array): void {
    this.#take(name, this.#decoders[name].decode(bytes, { stream: true }));
  }

  /** Publishes what has been gathered. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#length === 0) return;
    const text = this.#parts.join("");
    this.#parts = [];
    this.#length = 0;
    this.#publish(this.#name, text);
  }

  /** Publishes all there is, and forgets characters of which only a part has come: their printer is gone. */
  end(): void {
    for (const name of ["stdout", "stderr"] as const) {
      this.#take(name, this.#decoders[name].decode());
    }
    this.flush();
  }

  #take(name: StreamName, text: string): void {
    if (text === "") return;
    if (name !== this.#name) this.flush();
    this.#name = name;
    this.#parts.push(text);
    this.#length += text.length;
    if (this.#length >= ENOUGH) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), MOMENT);
  }
}
