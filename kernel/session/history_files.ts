// The history on disk: a file for each session, in which every cell is a line of JSON, and its result another. A
// line is added with a single write, and one that was cut short by a crash is passed over: each is there whole
// or not at all. Several kernels write at the same time, each its own file.

import { join } from "@std/path";

/** A past cell. */
export interface PastCell {
  session: number;
  line: number;
  input: string;
  /** The text of the cell's result. */
  output: string | null;
}

/** A line of a file: a cell, or the result of one. */
type Line = { line: number; input: string } | { line: number; output: string };

/** Bytes of all files together, beyond which the oldest go. */
const MOST_BYTES = 32 << 20;

/** Files that are kept. */
const MOST_FILES = 500;

/** Where histories are kept by this user's system; undefined if DIALS_HISTORY is set to nothing. */
export function historyFolder(): string | undefined {
  const named = Deno.env.get("DIALS_HISTORY");
  if (named !== undefined) return named === "" ? undefined : named;
  const base = userDataFolder();
  return base === undefined ? undefined : join(base, "dials", "history");
}

/** The folder in which programs keep a user's data. */
function userDataFolder(): string | undefined {
  if (Deno.build.os === "windows") return Deno.env.get("LOCALAPPDATA");
  const home = Deno.env.get("HOME");
  if (Deno.build.os === "darwin") return home && join(home, "Library", "Application Support");
  return Deno.env.get("XDG_DATA_HOME") || (home && join(home, ".local", "share"));
}

/** The sessions in a folder, one of which is this kernel's. */
export class HistoryFiles {
  readonly #folder: string;
  #own: { session: number; file: Deno.FsFile } | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The number of this kernel's session; as long as that is empty, the one that it would have. */
  get session(): number {
    return this.#own?.session ?? (this.#sessions().at(-1)?.session ?? 0) + 1;
  }

  /** Adds to this kernel's session, which begins with the first line; returns its number. */
  append(line: Line): number {
    const { session, file } = this.#own ??= this.#begin();
    file.writeSync(new TextEncoder().encode(`${JSON.stringify(line)}\n`));
    return session;
  }

  /** The cells of the other sessions, oldest first. */
  others(): PastCell[] {
    return this.#sessions().filter(({ session }) => session !== this.#own?.session)
      .flatMap(({ session, path }) => readSession(session, path));
  }

  #begin(): { session: number; file: Deno.FsFile } {
    Deno.mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const sessions = this.#sessions();
    removeOldest(sessions);
    for (let session = (sessions.at(-1)?.session ?? 0) + 1;; session++) {
      try {
        const path = join(this.#folder, `${session}.jsonl`);
        const options = { createNew: true, append: true, mode: 0o600 };
        return { session, file: Deno.openSync(path, options) };
      } catch (error) {
        // Another kernel took the number just now.
        if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
      }
    }
  }

  #sessions(): { session: number; path: string }[] {
    try {
      return [...Deno.readDirSync(this.#folder)]
        .filter(({ name }) => /^\d+\.jsonl$/.test(name))
        .map(({ name }) => ({ session: parseInt(name), path: join(this.#folder, name) }))
        .sort((a, b) => a.session - b.session);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return [];
      throw error;
    }
  }
}

function removeOldest(sessions: readonly { path: string }[]): void {
  let bytes = 0;
  for (const [age, { path }] of [...sessions].reverse().entries()) {
    try {
      bytes += Deno.statSync(path).size;
      if (age + 1 >= MOST_FILES || bytes > MOST_BYTES) Deno.removeSync(path);
    } catch {
      // Another kernel removed it.
    }
  }
}

function readSession(session: number, path: string): PastCell[] {
  const cells = new Map<number, PastCell>();
  for (const text of readText(path).split("\n")) {
    const line = parseLine(text);
    if (line === undefined) continue;
    if ("input" in line) cells.set(line.line, { session, output: null, ...line });
    else Object.assign(cells.get(line.line) ?? {}, { output: line.output });
  }
  return [...cells.values()];
}

function readText(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    // Removed since the folder was listed, or not ours to read: its cells are not there for us.
    return "";
  }
}

function parseLine(text: string): Line | undefined {
  try {
    const value = JSON.parse(text);
    const isLine = typeof value?.line === "number" &&
      (typeof value.input === "string" || typeof value.output === "string");
    return isLine ? value : undefined;
  } catch {
    return undefined; // Cut short, or the empty text after the last line feed.
  }
}
