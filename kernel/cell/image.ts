// Images from bytes: which kind they are, by how they begin.

import { encodeBase64 } from "@std/encoding";
import type { MimeBundle } from "../protocol/content.ts";

/** How a container of several media begins; its length follows. */
const RIFF = [0x52, 0x49, 0x46, 0x46];
const ANY_LENGTH = new Array<undefined>(4).fill(undefined);

/** The first bytes of the image formats that front ends show; undefined stands for any byte. */
const SIGNATURES: [string, (number | undefined)[]][] = [
  ["image/png", [0x89, 0x50, 0x4e, 0x47]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/gif", [0x47, 0x49, 0x46, 0x38]],
  ["image/webp", [...RIFF, ...ANY_LENGTH, 0x57, 0x45, 0x42, 0x50]],
  ["image/bmp", [0x42, 0x4d]],
];

/** The formats that nothing else looks like: two bytes are too few to guess by. */
const CERTAIN = 3;

/** How much of a text is read to see whether it is SVG: a declaration and comments may stand first. */
const SVG_HEAD = 1_024;

/**
 * The representation of an image file's bytes; undefined if they are none that front ends show.
 *
 * @param certain take only formats that cannot be mistaken, as for bytes that nobody has called an image
 */
export function imageBundle(bytes: Uint8Array, { certain = false } = {}): MimeBundle | undefined {
  const found = SIGNATURES.find(([, start]) =>
    (!certain || start.length >= CERTAIN) &&
    start.every((byte, i) => byte === undefined || bytes[i] === byte)
  );
  if (found !== undefined) return { [found[0]]: encodeBase64(bytes) };
  if (certain) return undefined;
  const head = new TextDecoder().decode(bytes.subarray(0, SVG_HEAD));
  return /^\s*(<\?xml[^>]*>\s*|<!--[^]*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>]/i.test(head)
    ? { "image/svg+xml": new TextDecoder().decode(bytes) }
    : undefined;
}
