// Text with its tokens in sight, for a notebook: each token on a ground of its own colour, its id and
// bytes in the tooltip. Plain HTML without a script, so that it shows wherever the notebook does.

import type { EncodeOptions, Tokenizer } from "./tokenizer.ts";
import { utf8Length } from "./utf8.ts";

/** How a text's tokens are shown. */
export interface ShowTokensOptions extends EncodeOptions {
  /** Later tokens are only counted. */
  maximumTokens?: number;
}

/** Grounds with room for the page's own text colour, dark on light or light on dark. */
const COLOURS = ["59, 130, 246", "234, 179, 8", "34, 197, 94", "236, 72, 153", "139, 92, 246"];

/** The tokens of a text, shown by a notebook as coloured text. */
export class TokensView {
  /** The ids of the whole text. */
  readonly tokens: Uint32Array;
  readonly #shown: readonly ShownToken[];
  readonly #summary: string;

  /** As `showTokens` calls it. */
  constructor(text: string, tokenizer: Tokenizer, options: ShowTokensOptions) {
    const { maximumTokens = 2000, ...encoding } = options;
    this.tokens = tokenizer.encode(text, encoding);
    this.#shown = Array.from(this.tokens.subarray(0, maximumTokens), (id) => {
      const bytes = tokenizer.tokenBytes(id);
      return { id, bytes, text: readable(bytes) };
    });
    this.#summary = summarise(text, this.tokens.length, this.#shown.length);
  }

  /** What a notebook shows: `text/html`, and `text/plain` where HTML is not shown. */
  [Symbol.for("Jupyter.display")](): Record<string, string> {
    const style = "white-space: pre-wrap; overflow-wrap: anywhere; font-family: monospace; " +
      "line-height: 1.7";
    return {
      "text/html": `<div><div style="${style}">${this.#shown.map(tokenHtml).join("")}</div>` +
        `<small>${this.#summary}</small></div>`,
      "text/plain": `${this.#shown.map(({ text }) => text).join("|")}\n${this.#summary}`,
    };
  }
}

/**
 * A text with its tokens coloured one by one. A space is shown as `·`, a tab as `⇥`, a line's end as `⏎`, a
 * byte that is only part of a character as `\xe2`.
 *
 * @example
 * ```ts
 * showTokens("Hello, world!", tokenizer); // as a cell's last line
 * ```
 */
export function showTokens(
  text: string,
  tokenizer: Tokenizer,
  options: ShowTokensOptions = {},
): TokensView {
  return new TokensView(text, tokenizer, options);
}

interface ShownToken {
  id: number;
  bytes: Uint8Array;
  text: string;
}

function tokenHtml(token: ShownToken, index: number): string {
  const colour = COLOURS[index % COLOURS.length];
  const title = `id ${token.id}, bytes ${Array.from(token.bytes, hex).join(" ")}`;
  return `<span title="${title}" style="background: rgba(${colour}, 0.3); border-radius: 2px">` +
    `${escapeHtml(token.text).replaceAll("·", "<wbr>·")}</span>`; // a line may break where a space was
}

function summarise(text: string, tokens: number, shown: number): string {
  const bytes = utf8Length(text);
  const ratio = tokens === 0 ? "" : `, ${(bytes / tokens).toFixed(2)} bytes a token`;
  const rest = tokens > shown ? ` (the first ${count(shown, "token")} shown)` : "";
  return `${count(tokens, "token")} for ${count(bytes, "byte")}${ratio}${rest}`;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

/** The token's text with its white space visible; its bytes in hexadecimal where they are no UTF-8. */
function readable(bytes: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch { // the bytes of a character that is cut between tokens
    return Array.from(bytes, (byte) => byte < 0x80 ? visible(byte) : `\\x${hex(byte)}`).join("");
  }
  return text.replace(/[\p{Cc} ]/gu, (character) => visible(character.charCodeAt(0)));
}

function visible(code: number): string {
  switch (code) {
    case 0x20:
      return "·";
    case 0x09:
      return "⇥";
    case 0x0a:
      return "⏎\n";
    default:
      return code < 0x20 || (code >= 0x7f && code < 0xa0)
        ? `\\x${hex(code)}`
        : String.fromCharCode(code);
  }
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
