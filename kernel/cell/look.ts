// Looks at the values of cells for completion and inspection, without running a line of the user's code: no
// getter is called, no proxy is asked, and what cannot be read that way is not there.

import { types } from "node:util";
import { inspectValue } from "./inspect_value.ts";
import type { LiveMember, LookedEvent, LookMessage } from "./messages.ts";

/** Names of a value that are told at most. */
const MOST_MEMBERS = 2_000;

/** Elements from which on an array's own names are not listed: its indices would be among them. */
const LONG = 1_000;

/** Characters of a value's text that are told. */
const MOST_TEXT = 2_000;

/** The variables of cells. */
export interface Variables {
  names(): Promise<string[]>;
  /** The value of a variable, or of a global name, in a box. */
  valueOf(name: string): Promise<{ value: unknown }>;
}

/** Reads values of the running notebook. */
export class Looker {
  readonly #variables: Variables;
  /** What was in the global scope before the first cell. */
  readonly #given: ReadonlySet<string>;

  constructor(variables: Variables) {
    this.#variables = variables;
    this.#given = new Set(Object.getOwnPropertyNames(globalThis));
  }

  /** Answers a question of the kernel process. */
  async look({ id, path, want }: LookMessage): Promise<LookedEvent> {
    try {
      if (path.length === 0) return { type: "looked", id, members: await this.#names() };
      const value = await this.#read(path);
      if (value === undefined) return { type: "looked", id };
      if (want === "members") return { type: "looked", id, members: membersOf(value.value) };
      return { type: "looked", id, value: describe(value.value) };
    } catch {
      // A name that is not declared, or not initialised yet.
      return { type: "looked", id };
    }
  }

  /** What cells have declared, and what they have added to the global scope. */
  async #names(): Promise<LiveMember[]> {
    // V8 tells a name once for each cell that declared it.
    const declared = [...new Set(await this.#variables.names())];
    const added = Object.keys(globalThis).filter((name) => !this.#given.has(name));
    return [
      ...declared.slice(-MOST_MEMBERS).map((name) => ({ name, type: "instance", depth: 0 })),
      ...added.slice(0, MOST_MEMBERS)
        .map((name) => ({ name, type: typeNameOf(globalThis, name), depth: 0 })),
    ];
  }

  async #read([name, ...path]: string[]): Promise<{ value: unknown } | undefined> {
    const own = Object.getOwnPropertyDescriptor(globalThis, name);
    // Deno's own globals may have getters; those of cells stay uncalled.
    if (own?.get !== undefined && !this.#given.has(name)) return undefined;
    let { value } = await this.#variables.valueOf(name);
    for (const key of path) {
      const found = find(value, key);
      if (found === undefined || !("value" in found)) return undefined;
      value = found.value;
    }
    return { value };
  }
}

/** A property of a value or of what it inherits from. */
function find(value: unknown, key: string): PropertyDescriptor | undefined {
  for (const { object } of chainOf(value)) {
    const found = Object.getOwnPropertyDescriptor(object, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The object behind a value and those it inherits from; nothing behind a proxy. */
function* chainOf(value: unknown): Generator<{ object: object; depth: number }> {
  if (value === undefined || value === null) return;
  let object: object | null = Object(value);
  for (let depth = 0; object !== null && !types.isProxy(object); depth++) {
    yield { object, depth };
    object = Object.getPrototypeOf(object);
  }
}

function membersOf(value: unknown): LiveMember[] {
  const members = new Map<string, LiveMember>();
  for (const { object, depth } of chainOf(value)) {
    if (isLong(object)) continue;
    for (const name of Object.getOwnPropertyNames(object)) {
      if (members.size >= MOST_MEMBERS) break;
      if (members.has(name) || /^\d+$/.test(name)) continue;
      const rank = object === Object.prototype || object === Function.prototype ? Infinity : depth;
      members.set(name, {
        name,
        type: typeNameOf(object, name),
        depth: Math.min(rank, INHERITED_DEPTH),
      });
    }
  }
  return [...members.values()];
}

/** Stands for members that every object or function has. */
const INHERITED_DEPTH = 100;

function isLong(object: object): boolean {
  if (object instanceof String) return true;
  return (Array.isArray(object) || types.isTypedArray(object)) && object.length > LONG;
}

/** What kind of property it is, in the words of Jupyter's front ends. */
function typeNameOf(object: object, name: string): string {
  const { value, get } = Object.getOwnPropertyDescriptor(object, name) ?? {};
  if (get !== undefined) return "property";
  if (typeof value !== "function") return "instance";
  return isClass(value) ? "class" : "function";
}

/** A class by the one mark that needs no look at its source. */
function isClass(value: object): boolean {
  if (types.isProxy(value)) return false;
  return Object.getOwnPropertyDescriptor(value, "prototype")?.writable === false;
}

function describe(value: unknown): { type: string; text: string } {
  const text = typeof value === "function" ? "" : inspectValue(value);
  return {
    type: classOf(value),
    text: text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text,
  };
}

/** `number`, `function`, or the name of the class. */
function classOf(value: unknown): string {
  if (value === null) return "null";
  if (typeof value !== "object") return typeof value;
  const made = find(value, "constructor")?.value;
  const name = typeof made === "function" && !types.isProxy(made)
    ? Object.getOwnPropertyDescriptor(made, "name")?.value
    : undefined;
  return typeof name === "string" && name !== "" ? name : "object";
}
