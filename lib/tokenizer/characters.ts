// The simplest tokenizer: a token is a character, and the vocabulary is the characters of the training
// text. Nothing to learn about merges, short to read, long in tokens.

import { ConfigError, FormatError } from "../errors.ts";
import { checkId } from "./check_id.ts";
import {
  charactersFile,
  charactersOfFile,
  type CharactersTokenizerJson,
} from "./characters_hugging_face.ts";
import { type EncodingWithOffsets, locateTokens } from "./offsets.ts";
import type { TextRange, Tokenizer } from "./tokenizer.ts";
import { utf8Length } from "./utf8.ts";

/** A `CharTokenizer` as JSON: the characters in the order of their ids. */
export interface CharactersJson {
  format: "dials-tokenizer";
  version: 1;
  kind: "characters";
  characters: string;
}

/**
 * One token a character (a Unicode code point), ids in the order of the code points.
 *
 * @example
 * ```ts
 * const tokenizer = CharTokenizer.train("hello");
 * tokenizer.vocabularySize; // 4: e, h, l, o
 * tokenizer.decode(tokenizer.encode("hole")); // "hole"
 * ```
 */
export class CharTokenizer implements Tokenizer {
  readonly kind = "characters";
  readonly vocabularySize: number;
  /** A character tokenizer has none. */
  readonly specialTokens: ReadonlyMap<string, number> = new Map();
  /** The characters in the order of their ids. */
  readonly characters: readonly string[];
  /** The id of a code point, −1 where it has none. */
  readonly #ids: Int32Array;

  private constructor(characters: readonly string[]) {
    this.characters = characters;
    this.vocabularySize = characters.length;
    const points = characters.map((character) => character.codePointAt(0)!);
    this.#ids = new Int32Array(points.at(-1)! + 1).fill(-1);
    points.forEach((point, id) => this.#ids[point] = id);
  }

  /**
   * The tokenizer whose vocabulary is every character of the text.
   *
   * @param text the training text, whole or in parts
   * @throws {ConfigError} if there is not a single character
   */
  static train(text: string | Iterable<string>): CharTokenizer {
    const points = new Set<number>();
    for (const part of typeof text === "string" ? [text] : text) {
      const wellFormed = part.toWellFormed();
      for (let i = 0; i < wellFormed.length; i++) {
        const point = wellFormed.codePointAt(i)!;
        points.add(point);
        if (point > 0xffff) i++;
      }
    }
    if (points.size === 0) {
      throw new ConfigError(
        "A character tokenizer cannot be trained on an empty text: give it at least one character.",
      );
    }
    const sorted = [...points].sort((a, b) => a - b);
    return new CharTokenizer(sorted.map((point) => String.fromCodePoint(point)));
  }

  /**
   * The tokenizer that `toJSON` described.
   *
   * @throws {FormatError} if `characters` is not a string of distinct characters in ascending order
   */
  static fromJSON(json: unknown): CharTokenizer {
    const { characters } = (json ?? {}) as Partial<CharactersJson>;
    if (typeof characters !== "string" || characters === "" || !characters.isWellFormed()) {
      throw new FormatError(
        'A character tokenizer needs "characters", a string of at least one character.',
      );
    }
    const list = [...characters];
    for (let id = 1; id < list.length; id++) {
      if (list[id].codePointAt(0)! <= list[id - 1].codePointAt(0)!) {
        throw new FormatError(
          `The characters of a character tokenizer must be distinct and sorted by code point, ` +
            `but ${JSON.stringify(list[id])} follows ${JSON.stringify(list[id - 1])}.`,
        );
      }
    }
    return new CharTokenizer(list);
  }

  /**
   * One id a character.
   *
   * @throws {ConfigError} at a character that the training text did not have
   */
  encode(text: string): Uint32Array {
    const wellFormed = text.toWellFormed();
    const ids = new Uint32Array(wellFormed.length);
    let length = 0;
    for (let i = 0; i < wellFormed.length; i++) {
      const point = wellFormed.codePointAt(i)!;
      const id = point < this.#ids.length ? this.#ids[point] : -1;
      if (id < 0) throw unknownCharacter(point, i, this.vocabularySize);
      ids[length++] = id;
      if (point > 0xffff) i++;
    }
    return ids.slice(0, length);
  }

  /** @throws {ConfigError} at a character that the training text did not have */
  encodeWithOffsets(text: string): EncodingWithOffsets {
    const ids = this.encode(text);
    return locateTokens(text, ids, (id) => utf8Length(this.characters[id]));
  }

  lastCut(text: string, { from = 0, end = text.length }: TextRange = {}): number {
    const unit = text.charCodeAt(end - 1);
    const mayBePair = unit >= 0xd800 && unit < 0xdc00;
    const cut = mayBePair ? end - 1 : end;
    return cut > from ? cut : -1;
  }

  /** @throws {ConfigError} if an id is not in the vocabulary */
  decode(tokens: ArrayLike<number>): string {
    const characters = new Array<string>(tokens.length);
    for (let i = 0; i < tokens.length; i++) {
      checkId(tokens[i], this.vocabularySize);
      characters[i] = this.characters[tokens[i]];
    }
    return characters.join("");
  }

  /** @throws {ConfigError} if the id is not in the vocabulary */
  tokenBytes(id: number): Uint8Array {
    checkId(id, this.vocabularySize);
    return new TextEncoder().encode(this.characters[id]);
  }

  /**
   * The tokenizer in a Hugging Face `tokenizer.json` that `toHuggingFace` made.
   *
   * @param json the parsed file
   * @throws {FormatError} if the file asks for anything else
   */
  static fromHuggingFace(json: unknown): CharTokenizer {
    const characters = charactersOfFile(json);
    return CharTokenizer.fromJSON({ characters });
  }

  /** The tokenizer as Hugging Face's `tokenizer.json`: write it with `JSON.stringify`. */
  toHuggingFace(): CharactersTokenizerJson {
    return charactersFile(this.characters);
  }

  toJSON(): CharactersJson {
    return {
      format: "dials-tokenizer",
      version: 1,
      kind: "characters",
      characters: this.characters.join(""),
    };
  }
}

function unknownCharacter(point: number, index: number, vocabularySize: number): ConfigError {
  const character = JSON.stringify(String.fromCodePoint(point));
  const code = `U+${point.toString(16).toUpperCase().padStart(4, "0")}`;
  return new ConfigError(
    `The character ${character} (${code}) at index ${index} is none of the ${vocabularySize} that ` +
      "this tokenizer was trained on: leave it out, train on a text that has it, or use BpeTokenizer.",
  );
}
