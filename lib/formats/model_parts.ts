// What exporters write of a model: its config and numbers, an adapter made part of them, which others do not know.

import type { ModelConfig } from "../model/config.ts";
import { mergedValues } from "../model/merge_lora.ts";
import type { ParameterValues } from "../model/parameters.ts";
import type { Transformer } from "../model/transformer.ts";

/** A model's config and parameters. */
export interface ModelParts {
  readonly config: ModelConfig;
  readonly values: ParameterValues;
}

/** A model as one without an adapter. */
export function modelParts(model: Transformer): ModelParts {
  return { config: { ...model.config, lora: null }, values: mergedValues(model) };
}
