// The range that a parameter's comment gives for its value, as in `const layers = 4; // blocks (1 to 12)` or
// `const width = 128; // numbers for a token (32 to 512 in steps of 32)`. It binds nobody: a front end that shows
// the parameter as a slider lets it move so far.

/** From where to where a number may sensibly go. */
export interface Range {
  min: number;
  max: number;
  /** The distance of neighbouring values, where the comment gives it. */
  step?: number;
}

const NUMBER = String.raw`-?[\d_]*\.?\d+(?:e[+-]?\d+)?`;
const RANGE = new RegExp(
  String.raw`\s*\((${NUMBER}) to (${NUMBER})(?: in steps of (${NUMBER}))?\)`,
  "i",
);

/** Parts a comment into the range it gives, if it gives one, and what else it says. */
export function readRange(comment: string): { text: string; range?: Range } {
  const found = RANGE.exec(comment);
  if (found === null) return { text: comment };
  const [min, max] = [toNumber(found[1]), toNumber(found[2])];
  if (!(min < max)) return { text: comment };
  const step = found[3] === undefined ? undefined : toNumber(found[3]);
  const text = (comment.slice(0, found.index) + comment.slice(found.index + found[0].length))
    .trim();
  return { text, range: step === undefined || !(step > 0) ? { min, max } : { min, max, step } };
}

function toNumber(text: string): number {
  return Number(text.replaceAll("_", ""));
}
