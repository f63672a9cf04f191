// Several tokenizers on one text: the same lines, one above the other, so that one sees where each cuts.

import { ConfigError } from "../errors.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { utf8Length } from "../tokenizer/utf8.ts";
import { formatCount } from "./numbers.ts";
import { element, escapeXml, fitText, textElement } from "./svg/text.ts";
import { type Cell, COLUMN, drawText, layOut, stretchesOf } from "./text_cells.ts";
import { colour, FIGURE_SIZE, FONT_SIZE } from "./theme.ts";
import { tokenLabel } from "./token_label.ts";
import { Picture } from "./tokenizer_picture.ts";

/** Options of {@linkcode compareTokenizers}. */
export interface CompareTokenizersOptions {
  /** Later characters are only counted. Default 360. */
  maximumCharacters?: number;
}

/** Pixels. */
const NAME_WIDTH = 108;
const MARGIN = 12;
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
  const cells = layOut(shown, COLUMNS);
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
    return names.join("") + drawTokens(cells, { ids, tokenizer, top }) +
      drawText(cells, { left: NAME_WIDTH, top });
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
