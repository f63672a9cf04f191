// Jupyter counts a cell's text in Unicode code points, JavaScript in UTF-16 units: characters beyond the Basic
// Multilingual Plane, such as emoji, are one there and two here.
// https://jupyter-client.readthedocs.io/en/stable/messaging.html#cursor-pos-and-unicode-offsets

/** The UTF-16 index of a place given in code points; the end of the text for places behind it. */
export function toUtf16(text: string, codePoints: number): number {
  let index = 0;
  for (let left = codePoints; left > 0 && index < text.length; left--) {
    index += text.codePointAt(index)! > 0xffff ? 2 : 1;
  }
  return index;
}

/** The code points before a UTF-16 index. */
export function toCodePoints(text: string, index: number): number {
  let count = 0;
  for (let at = 0; at < index; count++) at += text.codePointAt(at)! > 0xffff ? 2 : 1;
  return count;
}
