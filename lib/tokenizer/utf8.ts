// UTF-8 by hand: a tokenizer asks for the bytes of millions of pieces a few characters long, and a
// call into TextEncoder costs more than such a piece does.

/**
 * The number of bytes that `text` takes in UTF-8. A lone surrogate counts as U+FFFD, three bytes.
 *
 * @example
 * ```ts
 * utf8Length("naïve"); // 6
 * ```
 */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    bytes += unit < 0x800 ? 1 : 2;
    if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(i + 1))) i++; // 4 bytes, 2 units
  }
  return bytes;
}

/**
 * Writes the characters of `text` from `start` to `end` into `bytes` as UTF-8, a lone surrogate as
 * U+FFFD.
 *
 * @param bytes where to write, from its beginning; three bytes a UTF-16 unit are always enough
 * @returns the number of bytes written
 */
export function writeUtf8(
  text: string,
  bytes: Uint8Array,
  { start = 0, end = text.length }: { start?: number; end?: number } = {},
): number {
  let at = 0;
  for (let i = start; i < end; i++) {
    let point = text.charCodeAt(i);
    if (point < 0x80) {
      bytes[at++] = point;
      continue;
    }
    if (point < 0x800) {
      bytes[at++] = 0xc0 | (point >> 6);
      bytes[at++] = 0x80 | (point & 0x3f);
      continue;
    }
    if (isHighSurrogate(point) && i + 1 < end && isLowSurrogate(text.charCodeAt(i + 1))) {
      point = text.codePointAt(i++)!;
      bytes[at++] = 0xf0 | (point >> 18);
      bytes[at++] = 0x80 | ((point >> 12) & 0x3f);
    } else {
      if (isHighSurrogate(point) || isLowSurrogate(point)) point = 0xfffd;
      bytes[at++] = 0xe0 | (point >> 12);
    }
    bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
    bytes[at++] = 0x80 | (point & 0x3f);
  }
  return at;
}

function isHighSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xd800;
}

function isLowSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00;
}
