// The cells that were run, for front ends that offer them again: as long as the kernel lives.
// https://jupyter-client.readthedocs.io/en/stable/messaging.html#history

import type { HistoryItem, HistoryRequest } from "../protocol/content.ts";

interface Entry {
  line: number;
  input: string;
  /** The text of the cell's result. */
  output: string | null;
}

/** Cells that are kept. */
const KEPT = 10_000;

/** The number of the session that runs: there is no other in memory. */
const SESSION = 1;

/** The past cells of this kernel. */
export class History {
  #entries: Entry[] = [];

  /** Keeps a cell. */
  add(line: number, input: string): void {
    this.#entries.push({ line, input, output: null });
    if (this.#entries.length > 2 * KEPT) this.#entries = this.#entries.slice(-KEPT);
  }

  /** Keeps the result of the cell that runs. */
  setOutput(output: string): void {
    const entry = this.#entries.at(-1);
    if (entry !== undefined) entry.output = output;
  }

  /** The cells that a request asks for. */
  find(request: HistoryRequest): HistoryItem[] {
    return this.#select(request).map(({ line, input, output }) => [
      SESSION,
      line,
      request.output ? [input, output] : input,
    ]);
  }

  #select({ hist_access_type, n, start, stop, session, pattern, unique }: HistoryRequest): Entry[] {
    switch (hist_access_type) {
      case "tail":
        return last(this.#entries, n);
      case "range": {
        if (session !== undefined && session !== 0 && session !== SESSION) return [];
        const from = start ?? 0;
        const until = stop ?? Infinity;
        return this.#entries.filter(({ line }) => line >= from && line < until);
      }
      case "search": {
        const matching = globPattern(pattern ?? "*");
        const found = this.#entries.filter(({ input }) => matching.test(input));
        return last(unique ? latestOfEach(found) : found, n);
      }
      default:
        return [];
    }
  }
}

function last(entries: Entry[], n: number | undefined): Entry[] {
  return n === undefined ? entries : n > 0 ? entries.slice(-n) : [];
}

function latestOfEach(entries: Entry[]): Entry[] {
  const latest = new Map(entries.map((entry) => [entry.input, entry]));
  return entries.filter((entry) => latest.get(entry.input) === entry);
}

/** A pattern with `*` for any text and `?` for one character. */
function globPattern(glob: string): RegExp {
  const source = glob.replace(/[\\^$.|+()[\]{}]/g, "\\$&").replaceAll("*", ".*").replaceAll(
    "?",
    ".",
  );
  return new RegExp(`^${source}$`, "s");
}
