// Completion by types: what the language service knows, cut down to what begins as the user began, best first.

import ts from "typescript";
import type { CellModule } from "./cell_modules.ts";
import type { Project } from "./project.ts";
import type { Completion, Completions, Cursor } from "./requests.ts";
import { completeString } from "./strings.ts";

const PREFERENCES: ts.UserPreferences = {
  includeCompletionsWithInsertText: true,
  includeAutomaticOptionalChainCompletions: true,
};

/** How long types and signatures of matches are worked out, in milliseconds. */
const SIGNATURE_TIME = 40;

/** Characters of a signature that are kept. */
const SIGNATURE_LENGTH = 200;

/** What every object has: seldom what is looked for. */
const OF_OBJECTS = new Set([...Object.getOwnPropertyNames(Object.prototype), "prototype"]);

/** The same for functions and classes. */
const OF_FUNCTIONS = new Set([...OF_OBJECTS, ...Object.getOwnPropertyNames(Function.prototype)]);

/** How the code at the cursor may go on. */
export function complete(project: Project, { code, position }: Cursor): Completions {
  const cell = project.open(code);
  const inString = completeString(project, { cell, position });
  if (inString !== undefined) return inString;
  const start = wordStart(code, position);
  const prefix = code.slice(start, position);
  const at = cell.offset + position;
  const found = project.service.getCompletionsAtPosition(cell.path, at, PREFERENCES);
  if (found === undefined) return { start, end: position, items: [] };
  const anywhere = prefix === "";
  const entries = found.entries.filter((entry) =>
    startsLike(entry.name, prefix) && !(anywhere && entry.sortText >= GLOBALS) && isName(entry)
  );
  // Where the object may be undefined, the dot before the name becomes `?.`.
  const chained = entries.length > 0 &&
    entries.every(({ insertText }) => insertText?.startsWith("?."));
  const shift = chained ? start - 1 : start;
  const names = new Set(found.entries.map(({ name }) => name));
  const inherited = names.has("apply") && names.has("bind") ? OF_FUNCTIONS : OF_OBJECTS;
  const ranked = entries.map((entry) => ({ entry, rank: rankOf(entry, { prefix, inherited }) }))
    .sort((a, b) => a.rank - b.rank || compareNames(a.entry.name, b.entry.name));
  const signatures = new Signatures(project.service, { cell, at });
  const items = ranked.map(({ entry, rank }): Completion => ({
    text: chained ? `?.${entry.name}` : entry.name,
    ...signatures.of(entry),
    rank,
  }));
  return { start: shift, end: position, items };
}

/** TypeScript's mark for what is there everywhere. */
const GLOBALS = "15";

/** Jupyter's words for TypeScript's kinds. */
const TYPES: Record<string, string> = {
  [ts.ScriptElementKind.functionElement]: "function",
  [ts.ScriptElementKind.localFunctionElement]: "function",
  [ts.ScriptElementKind.memberFunctionElement]: "function",
  [ts.ScriptElementKind.classElement]: "class",
  [ts.ScriptElementKind.localClassElement]: "class",
  [ts.ScriptElementKind.interfaceElement]: "class",
  [ts.ScriptElementKind.typeElement]: "class",
  [ts.ScriptElementKind.enumElement]: "class",
  [ts.ScriptElementKind.moduleElement]: "module",
  [ts.ScriptElementKind.keyword]: "keyword",
  [ts.ScriptElementKind.memberVariableElement]: "property",
  [ts.ScriptElementKind.memberGetAccessorElement]: "property",
  [ts.ScriptElementKind.memberSetAccessorElement]: "property",
};

/** The same for the first word of a declaration. */
const DECLARED: Record<string, string> = {
  class: "class",
  interface: "class",
  enum: "class",
  function: "function",
  namespace: "module",
};

/** A declaration as it was written: names of other cells and modules come by import, which the user did not write. */
export function withoutAlias(text: string): string {
  return text.replace(/^\(alias\) /, "").replace(/\n(?:import|export) [^\n]*$/, "");
}

/** Where the word before the cursor begins. */
export function wordStart(code: string, position: number): number {
  const word = /#?[\p{ID_Continue}$\u200c\u200d]*$/u.exec(code.slice(0, position))!;
  return word.index;
}

/** Whether a name begins as was typed, whatever its case. */
export function startsLike(name: string, prefix: string): boolean {
  return name.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase();
}

/** In alphabetical order, whatever the case. */
export function compareNames(a: string, b: string): number {
  return a.localeCompare(b, "en") || (a < b ? -1 : 1);
}

/** Whether an entry can be written as it is: names in brackets or the insides of snippets cannot. */
function isName({ name, insertText }: ts.CompletionEntry): boolean {
  if (insertText !== undefined && insertText !== name && !insertText.startsWith("?.")) return false;
  return !name.startsWith("$current") && /^[#\p{ID_Start}$_]/u.test(name);
}

function rankOf(
  { name, sortText }: ts.CompletionEntry,
  { prefix, inherited }: { prefix: string; inherited: ReadonlySet<string> },
): number {
  const otherCase = name.startsWith(prefix) ? 0 : 1;
  const far = inherited.has(name) ? 4 : 0;
  const hidden = name.startsWith("_") && !prefix.startsWith("_") ? 8 : 0;
  const group = sortText < GLOBALS ? 0 : 2;
  return otherCase + far + hidden + group;
}

/** Types of matches, as long as there is time. */
class Signatures {
  readonly #service: ts.LanguageService;
  readonly #cell: CellModule;
  readonly #at: number;
  readonly #deadline = performance.now() + SIGNATURE_TIME;

  constructor(service: ts.LanguageService, { cell, at }: { cell: CellModule; at: number }) {
    this.#service = service;
    this.#cell = cell;
    this.#at = at;
  }

  /** What kind of name it is, and what stands behind it in its declaration: nothing once time is up. */
  of({ name, kind, source, data }: ts.CompletionEntry): Pick<Completion, "type" | "signature"> {
    const type = TYPES[kind] ?? "instance";
    if (kind === ts.ScriptElementKind.keyword || performance.now() > this.#deadline) {
      return { type, signature: "" };
    }
    const details = this.#service.getCompletionEntryDetails(
      this.#cell.path,
      this.#at,
      name,
      undefined,
      source,
      PREFERENCES,
      data,
    );
    const text = withoutAlias(ts.displayPartsToString(details?.displayParts)).replace(/\s+/g, " ");
    const index = text.indexOf(name);
    const behind = index < 0 ? text : text.slice(index + name.length);
    // Names of other cells and modules are aliases; what of shows in their declaration.
    const declared = /^(?:abstract )?(class|function|interface|enum|namespace)\b/.exec(text)?.[1];
    return {
      type: kind === ts.ScriptElementKind.alias ? DECLARED[declared ?? ""] ?? "instance" : type,
      signature: shorten(behind.replace(/^\?/, "").replace(/^: /, "")),
    };
  }
}

function shorten(text: string): string {
  return text.length > SIGNATURE_LENGTH ? `${text.slice(0, SIGNATURE_LENGTH)}…` : text;
}
