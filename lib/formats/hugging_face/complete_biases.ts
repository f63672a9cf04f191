// Biases on queries, keys and values alone are Qwen2's, and transformers gives every Qwen2 the tokenizer of the real one.
// With a bias of zeros on the output too, the same model is a Llama, which keeps its own.

import { blockName } from "../../model/parameters.ts";
import type { ModelParts } from "../model_parts.ts";

/** The same model, where it has biases on queries, keys and values alone with zeros for those of the output. */
export function completeBiases({ config, values }: ModelParts): ModelParts {
  if (config.bias !== "qkv") return { config, values };
  const completed = new Map(values);
  for (let layer = 0; layer < config.layers; layer++) {
    completed.set(blockName(layer, "attention.output.bias"), new Float32Array(config.width));
  }
  return { config: { ...config, bias: "attention" }, values: completed };
}
