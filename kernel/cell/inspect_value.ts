// A value as text: at once, whatever it is.

const OPTIONS: Deno.InspectOptions = {
  depth: 4,
  iterableLimit: 100,
  strAbbreviateSize: 10_000,
  colors: false,
  trailingComma: false,
};

/**
 * A value as text, without colour codes. Structures are cut at a depth and a length, getters are not called,
 * and what throws when looked at is told so.
 */
export function inspectValue(value: unknown): string {
  try {
    return Deno.inspect(value, OPTIONS);
  } catch (error) {
    const kind = typeof value === "function" ? "function" : "object";
    return `[${kind} that cannot be shown: looking at it throws ${nameOf(error)}]`;
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
