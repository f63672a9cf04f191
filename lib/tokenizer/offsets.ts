// Which characters a token covers. Tokens are bytes, texts in JavaScript are UTF-16 units: this walks both
// at once.

/** The ids of a text, and where in the text each stands. */
export interface EncodingWithOffsets {
  /** The ids, as `encode` gives them. */
  readonly ids: Uint32Array;
  /** For each id the index of the first UTF-16 unit that it covers. */
  readonly starts: Uint32Array;
  /** For each id the index after the last UTF-16 unit that it covers. */
  readonly ends: Uint32Array;
}

/**
 * Finds the characters of each token. Where several tokens share the bytes of one character, each of
 * them covers all of it, so that `text.slice(starts[i], ends[i])` never cuts a character.
 *
 * @param ids the ids of the whole text: their bytes are its UTF-8, a lone surrogate being U+FFFD
 * @param lengthOf the number of bytes of an id
 */
export function locateTokens(
  text: string,
  ids: Uint32Array,
  lengthOf: (id: number) => number,
): EncodingWithOffsets {
  const starts = new Uint32Array(ids.length);
  const ends = new Uint32Array(ids.length);
  let at = 0; // where the character begins that the next byte belongs to
  let taken = 0; // how many of its bytes are behind
  for (let i = 0; i < ids.length; i++) {
    starts[i] = at;
    taken += lengthOf(ids[i]);
    while (at < text.length) {
      const length = byteLength(text, at);
      if (taken < length) break;
      taken -= length;
      at += length === 4 ? 2 : 1;
    }
    ends[i] = taken === 0 ? at : at + (byteLength(text, at) === 4 ? 2 : 1);
  }
  return { ids, starts, ends };
}

/** How many bytes the character that begins at `at` takes in UTF-8. */
function byteLength(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  return text.codePointAt(at)! > 0xffff ? 4 : 3;
}
