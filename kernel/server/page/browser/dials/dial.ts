// A parameter as something to turn: what kind of control suits it, and what the code says when it is turned.

import { type Declaration, findDeclarations, readLiteral } from "../../../../notebook/literals.ts";
import { type Range, readRange } from "../../../../notebook/range.ts";

/** The kinds of controls. */
export type Control =
  | { kind: "slider"; range: Range; value: number }
  | { kind: "number"; value: number }
  | { kind: "switch"; value: boolean }
  | { kind: "choice"; choices: string[]; value: string }
  | { kind: "text"; value: string }
  /** Any other literal, as it is written. */
  | { kind: "code"; value: string };

/** A parameter that can be turned. */
export interface Dial {
  name: string;
  /** What its comment says, without the range. */
  help: string;
  control: Control;
  /** Its value as the code has it, from `start` to `end`. */
  literal: string;
  start: number;
  end: number;
}

/** The parameters that a cell declares. */
export async function readDials(source: string): Promise<Dial[]> {
  const declarations = await findDeclarations(source);
  return declarations
    .filter(({ kinds }) => kinds.length > 0)
    .map((declaration) => toDial(declaration, commentAfter(source, declaration.end)));
}

/**
 * The code for a value that was typed, if the dial may have it.
 *
 * @param typed a number, a text or a literal, as the kind of control has it
 */
export async function toLiteral(dial: Dial, typed: string): Promise<string | undefined> {
  switch (dial.control.kind) {
    case "text":
    case "choice":
      return JSON.stringify(typed);
    default: {
      const literal = await readLiteral(typed);
      if (literal === undefined) return undefined;
      const wantsNumber = dial.control.kind === "slider" || dial.control.kind === "number";
      return wantsNumber && literal.kind !== "number" ? undefined : literal.text;
    }
  }
}

function toDial(
  { name, kinds, choices, value: literal, start, end }: Declaration,
  comment: string,
): Dial {
  const { text: help, range } = readRange(comment);
  return {
    name,
    help,
    literal,
    start,
    end,
    control: controlFor({ literal, kinds, choices, range }),
  };
}

function controlFor(
  { literal, kinds, choices, range }:
    & Pick<Declaration, "kinds" | "choices">
    & { literal: string; range?: Range },
): Control {
  const only = kinds.length === 1 ? kinds[0] : undefined;
  const number = Number(literal.replaceAll("_", ""));
  if (only === "number" && Number.isFinite(number)) {
    return range === undefined
      ? { kind: "number", value: number }
      : { kind: "slider", range, value: number };
  }
  if (only === "boolean") return { kind: "switch", value: literal === "true" };
  const text = stringValue(literal);
  if (only === "string" && text !== undefined) {
    return choices === undefined
      ? { kind: "text", value: text }
      : { kind: "choice", choices, value: text };
  }
  return { kind: "code", value: literal };
}

/** The text that a string literal without anything special stands for. */
function stringValue(literal: string): string | undefined {
  const [, quote, inside] = /^(["'`])([^\\\n]*)\1$/.exec(literal) ?? [];
  if (quote !== undefined && !inside.includes(quote) && !inside.includes("${")) return inside;
  try {
    return JSON.parse(literal);
  } catch {
    return undefined;
  }
}

/** The comment that follows a declaration on its line. */
function commentAfter(source: string, end: number): string {
  const line = source.slice(end).split("\n", 1)[0];
  const [, text = ""] = /\/\/\s*(.*?)\s*$/.exec(line) ?? [];
  return text;
}
