// A token made visible: spaces and line breaks have signs, bytes that are no text their number.
import type { Tokenizer } from "../tokenizer/tokenizer.ts";

const SIGNS: Record<string, string> = { " ": "␣", "\n": "⏎", "\t": "⇥", "\r": "␍", "\u00a0": "⍽" };

/**
 * A label for a token that shows all of it.
 *
 * @returns its text with "␣" for a space and "⏎" for a line break; bytes that are not UTF-8 by
 * themselves as "\xE2\x80"
 */
export function tokenLabel(tokenizer: Pick<Tokenizer, "tokenBytes">, id: number): string {
  const bytes = tokenizer.tokenBytes(id);
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.replaceAll(/[\p{Cc}\p{Zs}\u2028\u2029]/gu, (sign) => SIGNS[sign] ?? escaped(sign));
  } catch {
    // Not UTF-8: a part of a character, which byte-level tokens may well be.
    return Array.from(bytes, (byte) => `\\x${hex(byte, 2)}`).join("");
  }
}

function escaped(character: string): string {
  return `\\u${hex(character.charCodeAt(0), 4)}`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, "0");
}
