// A text coloured by how surprised a model was by each of its tokens.

import { ConfigError } from "../errors.ts";
import { surprises } from "../evaluate/surprise.ts";
import type { Transformer } from "../model/transformer.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { formatLoss } from "./numbers.ts";
import { element, escapeXml, textElement } from "./svg/text.ts";
import { COLUMN, drawText, layOut, stretchesOf } from "./text_cells.ts";
import { colour, FIGURE_SIZE, FONT_SIZE } from "./theme.ts";
import { tokenLabel } from "./token_label.ts";
import { Picture } from "./tokenizer_picture.ts";

/** Options of {@linkcode showSurprise}. */
export interface ShowSurpriseOptions {
  /** Later characters are left out. Default 1,200. */
  maximumCharacters?: number;
}

/** Pixels. */
const MARGIN = 12;
const LINE = 25;
const BOX = 21;
const TOP = 52;
const COLUMNS = Math.floor((FIGURE_SIZE.width - 2 * MARGIN) / COLUMN);
/** As red as it gets: one in a thousand. */
const STRONGEST = Math.log(1000);
/** Up to this share of that a token was expected: one in three. */
const EXPECTED = Math.log(3) / STRONGEST;

/**
 * Draws a text, each token the redder the less the model expected it. The first is grey: nothing was there to expect
 * it from.
 *
 * @throws {ConfigError} if the text is empty
 * @example
 * ```ts
 * showSurprise("The boat came back to the moon.", model, tokenizer);
 * ```
 */
export function showSurprise(
  text: string,
  model: Transformer,
  tokenizer: Tokenizer,
  { maximumCharacters = 1200 }: ShowSurpriseOptions = {},
): Picture {
  if (text === "") throw new ConfigError("The text is empty: there is nothing to be surprised by.");
  const characters = [...text.slice(0, maximumCharacters).toWellFormed()];
  const ids = tokenizer.encode(characters.join(""));
  const surprise = surprises(model, ids);
  const cells = layOut(characters, COLUMNS);
  const top = (row: number): number => TOP + row * LINE;
  const lengths = Array.from(ids, (id) => tokenizer.tokenBytes(id).length);
  const boxes = stretchesOf(cells, lengths).map(({ token, row, from, to }) =>
    element("rect", {
      x: MARGIN + from * COLUMN + 0.5,
      y: top(row),
      width: Math.max(1, (to - from) * COLUMN - 1),
      height: BOX,
      rx: 2,
      ...lookOf(token === 0 ? undefined : surprise[token - 1]),
    }, element("title", {}, escapeXml(describe(token))))
  );
  const mean = surprise.reduce((sum, value) => sum + value, 0) / surprise.length;
  const heading = surprise.length === 0
    ? "One token, and nothing before it"
    : `Surprise at ${ids.length} tokens: ${formatLoss(mean)} nats each on average`;
  const rows = cells[cells.length - 1].row + 1;
  return new Picture(
    textElement(heading, { x: MARGIN, y: MARGIN + 14, "font-weight": 600 }) + scale() +
      boxes.join("") + drawText(cells, { left: MARGIN, top }),
    {
      width: FIGURE_SIZE.width,
      height: TOP + rows * LINE + MARGIN,
      title: heading,
      text: `${heading}\n${Array.from(ids, (_, token) => describe(token)).join("\n")}`,
    },
  );

  function describe(token: number): string {
    const label = tokenLabel(tokenizer, ids[token]);
    if (token === 0) return `${label}: the first`;
    const probability = 100 * Math.exp(-surprise[token - 1]);
    return `${label}: ${formatLoss(surprise[token - 1])} nats (${probability.toPrecision(2)} %)`;
  }
}

function lookOf(surprise: number | undefined): { fill: string; "fill-opacity": number } {
  if (surprise === undefined) return { fill: "#808690", "fill-opacity": 0.2 };
  const share = Math.min(1, surprise / STRONGEST);
  const isExpected = share < EXPECTED;
  const strength = isExpected ? 0.3 * (1 - share / EXPECTED) : 0.06 + 0.42 * share;
  return { fill: colour(isExpected ? 2 : 3), "fill-opacity": strength };
}

/** What the colours mean, at the top right. */
function scale(): string {
  const steps: [string, number][] = [["sure", 0], ["1 in 2", Math.LN2], [
    "1 in 20",
    Math.log(20),
  ], ["1 in 1,000", STRONGEST]];
  const width = 76;
  const left = FIGURE_SIZE.width - MARGIN - width * steps.length;
  return steps.map(([label, surprise], i) => {
    const x = left + i * width;
    return element("rect", { x, y: 12, width: width - 4, height: 18, rx: 3, ...lookOf(surprise) }) +
      textElement(label, {
        x: x + width / 2 - 2,
        y: 25,
        "text-anchor": "middle",
        "font-size": FONT_SIZE.text - 1,
      });
  }).join("");
}
