// A token made visible: spaces and line breaks have signs, bytes that are no text their number.
import type { Tokenizer } from "../tokenizer/tokenizer.ts";

const SIGNS: Record<string, string> = { " ": "␣", "\n": "⏎", "\t": "⇥", "\r": "␍", "\u00a0": "⍽" };

/**
 * A label for a token that shows all of it.
 *
 * @returns its text with "␣" for a space and "⏎" for a line break; bytes that are no character by
 * themselves, as where a token ends in the middle of one, as "\xE2\x80"
 */
export function tokenLabel(tokenizer: Pick<Tokenizer, "tokenBytes">, id: number): string {
  const bytes = tokenizer.tokenBytes(id);
  let label = "";
  for (let at = 0; at < bytes.length;) {
    const character = characterAt(bytes, at);
    label += character ? visibleCharacter(character.text) : `\\x${hex(bytes[at], 2)}`;
    at += character?.length ?? 1;
  }
  return label;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The UTF-8 character that begins at a byte, and its length, if one does. */
function characterAt(bytes: Uint8Array, at: number): { text: string; length: number } | undefined {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length++) {
    const text = decoder.decode(bytes.subarray(at, at + length));
    if (!text.includes("\ufffd")) return { text, length };
  }
  return undefined;
}

/** A character, or a sign for one that would not be seen. */
export function visibleCharacter(character: string): string {
  if (!/[\p{Cc}\p{Zs}\u2028\u2029]/u.test(character)) return character;
  return SIGNS[character] ?? `\\u${hex(character.charCodeAt(0), 4)}`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, "0");
}
