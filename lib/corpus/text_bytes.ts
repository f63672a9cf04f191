// From bytes to text, for every source alike: what is empty or no UTF-8 text is refused, with the place.

import { CorpusError } from "../errors.ts";

/**
 * The text that bytes hold. A byte order mark at the beginning is left out.
 *
 * @param name what the bytes are, for the messages
 * @throws {CorpusError} if there is no text in them, or they are not UTF-8, or hold a NUL
 */
export function textFromBytes(bytes: Uint8Array, name: string): string {
  const offset = binaryOffset(bytes);
  if (offset !== undefined) {
    const what = bytes[offset] === 0 ? "a NUL byte" : "no valid UTF-8";
    throw new CorpusError(
      `${name} is not text: at byte ${offset} there is ${what}; give a text file in UTF-8.`,
    );
  }
  const text = new TextDecoder().decode(bytes);
  if (text.trim() === "") {
    throw new CorpusError(`${name} is empty: give a text with something to learn from.`);
  }
  return text;
}

/** Where bytes stop being UTF-8 text without NUL; undefined if they are text to the end. */
export function binaryOffset(bytes: Uint8Array): number | undefined {
  const nul = bytes.indexOf(0);
  const text = nul < 0 ? bytes : bytes.subarray(0, nul);
  if (isUtf8(text)) return nul < 0 ? undefined : nul;
  // By halving, the longest beginning that is UTF-8, but for a character that is cut at its end.
  let valid = 0;
  let invalid = text.length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (isUtf8(text.subarray(0, middle), { stream: true })) valid = middle;
    else invalid = middle;
  }
  while (!isUtf8(text.subarray(0, valid))) valid--; // back to where that character begins
  return valid;
}

function isUtf8(bytes: Uint8Array, options?: TextDecodeOptions): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, options);
    return true;
  } catch { // a TypeError, which says no more than that
    return false;
  }
}
