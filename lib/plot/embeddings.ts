// The embedding seen from its best side: each token a point in many dimensions, drawn on the plane that shows most of
// how they differ (principal component analysis).

import { ConfigError } from "../errors.ts";
import type { Transformer } from "../model/transformer.ts";
import { Random } from "../random.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { Figure } from "./figure.ts";
import { type FigureOptions, frame, heading } from "./figure_options.ts";
import { roundForFigure } from "./numbers.ts";
import { colour } from "./theme.ts";
import { tokenLabel } from "./token_label.ts";

/** Options of {@linkcode embeddingMap}. */
export interface EmbeddingMapOptions extends FigureOptions {
  /** Which tokens are shown; by default the first ordinary ones that are words or parts of them. */
  tokens?: ArrayLike<number>;
  /** How many are shown where `tokens` does not say. Default 120. */
  top?: number;
}

/**
 * Shows tokens where their embeddings lie: near each other are those that the model takes for alike.
 *
 * @throws {ConfigError} if fewer than three tokens are to be shown, or one is outside the vocabulary
 * @example
 * ```ts
 * embeddingMap(model, tokenizer);
 * ```
 */
export function embeddingMap(
  model: Transformer,
  tokenizer: Pick<Tokenizer, "vocabularySize" | "tokenBytes" | "specialTokens">,
  { tokens, top = 120, ...options }: EmbeddingMapOptions = {},
): Figure {
  const ids = tokens === undefined ? firstWords(tokenizer, top) : Array.from(tokens);
  const isKnown = (id: number) => id >= 0 && id < tokenizer.vocabularySize;
  if (ids.length < 3 || !ids.every(isKnown)) {
    throw new ConfigError(
      `Give at least three tokens from 0 to ${tokenizer.vocabularySize - 1}, but got ${
        ids.slice(0, 5).join(", ") || "none"
      }.`,
    );
  }
  const { width } = model.config;
  const embedding = model.parameters.get("embedding")!.dataSync<"float32">();
  const points = ids.map((id) => embedding.slice(id * width, (id + 1) * width));
  const { coordinates: [x, y], shares } = principalPlane(points);
  const percent = shares.map((share) => `${(100 * share).toFixed(0)} %`);
  return new Figure([{
    type: "scatter",
    mode: "text",
    x: x.map(roundForFigure),
    y: y.map(roundForFigure),
    text: ids.map((id) => tokenLabel(tokenizer, id)),
    textfont: { color: colour(0), size: 12 },
    showlegend: false,
  }], {
    ...frame({
      title: `Where ${ids.length} tokens lie in the embedding`,
      height: 520,
      ...options,
    }),
    xaxis: { title: heading(`first direction: ${percent[0]} of the differences`) },
    yaxis: { title: heading(`second: ${percent[1]}`) },
    hovermode: "closest",
  }, {
    summary: `The embeddings of ${ids.length} tokens, ${percent.join(" and ")} of differences`,
  });
}

/** Ordinary tokens that are text: those of several bytes first, since they were learned in the order of their use. */
function firstWords(
  tokenizer: Pick<Tokenizer, "vocabularySize" | "tokenBytes" | "specialTokens">,
  top: number,
): number[] {
  const special = new Set(tokenizer.specialTokens.values());
  const isText = (id: number) => /^␣?[\p{L}\p{N}\p{P}␣⏎]+$/u.test(tokenLabel(tokenizer, id));
  const ids = [...Array(tokenizer.vocabularySize).keys()]
    .filter((id) => !special.has(id) && isText(id));
  const isByte = (id: number) => tokenizer.tokenBytes(id).length === 1;
  return ids.sort((a, b) => Number(isByte(a)) - Number(isByte(b)) || a - b).slice(0, top);
}

/** The two directions in which points differ most, and the share of all differences along each. */
function principalPlane(points: readonly Float32Array[]): {
  coordinates: [number[], number[]];
  shares: [number, number];
} {
  const mean = new Float64Array(points[0].length);
  for (const point of points) point.forEach((value, i) => mean[i] += value / points.length);
  const centred = points.map((point) => Float64Array.from(point, (value, i) => value - mean[i]));
  const total = centred.reduce((sum, point) => sum + dot(point, point), 0) || 1;
  const along = () => {
    const direction = strongestDirection(centred);
    const places = centred.map((point) => dot(point, direction));
    // What lies along the direction is taken out, so that the next is square to it.
    centred.forEach((point, n) => point.forEach((_, i) => point[i] -= places[n] * direction[i]));
    return { places, share: places.reduce((sum, place) => sum + place * place, 0) / total };
  };
  const [first, second] = [along(), along()];
  return { coordinates: [first.places, second.places], shares: [first.share, second.share] };
}

/** By power iteration: a direction that is pulled along by the points again and again turns into theirs. */
function strongestDirection(points: readonly Float64Array[]): Float64Array {
  const random = new Random(1, "directions");
  let direction = Float64Array.from(points[0], () => random.normal());
  for (let round = 0; round < 200; round++) {
    const pulled = new Float64Array(direction.length);
    for (const point of points) {
      const place = dot(point, direction);
      point.forEach((value, i) => pulled[i] += place * value);
    }
    const length = Math.sqrt(dot(pulled, pulled));
    if (length === 0) break; // no differences are left
    direction = pulled.map((value) => value / length);
  }
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
