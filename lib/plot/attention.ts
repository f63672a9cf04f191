// Where a model looks: one head's attention, or that of every head at a glance.

import { ConfigError } from "../errors.ts";
import { attentionShares } from "../evaluate/attention.ts";
import type { Transformer } from "../model/transformer.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { Figure } from "./figure.ts";
import { type FigureOptions, frame, heading } from "./figure_options.ts";
import { heatmap } from "./heatmap.ts";
import { roundForFigure } from "./numbers.ts";
import { COLOUR_SCALE } from "./theme.ts";
import { tokenLabel } from "./token_label.ts";

/** Options of {@linkcode attentionMap}. */
export interface AttentionMapOptions extends FigureOptions {
  /** The text that is looked at; its first tokens, as many as the model sees. */
  text: string;
  /** Which layer, from 0; all of them by default. */
  layer?: number;
  /** Which head of it, from 0; all of them by default. */
  head?: number;
}

/** More tokens would be too small to see. */
const MOST_TOKENS = 64;

/**
 * Shows where attention goes: each row is a token, each column what it looks at. With a layer and a head that head
 * alone, otherwise all heads side by side.
 *
 * @throws {ConfigError} if the text is empty, or there is no such layer or head
 * @example
 * ```ts
 * attentionMap(model, tokenizer, { text: "The boat came back." });
 * attentionMap(model, tokenizer, { text: "The boat came back.", layer: 0, head: 2 });
 * ```
 */
export function attentionMap(
  model: Transformer,
  tokenizer: Tokenizer,
  { text, layer, head, ...options }: AttentionMapOptions,
): Figure {
  const { context, layers, heads } = model.config;
  const ids = tokenizer.encode(text).subarray(0, Math.min(context, MOST_TOKENS));
  if (ids.length === 0) {
    throw new ConfigError("The text is empty: attention needs a token to go to.");
  }
  expectOneOf("layer", layer, layers);
  expectOneOf("head", head, heads);
  const shares = attentionShares(model, ids);
  if (layer === undefined || head === undefined) {
    const chosenLayers = shares.map((heads, index) => ({ index, heads }))
      .filter(({ index }) => layer === undefined || index === layer);
    const chosenHeads = [...Array(heads).keys()].filter((i) => head === undefined || i === head);
    return mosaic(chosenLayers, chosenHeads, { tokens: ids.length, options });
  }
  const labels = Array.from(ids, (id) => tokenLabel(tokenizer, id));
  return heatmap(shares[layer][head], {
    title: `Layer ${layer}, head ${head}: where each token looks`,
    rowTitle: "token",
    columnTitle: "looks at",
    valueTitle: "share",
    rows: labels,
    columns: labels,
    height: Math.max(300, 110 + 16 * labels.length),
    ...options,
  });
}

function expectOneOf(name: string, value: number | undefined, count: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= 0 && value < count)) return;
  throw new ConfigError(`${name} is ${value}: choose one from 0 to ${count - 1}, or leave it out.`);
}

/** Every head as a tile, a gap between two, layers under each other. */
function mosaic(
  layers: readonly { index: number; heads: readonly Float64Array[][] }[],
  heads: readonly number[],
  { tokens, options }: { tokens: number; options: FigureOptions },
): Figure {
  const gap = Math.max(1, Math.round(tokens / 12));
  const step = tokens + gap;
  const z = Array.from({ length: layers.length * step - gap }, (_, row) => {
    const { heads: tiles } = layers[Math.floor(row / step)];
    const y = row % step;
    return Array.from({ length: heads.length * step - gap }, (_, column) => {
      const x = column % step;
      const isInTile = y < tokens && x <= y;
      return isInTile ? roundForFigure(tiles[heads[Math.floor(column / step)]][y][x]) : NaN;
    });
  });
  const middles = (count: number) =>
    Array.from({ length: count }, (_, i) => i * step + (tokens - 1) / 2);
  const tile = Math.min(150, 620 / heads.length);
  return new Figure([{
    type: "heatmap",
    z,
    zmin: 0,
    zmax: 1,
    colorscale: COLOUR_SCALE,
    colorbar: { title: heading("share"), thickness: 12, outlinewidth: 0 },
  }], {
    ...frame({
      title: "Where each head looks: a row a token, a column what it looks at",
      height: 100 + Math.round(layers.length * tile),
      ...options,
    }),
    xaxis: {
      tickvals: middles(heads.length),
      ticktext: heads.map((head) => `head ${head}`),
      showgrid: false,
    },
    yaxis: {
      tickvals: middles(layers.length),
      ticktext: layers.map(({ index }) => `layer ${index}`),
      autorange: "reversed",
      showgrid: false,
    },
  });
}
