// What the runner says while a notebook runs: a line for each cell. On a terminal the running cell's line lives:
// its time counts and the last thing it printed stands behind it. Elsewhere (a log, a pipe) a line is
// written when a cell ends, and now and then while it takes long.

import { duration } from "../notebook/time.ts";
import { terminalToText } from "../notebook/terminal.ts";

/** Where progress goes. */
export interface ProgressOptions {
  /** Takes text as it comes. */
  write: (text: string) => void;
  /** The width of the terminal, or undefined where there is none. */
  columns?: () => number | undefined;
  /** How often the line of a running cell is renewed, in milliseconds: on a terminal, and elsewhere. */
  refresh?: { terminal: number; log: number };
}

/** How much of the end of what a cell printed is looked at for its last line, in characters. */
const TAIL = 2_000;

/** Reports on one cell after the other. */
export class Progress {
  readonly #write: (text: string) => void;
  readonly #columns: () => number | undefined;
  readonly #refresh: { terminal: number; log: number };
  #label = "";
  #title = "";
  #tail = "";
  #started = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    { write, columns = () => undefined, refresh = { terminal: 100, log: 30_000 } }: ProgressOptions,
  ) {
    this.#write = write;
    this.#columns = columns;
    this.#refresh = refresh;
  }

  /** Says a line of its own. */
  say(text: string): void {
    this.#write(`${text}\n`);
  }

  /** A cell begins: the `position`th of `total`. */
  begin(source: string, { position, total }: { position: number; total: number }): void {
    this.#label = `[${String(position).padStart(String(total).length)}/${total}]`;
    this.#title = firstLine(source);
    this.#tail = "";
    this.#started = performance.now();
    const live = this.#columns() !== undefined;
    if (live) this.#show();
    this.#timer = setInterval(
      () => this.#show(),
      live ? this.#refresh.terminal : this.#refresh.log,
    );
  }

  /** The running cell printed something. */
  print(text: string): void {
    this.#tail = (this.#tail + text).slice(-TAIL);
  }

  /** The running cell ended; `remark` says how, where it did not end well. */
  end(remark = ""): void {
    clearInterval(this.#timer);
    const clear = this.#columns() === undefined ? "" : "\r\x1b[K";
    const line = `${this.#label} ${this.#elapsed()}  ${this.#title}`;
    this.#write(`${clear}${remark === "" ? line : `${line}  ← ${remark}`}\n`);
  }

  #show(): void {
    const last = terminalToText(this.#tail).trimEnd().split("\n").at(-1)!.trim();
    const columns = this.#columns();
    // On a narrow terminal what the cell prints now is worth more than all of its first line.
    const title = columns === undefined || last === ""
      ? this.#title
      : cut(this.#title, columns / 3);
    const line = `${this.#label} ${this.#elapsed()}  ${title}` +
      (last === "" ? "" : `  │ ${last}`);
    if (columns === undefined) this.#write(`${line}\n`);
    else this.#write(`\r\x1b[K${cut(line, columns - 1)}`);
  }

  #elapsed(): string {
    return duration(performance.now() - this.#started).padStart(7);
  }
}

/** The first line of a cell that says something. */
function firstLine(source: string): string {
  const lines = source.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  return cut(lines[0] ?? "", 60) + (lines.length > 1 && (lines[0] ?? "").length < 60 ? " …" : "");
}

function cut(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length
    ? text
    : characters.slice(0, Math.max(0, Math.floor(length) - 1)).join("") + "…";
}
