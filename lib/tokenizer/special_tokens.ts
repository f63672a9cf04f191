// Special tokens in text: found where the caller allows them, and nowhere else.

import { ConfigError } from "../errors.ts";

/** A special token in a text, from `start` to `end`. */
export interface FoundSpecialToken {
  readonly start: number;
  readonly end: number;
  readonly id: number;
}

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
   * The special tokens of a text, in their order.
   *
   * @param before special tokens that begin here or later are left out
   */
  *find(text: string, before = text.length): Generator<FoundSpecialToken> {
    if (this.#pattern === undefined) return;
    for (const match of text.matchAll(this.#pattern)) {
      if (match.index >= before) return;
      const end = match.index + match[0].length;
      yield { start: match.index, end, id: this.#ids.get(match[0])! };
    }
  }

  /** The text in order: strings without special tokens, none of them empty, and the ids of special tokens. */
  *parts(text: string): Generator<string | number> {
    let at = 0;
    for (const { start, end, id } of this.find(text)) {
      if (start > at) yield text.slice(at, start);
      yield id;
      at = end;
    }
    if (at < text.length) yield at === 0 ? text : text.slice(at);
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
