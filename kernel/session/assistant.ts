// Completion, inspection and the check of types: what the types know (kernel/language/service) and what the running values show
// (kernel/cell/look.ts), in one answer. While a cell runs, the types answer alone.

import type { LiveMember, LookedEvent } from "../cell/messages.ts";
import { toCodePoints, toUtf16 } from "../language/code_points.ts";
import type { HelpQuery } from "../language/help_query.ts";
import type { LivePath } from "../language/live_path.ts";
import { loadLanguage } from "../language/load.ts";
import { LanguageWorker } from "../language/service/client.ts";
import type { Completion, Completions, Cursor } from "../language/service/requests.ts";
import type {
  CompleteOk,
  CompleteRequest,
  InspectOk,
  InspectRequest,
  MimeBundle,
} from "../protocol/content.ts";
import { inspectionBundle } from "./inspection_text.ts";
import type { NotebookConfig } from "./notebook_config.ts";

/** Asks the cell process about a value; undefined if it cannot answer now. */
export type Look = (
  path: string[],
  want: "members" | "value",
) => Promise<LookedEvent | undefined> | undefined;

/** What an assistant works with. */
export interface AssistantSettings {
  folder: string;
  config: NotebookConfig;
  /** Whether every cell is checked, not only those that ask for it. */
  checkAll: boolean;
  look: Look;
}

/** How long the types are waited for where values have answered, in milliseconds: front ends give up at a second. */
const TYPES_PATIENCE = 800;

/** How long after somebody's first cell the language service is started, in milliseconds. */
const START_DELAY = 500;

/** The first line of a cell that wants to be checked. */
const WANTS_CHECK = /^\s*\/\/\s*@check\b/;

/** Helps whoever writes cells. */
export class Assistant {
  readonly #settings: AssistantSettings;
  readonly #types: LanguageWorker;
  #starting: ReturnType<typeof setTimeout> | undefined;

  constructor(settings: AssistantSettings) {
    this.#settings = settings;
    this.#types = new LanguageWorker({ folder: settings.folder, config: settings.config });
  }

  /** Somebody sits at the front end, who may want help soon. */
  attend(): void {
    this.#starting ??= setTimeout(() => this.#types.start(), START_DELAY);
  }

  /** A cell is run: its names are known from here on. */
  learn(code: string): void {
    this.#types.learn(code);
  }

  /** The variables of all cells are gone. */
  forget(): void {
    this.#types.forget();
  }

  /** The type errors of a cell, if it is to be checked, as text to print; otherwise nothing. */
  async check(code: string, name: string): Promise<string> {
    if (!this.#settings.checkAll && !WANTS_CHECK.test(code)) return "";
    const lines = await this.#types.ask("check", { code, name }) ?? [];
    return lines.map((line) => `${line}\n`).join("");
  }

  /** Answers a complete request. */
  async complete(request: CompleteRequest): Promise<CompleteOk> {
    const { code, position } = await cursorOf(request, "complete_request");
    const { start, end, items } = await this.#completions({ code, position });
    const cursor_start = toCodePoints(code, start);
    const cursor_end = toCodePoints(code, end);
    return {
      status: "ok",
      matches: items.map(({ text }) => text),
      cursor_start,
      cursor_end,
      metadata: {
        _jupyter_types_experimental: items.map(({ text, type, signature }) => ({
          start: cursor_start,
          end: cursor_end,
          text,
          type,
          signature,
        })),
      },
    };
  }

  /** Answers an inspect request. */
  async inspect(request: InspectRequest): Promise<InspectOk> {
    const cursor = await cursorOf(request, "inspect_request");
    const data = await this.#inspect(cursor, { long: request.detail_level === 1 });
    return { status: "ok", found: data !== undefined, data: data ?? {}, metadata: {} };
  }

  /** What is known of an expression made of names; undefined if nothing is. */
  help({ expression, long }: HelpQuery): Promise<MimeBundle | undefined> {
    return this.#inspect({ code: expression, position: expression.length }, { long });
  }

  async #inspect(
    { code, position }: Cursor,
    { long }: { long: boolean },
  ): Promise<MimeBundle | undefined> {
    const { livePathAt } = await loadLanguage();
    const path = livePathAt(code, position);
    const asked = this.#types.ask("inspect", { code, position, withSource: long });
    const looked = path && await this.#settings.look(path, "value");
    return inspectionBundle(await asked, looked?.value, { name: path?.join("."), long });
  }

  /** Ends the language service. */
  close(): void {
    clearTimeout(this.#starting);
    this.#types.close();
  }

  async #completions(cursor: Cursor): Promise<Completions> {
    const { livePathBefore } = await loadLanguage();
    const typed = this.#types.ask("complete", cursor);
    const path = livePathBefore(cursor.code, cursor.position);
    const looked = path && await this.#settings.look(path.path, "members");
    const live = path && liveCompletions(looked?.members ?? [], { ...path, cursor });
    // Keys of an object stand in brackets for themselves, not for files of their names.
    if (live?.items.length && path?.quoted) return { ...live, items: live.items.sort(byRank) };
    const types = live === undefined || live.items.length === 0
      ? await typed
      : await Promise.race([typed, after(TYPES_PATIENCE)]);
    const { position } = cursor;
    return merge(types, live) ?? { start: position, end: position, items: [] };
  }
}

/** @throws {TypeError} if a request has no code or no cursor */
async function cursorOf(
  { code, cursor_pos }: { code: string; cursor_pos: number },
  type: string,
): Promise<Cursor> {
  if (typeof code !== "string" || !Number.isInteger(cursor_pos) || cursor_pos < 0) {
    throw new TypeError(
      `a ${type} needs its code as a string and its cursor_pos as a whole number`,
    );
  }
  const { withoutHelpMarks } = await loadLanguage();
  return { code: withoutHelpMarks(code), position: toUtf16(code, cursor_pos) };
}

function after(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));
}

/** The members of a value that begin as was typed. */
function liveCompletions(
  members: LiveMember[],
  { start, quoted, cursor }: LivePath & { cursor: Cursor },
): Completions {
  const prefix = cursor.code.slice(start, cursor.position);
  const items = members.filter(({ name, depth }) =>
    name.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase() &&
    (quoted ? depth === 0 : /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name))
  ).map(({ name, type, depth }): Completion => ({
    text: name,
    type,
    signature: "",
    rank: (name.startsWith(prefix) ? 0 : 1) +
      (depth >= 100 || name === "constructor" || name === "prototype" ? 4 : 0) +
      (name.startsWith("_") && !prefix.startsWith("_") ? 8 : 0),
  }));
  return { start, end: cursor.position, items };
}

/** Both, where they agree on the place; what the types know of a name stands for both. */
function merge(types: Completions | undefined, live: Completions | undefined) {
  if (live === undefined || live.items.length === 0) return types;
  if (types === undefined || types.items.length === 0) {
    return { ...live, items: live.items.sort(byRank) };
  }
  if (types.start !== live.start) return types;
  const known = new Set(types.items.map(({ text }) => text));
  const added = live.items.filter(({ text }) => !known.has(text));
  return { ...types, items: [...types.items, ...added].sort(byRank) };
}

function byRank(a: Completion, b: Completion): number {
  return a.rank - b.rank || a.text.localeCompare(b.text, "en");
}
