// `prompt`, `confirm` and `alert` in a cell ask the user of the front end, and wait as they do in a browser.

import { type InputMemory, PENDING_INPUT } from "./input_memory.ts";
import type { Output } from "./output.ts";

/** The cell's dialogs. */
export class Dialogs {
  /** Whether the front end of the running cell can ask its user. */
  allowed = false;
  readonly #memory: InputMemory;
  readonly #output: Output;

  constructor(memory: InputMemory, output: Output) {
    this.#memory = memory;
    this.#output = output;
  }

  /** Puts the dialogs in the place of Deno's, which would ask a terminal. */
  install(): void {
    const prompt = (message = "Prompt", initial?: string): string | null => {
      const hint = initial === undefined ? "" : ` [${initial}]`;
      const answer = this.#ask(`${message}${hint} `);
      return answer === "" && initial !== undefined ? initial : answer;
    };
    const confirm = (message = "Confirm"): boolean => {
      return /^\s*y(es)?\s*$/i.test(this.#ask(`${message} [y/N] `) ?? "");
    };
    const alert = (message = "Alert"): void => {
      this.#ask(`${message} [Enter] `);
    };
    Object.assign(globalThis, { prompt, confirm, alert });
  }

  /** The line that the user types; null where nobody can be asked, or the cell was interrupted. */
  #ask(prompt: string): string | null {
    if (!this.allowed) return null;
    const { control, text } = this.#memory;
    Atomics.store(control, PENDING_INPUT, 1);
    this.#output.send({ type: "ask", prompt, password: false });
    Atomics.wait(control, PENDING_INPUT, 1);
    const answer = Atomics.exchange(control, PENDING_INPUT, 0);
    // Decoders refuse shared memory.
    return answer < 2 ? null : new TextDecoder().decode(text.slice(0, answer - 2));
  }
}
