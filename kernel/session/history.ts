// The cells that were run, for front ends that offer them again: those of this session from memory, those of
// earlier ones from files.
// https://jupyter-client.readthedocs.io/en/stable/messaging.html#history

import { stripVTControlCharacters } from "node:util";
import type { HistoryItem, HistoryRequest } from "../protocol/content.ts";
import { HistoryFiles, type PastCell } from "./history_files.ts";

/** Cells of this session that are kept in memory. */
const KEPT = 10_000;

/** Characters of a result that are kept. */
const LONGEST_OUTPUT = 10_000;

/** The number of the session that runs, where none is kept in files. */
const ONLY_SESSION = 1;

/** The past cells of this kernel and those before it. */
export class History {
  #files: HistoryFiles | undefined;
  #cells: PastCell[] = [];

  /** Sessions are kept in `folder`; without one, this session is kept in memory alone. */
  constructor(folder?: string) {
    if (folder !== undefined) this.#files = new HistoryFiles(folder);
  }

  /** Keeps a cell. */
  add(line: number, input: string): void {
    const session = this.#write({ line, input });
    this.#cells.push({ session, line, input, output: null });
    if (this.#cells.length > 2 * KEPT) this.#cells = this.#cells.slice(-KEPT);
  }

  /** Keeps the result of the cell that runs. */
  setOutput(text: string): void {
    const cell = this.#cells.at(-1);
    if (cell === undefined) return;
    cell.output = stripVTControlCharacters(text).slice(0, LONGEST_OUTPUT);
    this.#write({ line: cell.line, output: cell.output });
  }

  /** The cells that a request asks for. */
  find(request: HistoryRequest): HistoryItem[] {
    return this.#select(request).map(({ session, line, input, output }) => [
      session,
      line,
      request.output ? [input, output] : input,
    ]);
  }

  #select(request: HistoryRequest): PastCell[] {
    const { hist_access_type, n, start, stop, pattern, unique } = request;
    switch (hist_access_type) {
      case "tail":
        return last(this.#all(), n);
      case "range": {
        const from = start ?? 0;
        const until = stop ?? Infinity;
        return this.#inSession(request.session ?? 0)
          .filter(({ line }) => line >= from && line < until);
      }
      case "search": {
        const matching = globPattern(pattern ?? "*");
        const found = this.#all().filter(({ input }) => matching.test(input));
        return last(unique ? latestOfEach(found) : found, n);
      }
      default:
        return [];
    }
  }

  /** The cells of a session: by its number, or counted back from this one, which is 0. */
  #inSession(session: number): PastCell[] {
    if (session === 0) return this.#cells;
    const own = this.#files?.session ?? ONLY_SESSION;
    const wanted = session > 0 ? session : own + session;
    return this.#all().filter((cell) => cell.session === wanted);
  }

  #all(): PastCell[] {
    return [...(this.#files?.others() ?? []), ...this.#cells]
      .sort((a, b) => a.session - b.session || a.line - b.line);
  }

  /** Writes to the session's file, and returns the session's number. */
  #write(line: Parameters<HistoryFiles["append"]>[0]): number {
    try {
      return this.#files?.append(line) ?? ONLY_SESSION;
    } catch (error) {
      // A cell should not fail because the disk is full.
      console.error(`dials: the history is not kept in files from here on: ${error}`);
      this.#files = undefined;
      return this.#cells.at(-1)?.session ?? ONLY_SESSION;
    }
  }
}

function last(cells: PastCell[], n: number | undefined): PastCell[] {
  return n === undefined || n === null ? cells : n > 0 ? cells.slice(-n) : [];
}

function latestOfEach(cells: PastCell[]): PastCell[] {
  const latest = new Map(cells.map((cell) => [cell.input, cell]));
  return cells.filter((cell) => latest.get(cell.input) === cell);
}

/** A pattern with `*` for any text, `?` for one character, and `[…]` for one of several. */
function globPattern(glob: string): RegExp {
  const source = glob.replace(/\[(!?)([^\]]+)\]|[\\^$.|+()[\]{}*?]/g, (special, not, members) => {
    if (special === "*") return ".*";
    if (special === "?") return ".";
    if (members === undefined) return `\\${special}`;
    return `[${not ? "^" : ""}${members.replace(/[\\^[\]]/g, "\\$&")}]`;
  });
  try {
    return new RegExp(`^${source}$`, "s");
  } catch {
    // A range the wrong way round matches nothing.
    return /(?!)/;
  }
}
