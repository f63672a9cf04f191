// A value as text: at once, whatever it is.

const OPTIONS: Deno.InspectOptions = {
  depth: 4,
  iterableLimit: 100,
  strAbbreviateSize: 10_000,
  colors: false,
  trailingComma: false,
};

/** Characters of a result that are shown: nobody reads more, and notebooks are kept. */
const LONGEST = 200_000;

/**
 * A value as text, without colour codes. Structures are cut at a depth and a length, getters are not called,
 * and what throws when looked at is told so.
 */
export function inspectValue(value: unknown): string {
  return inspect(value, OPTIONS);
}

/** The text of a result: structures are coloured, so that their parts can be told; all else is plain. */
export function resultText(value: unknown): string {
  const isStructure = typeof value === "object" && value !== null;
  const text = inspect(value, { ...OPTIONS, colors: isStructure });
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}\x1b[0m…`;
}

function inspect(value: unknown, options: Deno.InspectOptions): string {
  try {
    return Deno.inspect(value, options);
  } catch (error) {
    const kind = typeof value === "function" ? "function" : "object";
    return `[${kind} that cannot be shown: looking at it throws ${nameOf(error)}]`;
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
