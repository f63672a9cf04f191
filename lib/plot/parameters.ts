// What a model's numbers are for: how many each part of it has.

import { parameterSpecs } from "../model/parameters.ts";
import type { Transformer } from "../model/transformer.ts";
import { barChart } from "./bars.ts";
import type { Figure } from "./figure.ts";
import type { FigureOptions } from "./figure_options.ts";
import { formatCount, formatNumber } from "./numbers.ts";

/** The parts of a model in the order in which a token meets them, by the names of their parameters. */
const PARTS: readonly (readonly [string, RegExp])[] = [
  ["adapters", /\.lora_[ab]$/],
  ["embedding", /^embedding$/],
  ["positions", /^positions$/],
  ["attention: queries", /\.attention\.query\./],
  ["attention: keys", /\.attention\.key\./],
  ["attention: values", /\.attention\.value\./],
  ["attention: output", /\.attention\.output\./],
  ["feed-forward: gate", /\.mlp\.gate\./],
  ["feed-forward: up", /\.mlp\.up\./],
  ["feed-forward: down", /\.mlp\.down\./],
  ["norms", /norm\.(gain|bias)$/],
  ["head", /^head\./],
];

/** How many numbers each part of a model has, parts without any left out. */
export function countParameters({ config }: Pick<Transformer, "config">): Map<string, number> {
  const counts = new Map(PARTS.map(([part]) => [part, 0]));
  for (const { name, shape } of parameterSpecs(config)) {
    const [part] = PARTS.find(([, pattern]) => pattern.test(name))!;
    counts.set(part, counts.get(part)! + shape.reduce((product, n) => product * n, 1));
  }
  return new Map([...counts].filter(([, count]) => count > 0));
}

/**
 * Shows which part of a model holds how many of its parameters, all layers together.
 *
 * @example
 * ```ts
 * parameterChart(model);
 * ```
 */
export function parameterChart(
  model: Pick<Transformer, "config">,
  options: FigureOptions = {},
): Figure {
  const counts = countParameters(model);
  const { layers, width, tiedHead } = model.config;
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const share = (count: number) =>
    `${formatNumber(count)} · ${formatNumber(100 * count / total, { digits: 2 })} %`;
  return barChart([...counts.keys()], [...counts.values()], {
    title: `${formatCount(total)} parameters in ${layers} layers of width ${width}` +
      `${tiedHead ? "; the embedding is the head too" : ""}`,
    valueTitle: "parameters",
    lying: true,
    formatValue: share,
    ...options,
  });
}
