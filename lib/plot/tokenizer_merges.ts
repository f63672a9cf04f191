// How a token came about: the tree of merges from its bytes up to it.

import { ConfigError } from "../errors.ts";
import type { BpeTokenizer } from "../tokenizer/bpe.ts";
import { formatCount } from "./numbers.ts";
import { element, textElement, textWidth } from "./svg/text.ts";
import { AXIS_COLOUR, colour, FONT_SIZE } from "./theme.ts";
import { tokenLabel } from "./token_label.ts";
import { Picture } from "./tokenizer_picture.ts";

/** A token with what it was merged from; a byte has no parts. */
interface MergeTree {
  readonly id: number;
  readonly label: string;
  /** The number of the merge that made it, from 1. */
  readonly merge?: number;
  readonly parts: readonly MergeTree[];
  /** How many bytes it has. */
  readonly leaves: number;
  /** How many merges lie one upon the other. */
  readonly height: number;
}

/** Pixels. */
const SLOT = 38;
const LEVEL = 46;
const BOX = 24;
const GAP = 26;
const MARGIN = 12;
const ROW_WIDTH = 736;
/** More bytes would be too small to read. */
const MOST_BYTES = 64;

/**
 * Draws the merges behind a token, or behind every token of a text: bytes at the bottom, each merge above
 * what it joined, with the number it was learned as.
 *
 * @param token an id, or a text
 * @throws {ConfigError} if the id is not in the vocabulary or special, or there are more than 64 bytes
 * @example
 * ```ts
 * showMerges(" harbour", tokenizer);
 * ```
 */
export function showMerges(token: number | string, tokenizer: BpeTokenizer): Picture {
  const trees = treesOf(typeof token === "string" ? tokenizer.encode(token) : [token], tokenizer);
  const rows = rowsOf(trees);
  const width = 2 * MARGIN + Math.max(...rows.map(rowWidth));
  let top = MARGIN;
  const markup = rows.map((row) => {
    const height = Math.max(...row.map((tree) => tree.height));
    let left = MARGIN + (width - 2 * MARGIN - rowWidth(row)) / 2;
    const drawn = row.map((tree) => {
      const tall = top + (height - tree.height) * LEVEL; // bytes stand on one line
      const markup = drawTree(tree, { left, top: tall });
      left += treeWidth(tree) + GAP;
      return markup;
    });
    top += height * LEVEL + BOX + GAP;
    return drawn.join("");
  });
  const labels = trees.map(({ label }) => label);
  return new Picture(markup.join(""), {
    width,
    height: top - GAP + MARGIN,
    title: `The merges behind ${labels.join(" ")}`,
    text: trees.map((tree) => treeText(tree)).join("\n"),
  });
}

function treesOf(ids: ArrayLike<number>, tokenizer: BpeTokenizer): MergeTree[] {
  const madeBy = new Map<number, number>();
  tokenizer.merges.forEach(({ id }, rank) => madeBy.has(id) || madeBy.set(id, rank));
  const special = new Set(tokenizer.specialTokens.values());
  const bytes = Array.from(ids, (id) => tokenizer.tokenBytes(id).length);
  const total = bytes.reduce((sum, length) => sum + length, 0);
  if (total === 0 || total > MOST_BYTES) {
    throw new ConfigError(
      `A tree of merges can show 1 to ${MOST_BYTES} bytes, but this has ${total}: give a shorter text.`,
    );
  }
  const treeOf = (id: number): MergeTree => {
    const label = tokenLabel(tokenizer, id);
    const rank = madeBy.get(id);
    if (rank === undefined) return { id, label, parts: [], leaves: 1, height: 0 };
    const { left, right } = tokenizer.merges[rank];
    const parts = [treeOf(left), treeOf(right)];
    return {
      id,
      label,
      merge: rank + 1,
      parts,
      leaves: parts[0].leaves + parts[1].leaves,
      height: 1 + Math.max(parts[0].height, parts[1].height),
    };
  };
  return Array.from(ids, (id) => {
    if (!special.has(id)) return treeOf(id);
    throw new ConfigError(
      `The token ${id}, ${tokenizer.decode([id])}, is a special token: no merge made it.`,
    );
  });
}

/** Trees side by side, as many as fit a row. */
function rowsOf(trees: readonly MergeTree[]): MergeTree[][] {
  const rows: MergeTree[][] = [[]];
  for (const tree of trees) {
    const row = rows[rows.length - 1];
    if (row.length > 0 && rowWidth([...row, tree]) > ROW_WIDTH) rows.push([tree]);
    else row.push(tree);
  }
  return rows;
}

function rowWidth(row: readonly MergeTree[]): number {
  return row.reduce((sum, tree) => sum + treeWidth(tree) + GAP, -GAP);
}

function treeWidth({ leaves }: MergeTree): number {
  return leaves * SLOT;
}

function drawTree(tree: MergeTree, { left, top }: { left: number; top: number }): string {
  const x = left + treeWidth(tree) / 2;
  let partLeft = left;
  const below = tree.parts.map((part) => {
    const partX = partLeft + treeWidth(part) / 2;
    const partTop = top + (tree.height - part.height) * LEVEL;
    const line = element("path", {
      d: `M${x} ${top + BOX}V${top + BOX + 11}H${partX}V${partTop}`,
      fill: "none",
      stroke: AXIS_COLOUR,
    });
    const markup = line + drawTree(part, { left: partLeft, top: partTop });
    partLeft += treeWidth(part);
    return markup;
  });
  return below.join("") + drawNode(tree, { x, top });
}

function drawNode({ id, label, merge }: MergeTree, { x, top }: { x: number; top: number }): string {
  const width = Math.max(SLOT - 10, textWidth(label, FONT_SIZE.text + 1) + 14);
  const nodeColour = merge === undefined ? "#808690" : colour(0);
  const box = element("rect", {
    x: x - width / 2,
    y: top,
    width,
    height: BOX,
    rx: 4,
    fill: nodeColour,
    "fill-opacity": 0.14,
    stroke: nodeColour,
    "stroke-opacity": 0.6,
  });
  const text = textElement(label, {
    x,
    y: top + 16.5,
    "font-size": FONT_SIZE.text + 1,
    "text-anchor": "middle",
  });
  const number = merge === undefined ? "" : textElement(formatCount(merge), {
    x: x + 4,
    y: top + BOX + 10,
    "font-size": 9,
  });
  const origin = merge === undefined ? "a byte" : `merge ${merge}`;
  return element("g", {}, element("title", {}, `id ${id}, ${origin}`) + box + text + number);
}

function treeText({ id, label, merge, parts }: MergeTree, indent = ""): string {
  const line = merge === undefined
    ? `${indent}${label}`
    : `${indent}${label}  (id ${id}, merge ${merge})`;
  return [line, ...parts.map((part) => treeText(part, `${indent}  `))].join("\n");
}
