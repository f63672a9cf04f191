// A text laid out in cells of one width, so that what is said of its tokens can be drawn beneath its characters.

import { utf8Length } from "../tokenizer/utf8.ts";
import { element, textElement } from "./svg/text.ts";
import { FONT_SIZE } from "./theme.ts";
import { visibleCharacter } from "./token_label.ts";

/** Width of a column, in pixels. */
export const COLUMN = 9.6;

/** A character and its place in the drawing. */
export interface Cell {
  readonly label: string;
  readonly bytes: number;
  readonly row: number;
  /** In columns; wide characters take two. */
  readonly column: number;
  readonly columns: number;
}

/** A token, or the part of it that stands in one row. */
export interface Stretch {
  readonly token: number;
  readonly row: number;
  /** In columns; between two tokens that share a character, in the middle of it. */
  readonly from: number;
  readonly to: number;
}

/** Gives every character its place; a line end is shown, and ends its row. */
export function layOut(characters: readonly string[], columnsOfRow: number): Cell[] {
  let row = 0;
  let column = 0;
  return characters.map((character) => {
    const label = visibleCharacter(character);
    const columns = label.length > 2 ? Math.ceil(label.length * 0.75) : isWide(character) ? 2 : 1;
    if (column + columns > columnsOfRow) {
      row++;
      column = 0;
    }
    const cell = { label, bytes: utf8Length(character), row, column, columns };
    column = character === "\n" ? columnsOfRow : column + columns;
    return cell;
  });
}

function isWide(character: string): boolean {
  return /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]|\p{Emoji_Presentation}/u
    .test(character);
}

/** Where each token stands: by its bytes, of which several may share a character. */
export function stretchesOf(cells: readonly Cell[], lengths: readonly number[]): Stretch[] {
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

/** The characters themselves, on whatever is drawn beneath. */
export function drawText(
  cells: readonly Cell[],
  { left, top }: { left: number; top: (row: number) => number },
): string {
  const texts = cells.filter(({ label }) => label !== "␣").map(({ label, row, column, columns }) =>
    textElement(label, {
      x: left + (column + columns / 2) * COLUMN,
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
