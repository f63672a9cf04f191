// The models and batches that both programs train.

import type { ModelOptions } from "../../../lib/model/config.ts";

/** A model and its batch. */
export interface Shape {
  readonly layers: number;
  readonly heads: number;
  readonly width: number;
  readonly context: number;
  readonly batch: number;
}

/** From a learner's first model to one that fills a laptop. */
export const SHAPES: readonly Shape[] = [
  { layers: 4, heads: 4, width: 128, context: 64, batch: 12 },
  { layers: 4, heads: 4, width: 128, context: 128, batch: 32 },
  { layers: 6, heads: 6, width: 384, context: 256, batch: 8 },
];

/** The shape in words. */
export function nameOf({ layers, width, context, batch }: Shape): string {
  return `${layers} layers, width ${width}, context ${context}, batch ${batch}`;
}

/** The peer's architecture, to the last operation. */
export function peersModel(shape: Shape, vocabularySize: number): ModelOptions {
  const { batch: _, ...sizes } = shape;
  return {
    ...sizes,
    vocabularySize,
    norm: "layernorm",
    normBias: false,
    positions: "learned",
    activation: "gelu_exact",
    tiedHead: true,
  };
}
