// Scripts: a document's plan, written as text. A script is a list of sections, told in order; a section
// offers lines, of which the teller takes one (or more) that fit the state of the tale.
//
//   @1 thing=a brass whistle; where=in a boot; small      one row of group 1 is drawn: it binds and tags
//   # title                                               the title
//   # opening                                             one line of the section
//   # + search x2                                         a new paragraph; two different lines
//   # aside ?                                             told half the time
//   # + =farewell                                         a line of the shared pool `farewell`
//   ?rain,!found: [h] got wet. => soaked                  a line with conditions and an effect
//
// Conditions are tags: `a|b` either, `!a` not; the effect's tags hold from then on. `++` breaks the
// paragraph before every line that the section tells.

import { parseTemplate, type Template } from "./template.ts";

/** A line: prose with its preconditions and effects. */
export interface Line {
  readonly id: number;
  /** Every entry must hold: one of its tags is set, or, negated, is not. */
  readonly conditions: readonly Condition[];
  readonly template: Template;
  readonly effects: readonly string[];
}

interface Condition {
  readonly tags: readonly string[];
  readonly negated: boolean;
}

/** Lines of which one is told at a time. */
export type Pool = readonly Line[];

/** One section of a script. */
export interface Section {
  readonly name: string;
  readonly paragraph: "none" | "first" | "every";
  readonly optional: boolean;
  readonly count: number;
  /** A shared pool to draw from, instead of `lines`. */
  readonly shared: string | undefined;
  readonly lines: Pool;
}

/** One row of a group of variants: what it binds, and which tags it sets. */
export interface Variant {
  readonly bindings: readonly (readonly [part: string, template: Template])[];
  readonly tags: readonly string[];
}

/** A parsed script. */
export interface Script {
  readonly variants: readonly (readonly Variant[])[];
  readonly sections: readonly Section[];
}

let lines = 0;

/** How many lines have been parsed so far: the length of a table indexed by their ids. */
export function lineCount(): number {
  return lines;
}

/**
 * Parses a script.
 *
 * @throws {SyntaxError} if a line stands before the first section, or a template is malformed
 */
export function parseScript(source: string): Script {
  const groups = new Map<string, Variant[]>();
  const sections: (Section & { lines: Line[] })[] = [];
  for (const row of source.split("\n")) {
    const text = row.trim();
    if (text === "") continue;
    if (text.startsWith("@")) {
      const [, group, rest] = /^@(\w*)\s+(.*)$/.exec(text) ?? ["", "", text];
      groups.set(group, [...groups.get(group) ?? [], parseVariant(rest)]);
    } else if (text.startsWith("#")) sections.push(parseSection(text));
    else if (sections.length === 0) {
      throw new SyntaxError(`Script has a line before its first section: ${text}`);
    } else sections[sections.length - 1].lines.push(parseLine(text));
  }
  return { variants: [...groups.values()], sections };
}

/** Parses one line a row: a pool that scripts share. */
export function parsePool(source: string): Pool {
  return source.split("\n").map((row) => row.trim()).filter((row) => row !== "").map(parseLine);
}

function parseSection(text: string): Section & { lines: Line[] } {
  const words = text.slice(1).trim().split(/\s+/);
  const section = {
    name: "",
    paragraph: "none" as Section["paragraph"],
    optional: false,
    count: 1,
    shared: undefined as string | undefined,
    lines: [] as Line[],
  };
  for (const word of words) {
    if (word === "+") section.paragraph = "first";
    else if (word === "++") section.paragraph = "every";
    else if (word === "?") section.optional = true;
    else if (/^x\d+$/.test(word)) section.count = Number(word.slice(1));
    else if (word.startsWith("=")) section.shared = word.slice(1);
    else section.name = word;
  }
  return section;
}

function parseVariant(text: string): Variant {
  const bindings: [string, Template][] = [];
  const tags: string[] = [];
  for (const cell of text.split(";").map((c) => c.trim())) {
    const equals = cell.indexOf("=");
    if (equals < 0) tags.push(cell);
    else {bindings.push([
        cell.slice(0, equals).trim(),
        parseTemplate(cell.slice(equals + 1).trim()),
      ]);}
  }
  return { bindings, tags };
}

function parseLine(row: string): Line {
  let text = row;
  const conditions: Condition[] = [];
  const effects: string[] = [];
  const effect = / => ([\w,]+)$/.exec(text);
  if (effect) {
    effects.push(...effect[1].split(","));
    text = text.slice(0, effect.index);
  }
  const condition = /^\?([\w|,!-]+): /.exec(text);
  if (condition) {
    text = text.slice(condition[0].length);
    for (const part of condition[1].split(",")) {
      const negated = part.startsWith("!");
      conditions.push({ negated, tags: (negated ? part.slice(1) : part).split("|") });
    }
  }
  return { id: lines++, conditions, template: parseTemplate(text), effects };
}

/** Whether a line's preconditions hold. */
export function holds(line: Line, tags: ReadonlySet<string>): boolean {
  for (const { tags: wanted, negated } of line.conditions) {
    let any = false;
    for (const tag of wanted) if (tags.has(tag)) any = true;
    if (any === negated) return false;
  }
  return true;
}
