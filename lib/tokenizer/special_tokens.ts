// Special tokens in text: found where the caller allows them, and nowhere else.

import { ConfigError } from "../errors.ts";

/** The special tokens of a tokenizer, as what cuts a text. */
export class SpecialTokens {
  /** The length of the longest, in UTF-16 units; 0 where there is none. */
  readonly longest: number;
  readonly #ids: ReadonlyMap<string, number>;
  /** Matches any of them, of several at one place the longest; undefined where there is none. */
  readonly #pattern: RegExp | undefined;

  constructor(ids: ReadonlyMap<string, number>) {
    this.#ids = ids;
    const longestFirst = [...ids.keys()].sort((a, b) => b.length - a.length);
    this.longest = longestFirst[0]?.length ?? 0;
    this.#pattern = longestFirst.length === 0
      ? undefined
      : new RegExp(longestFirst.map((text) => RegExp.escape(text)).join("|"), "gu");
  }

  /**
   * The text in order: strings without special tokens, none of them empty, and the ids of special tokens.
   *
   * @param end special tokens that begin here or later are left in the text
   */
  *parts(text: string, end = text.length): Generator<string | number> {
    let start = 0;
    for (const match of this.#pattern === undefined ? [] : text.matchAll(this.#pattern)) {
      if (match.index >= end) break;
      if (match.index > start) yield text.slice(start, match.index);
      yield this.#ids.get(match[0])!;
      start = match.index + match[0].length;
    }
    if (start < text.length) yield start === 0 ? text : text.slice(start);
  }
}

/**
 * The check of special tokens that a caller names.
 *
 * @throws {ConfigError} if one is empty, holds a lone surrogate, or is named twice
 */
export function checkSpecialTokens(specialTokens: readonly string[]): void {
  for (const token of specialTokens) {
    if (token === "" || !token.isWellFormed()) {
      throw new ConfigError(
        `${
          JSON.stringify(token)
        } cannot be a special token: it must be text of one character or more.`,
      );
    }
  }
  if (new Set(specialTokens).size !== specialTokens.length) {
    throw new ConfigError(
      `The special tokens ${JSON.stringify(specialTokens)} name one twice: give each once.`,
    );
  }
}
