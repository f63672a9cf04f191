// What a kind of document is: a name, how often it comes, and scripts with their casts.

import { parseCast, type Role } from "../language/casting.ts";
import { parseScript, type Script } from "../language/script.ts";

/** One plan that a kind of document may follow. */
export interface Plan {
  readonly name: string;
  readonly cast: readonly Role[];
  readonly script: Script;
}

/** A kind of document. */
export interface Kind {
  readonly name: string;
  /** How often it comes, against the other kinds. */
  readonly weight: number;
  readonly plans: readonly Plan[];
}

/**
 * A plan from its text.
 *
 * @param name what the plan is called, unique within its kind
 * @param text the cast on the first line, then the script
 */
export function plan(name: string, text: string): Plan {
  const source = text.trimStart();
  const end = source.indexOf("\n");
  return {
    name,
    cast: parseCast(source.slice(0, end)),
    script: parseScript(source.slice(end)),
  };
}
