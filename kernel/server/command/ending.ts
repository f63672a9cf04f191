// When the lab ends: at Ctrl-C, once the user has said yes or has pressed it again, or when it is told to.

import { onCtrlC } from "../../ctrl_c.ts";

/** What the lab needs to ask its user. */
export interface EndingOptions {
  /** What runs, for the question. */
  describe: () => string;
  write: (text: string) => void;
}

/** How long the question stands, in milliseconds; without an answer the lab goes on. */
const PATIENCE = 10_000;

/** The end of the lab, when it has come. */
export class EndOfLab {
  readonly #reached = Promise.withResolvers<void>();
  readonly #hurried = Promise.withResolvers<void>();
  #isReached = false;
  readonly #options: EndingOptions;
  #question: ReturnType<typeof setTimeout> | undefined;

  constructor(options: EndingOptions) {
    this.#options = options;
    onCtrlC(() => this.#interrupted());
    if (Deno.build.os !== "windows") {
      for (const signal of ["SIGTERM", "SIGHUP"] as const) {
        Deno.addSignalListener(signal, () => this.come());
      }
    }
    if (Deno.stdin.isTerminal()) void this.#listen();
  }

  /** Resolves when the lab is to end. */
  get reached(): Promise<void> {
    return this.#reached.promise;
  }

  /** Resolves when the user does not want to wait any more until it has ended. */
  get hurried(): Promise<void> {
    return this.#hurried.promise;
  }

  /** The lab is to end. */
  come(): void {
    clearTimeout(this.#question);
    this.#isReached = true;
    this.#reached.resolve();
  }

  #interrupted(): void {
    if (this.#isReached) return this.#hurried.resolve();
    if (this.#question !== undefined || !Deno.stdin.isTerminal()) return this.come();
    this.#options.write(`\n${this.#options.describe()} End the lab? (y/N, or Ctrl-C again) `);
    this.#question = setTimeout(() => this.#resume("No answer; "), PATIENCE);
  }

  #resume(why = ""): void {
    clearTimeout(this.#question);
    this.#question = undefined;
    this.#options.write(`${why}the lab goes on.\n`);
  }

  async #listen(): Promise<void> {
    const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream());
    for await (const text of lines) {
      if (this.#question === undefined) continue;
      if (/^\s*y/i.test(text)) return this.come();
      this.#resume();
    }
  }
}
