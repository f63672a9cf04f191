// Several tokenizers on one text: the same lines, one above the other, so that one sees where each cuts.

import { ConfigError } from "../errors.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { utf8Length } from "../tokenizer/utf8.ts";
import { formatCount } from "./numbers.ts";
import { element, escapeXml, fitText, textElement } from "./svg/text.ts";
import { colour, FIGURE_SIZE, FONT_SIZE } from "./theme.ts";
import { tokenLabel, visibleCharacter } from "./token_label.ts";
import { Picture } from "./tokenizer_picture.ts";

/** Options of {@linkcode compareTokenizers}. */
export interface CompareTokenizersOptions {
  /** Later characters are only counted. Default 360. */
  maximumCharacters?: number;
}

/** A character and its place in the drawing. */
interface Cell {
  readonly label: string;
  readonly bytes: number;
  readonly row: number;
  /** In columns; wide characters take two. */
  readonly column: number;
  readonly columns: number;
}

/** A token, or the part of it that stands in one row. */
interface Stretch {
  readonly token: number;
  readonly row: number;
  /** In columns; between two tokens that share a character, in the middle of it. */
  readonly from: number;
  readonly to: number;
}

/** Pixels. */
const NAME_WIDTH = 108;
const MARGIN = 12;
const COLUMN = 9.6;
const LINE = 25;
const BOX = 21;
const COLUMNS = Math.floor((FIGURE_SIZE.width - NAME_WIDTH - 2 * MARGIN) / COLUMN);

/**
 * Draws a text's tokens under several tokenizers, line under line, and says how many each needs.
 *
 * @throws {ConfigError} if there is no tokenizer or no text, or one has no id for a character
 * @example
 * ```ts
 * compareTokenizers("The tide turns.", { characters, bpe });
 * ```
 */
export function compareTokenizers(
  text: string,
  tokenizers: Readonly<Record<string, Tokenizer>>,
  { maximumCharacters = 360 }: CompareTokenizersOptions = {},
): Picture {
  const named = Object.entries(tokenizers);
  if (named.length === 0 || text === "") {
    throw new ConfigError("A comparison needs a text and at least one tokenizer by its name.");
  }
  const shown = [...text.slice(0, maximumCharacters).toWellFormed()];
  const cells = layOut(shown);
  const rows = cells[cells.length - 1].row + 1;
  const summaries = named.map(([name, tokenizer]) => summary(text, name, tokenizer));
  const heading = MARGIN + summaries.length * 18 + 8;
  const block = named.length * LINE + 12;
  const drawn = named.map(([name, tokenizer], index) => {
    const top = (row: number): number => heading + row * block + index * LINE;
    const label = fitText(name, { width: NAME_WIDTH - 10, fontSize: FONT_SIZE.text });
    const names = Array.from(
      { length: rows },
      (_, row) => textElement(label, { x: MARGIN, y: top(row) + 15 }),
    );
    const ids = tokenizer.encode(shown.join(""));
    return names.join("") + drawTokens(cells, { ids, tokenizer, top }) + drawText(cells, top);
  });
  const lines = summaries.map((line, i) =>
    textElement(line, { x: MARGIN, y: MARGIN + 12 + 18 * i, "font-weight": 600 })
  );
  return new Picture(lines.join("") + drawn.join(""), {
    width: FIGURE_SIZE.width,
    height: heading + rows * block,
    title: summaries.join("; "),
    text: [
      ...named.map(([name, tokenizer]) => {
        const ids = tokenizer.encode(shown.join(""));
        return `${name}: ${Array.from(ids, (id) => tokenLabel(tokenizer, id)).join("|")}`;
      }),
      ...summaries,
    ].join("\n"),
  });
}

function summary(text: string, name: string, tokenizer: Tokenizer): string {
  const tokens = tokenizer.encode(text).length;
  const carried = (utf8Length(text) / tokens).toFixed(2);
  return `${name}: ${formatCount(tokens)} tokens, ${carried} bytes a token, vocabulary of ` +
    formatCount(tokenizer.vocabularySize);
}

/** Gives every character its place; a line end is shown, and ends its row. */
function layOut(characters: readonly string[]): Cell[] {
  let row = 0;
  let column = 0;
  return characters.map((character) => {
    const label = visibleCharacter(character);
    const columns = label.length > 2 ? Math.ceil(label.length * 0.75) : isWide(character) ? 2 : 1;
    if (column + columns > COLUMNS) {
      row++;
      column = 0;
    }
    const cell = { label, bytes: utf8Length(character), row, column, columns };
    column = character === "\n" ? COLUMNS : column + columns;
    return cell;
  });
}

function isWide(character: string): boolean {
  return /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]|\p{Emoji_Presentation}/u
    .test(character);
}

/** Where each token stands: by its bytes, of which several may share a character. */
function stretchesOf(cells: readonly Cell[], lengths: readonly number[]): Stretch[] {
  const stretches: Stretch[] = [];
  let cell = 0;
  let taken = 0; // bytes of that cell that are behind
  for (const [token, length] of lengths.entries()) {
    for (let left = length; left > 0 && cell < cells.length;) {
      const { row, column, columns, bytes } = cells[cell];
      const used = Math.min(left, bytes - taken);
      const from = column + columns * taken / bytes;
      const to = column + columns * (taken + used) / bytes;
      const last = stretches.at(-1);
      if (last?.token === token && last.row === row) {
        stretches[stretches.length - 1] = { ...last, to };
      } else stretches.push({ token, row, from, to });
      left -= used;
      taken += used;
      if (taken < bytes) continue;
      cell++;
      taken = 0;
    }
  }
  return stretches;
}

function drawTokens(
  cells: readonly Cell[],
  { ids, tokenizer, top }: {
    ids: Uint32Array;
    tokenizer: Tokenizer;
    top: (row: number) => number;
  },
): string {
  const lengths = Array.from(ids, (id) => tokenizer.tokenBytes(id).length);
  return stretchesOf(cells, lengths).map(({ token, row, from, to }) => {
    const title = `${tokenLabel(tokenizer, ids[token])}, id ${ids[token]}`;
    return element("rect", {
      x: NAME_WIDTH + from * COLUMN + 0.75,
      y: top(row),
      width: Math.max(1, (to - from) * COLUMN - 1.5),
      height: BOX,
      rx: 3,
      fill: colour(token % 5),
      "fill-opacity": 0.26,
    }, element("title", {}, escapeXml(title)));
  }).join("");
}

function drawText(cells: readonly Cell[], top: (row: number) => number): string {
  const texts = cells.filter(({ label }) => label !== "␣").map(({ label, row, column, columns }) =>
    textElement(label, {
      x: NAME_WIDTH + (column + columns / 2) * COLUMN,
      y: top(row) + 15,
    })
  );
  return element("g", {
    "font-family": "ui-monospace, Menlo, Consolas, monospace",
    "font-size": FONT_SIZE.text + 1,
    "text-anchor": "middle",
    "pointer-events": "none", // the token's box beneath tells its id
  }, texts.join(""));
}
