// The classes of characters that split patterns tell apart, with one table look-up a character.

/** A letter, `\p{L}`. */
export const LETTER = 1;
/** A digit or another number, `\p{N}`. */
export const NUMBER = 2;
/** White space as Unicode has it, `\p{White_Space}`; all of it lies below U+10000. */
export const SPACE = 3;
/** Everything else, lone surrogates included. */
export const OTHER = 4;

/** The class of every code point that was met so far; 0 where none has asked. */
const classes = new Uint8Array(0x110000);

/** The class of the character that begins at `at`, an index below `text.length`. */
export function classAt(text: string, at: number): number {
  const point = text.codePointAt(at)!;
  return classes[point] || (classes[point] = classify(String.fromCodePoint(point)));
}

/** The end of the run of characters of one class that begins at `start`. */
export function runEnd(text: string, start: number, runClass: number): number {
  let at = start;
  while (at < text.length && classAt(text, at) === runClass) {
    at += text.codePointAt(at)! > 0xffff ? 2 : 1;
  }
  return at;
}

function classify(character: string): number {
  if (/\p{L}/u.test(character)) return LETTER;
  if (/\p{N}/u.test(character)) return NUMBER;
  return /\p{White_Space}/u.test(character) ? SPACE : OTHER;
}
