// The parameters of a model: their names and shapes, in order, and how they start.

import { Random } from "../random.ts";
import type { ModelConfig } from "./config.ts";
import { isAdapted, loraNames } from "./lora.ts";

/** One array of learned numbers. */
export interface ParameterSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** The value it starts with, or the standard deviation of the normal draws it starts with. */
  readonly start: { readonly value: number } | { readonly deviation: number };
}

/** Values of parameters by name, row-major float32. */
export type ParameterValues = Map<string, Float32Array>;

/** The name of the part `part` of block `layer`. */
export function blockName(layer: number, part: string): string {
  return `blocks.${layer}.${part}`;
}

/** Whether the linear layer `name` of a block adds a bias. */
export function hasBias({ bias }: Pick<ModelConfig, "bias">, name: string): boolean {
  if (typeof bias === "boolean") return bias;
  return bias === "qkv" ? /attention\.(query|key|value)$/.test(name) : name.includes(`.${bias}.`);
}

/**
 * Every parameter that a model of this config has. Weights are (in, out): an activation is a row.
 *
 * @see Radford et al. 2019 for the start: deviation 0.02, and layers that write into the residual
 * stream scaled down by √(2 · layers)
 */
export function parameterSpecs(config: ModelConfig): ParameterSpec[] {
  const { width, headWidth, heads, kvHeads, mlpWidth, layers, vocabularySize, context } = config;
  const specs: ParameterSpec[] = [];
  const usual = { deviation: 0.02 };
  const residual = { deviation: 0.02 / Math.sqrt(2 * layers) };

  const linear = (name: string, shape: [number, number], start: ParameterSpec["start"]) => {
    specs.push({ name: `${name}.weight`, shape, start });
    if (hasBias(config, name)) {
      specs.push({ name: `${name}.bias`, shape: [shape[1]], start: { value: 0 } });
    }
    if (isAdapted(config.lora, name)) {
      const { a, b } = loraNames(name);
      const { rank } = config.lora!;
      specs.push({
        name: a,
        shape: [shape[0], rank],
        start: { deviation: 1 / Math.sqrt(shape[0]) },
      });
      specs.push({ name: b, shape: [rank, shape[1]], start: { value: 0 } }); // at first nothing is added
    }
  };
  const norm = (name: string) => {
    specs.push({ name: `${name}.gain`, shape: [width], start: { value: 1 } });
    if (config.normBias) {
      specs.push({ name: `${name}.bias`, shape: [width], start: { value: 0 } });
    }
  };

  specs.push({ name: "embedding", shape: [vocabularySize, width], start: usual });
  if (config.positions === "learned") {
    specs.push({ name: "positions", shape: [context, width], start: usual });
  }
  for (let layer = 0; layer < layers; layer++) {
    norm(blockName(layer, "attention_norm"));
    linear(blockName(layer, "attention.query"), [width, heads * headWidth], usual);
    linear(blockName(layer, "attention.key"), [width, kvHeads * headWidth], usual);
    linear(blockName(layer, "attention.value"), [width, kvHeads * headWidth], usual);
    if (config.qkNorm) {
      for (const part of ["query", "key"]) {
        const name = blockName(layer, `attention.${part}_norm.gain`);
        specs.push({ name, shape: [headWidth], start: { value: 1 } });
      }
    }
    linear(blockName(layer, "attention.output"), [heads * headWidth, width], residual);
    norm(blockName(layer, "mlp_norm"));
    if (config.activation === "swiglu") {
      linear(blockName(layer, "mlp.gate"), [width, mlpWidth], usual);
    }
    linear(blockName(layer, "mlp.up"), [width, mlpWidth], usual);
    linear(blockName(layer, "mlp.down"), [mlpWidth, width], residual);
  }
  norm("final_norm");
  if (!config.tiedHead) {
    specs.push({ name: "head.weight", shape: [width, vocabularySize], start: usual });
  }
  return specs;
}

/** How many numbers a model of this config has. */
export function parameterCount(config: ModelConfig): number {
  return parameterSpecs(config)
    .reduce((sum, { shape }) => sum + shape.reduce((size, n) => size * n, 1), 0);
}

/** Starting values for every parameter; the same seed gives the same numbers. */
export function initialValues(config: ModelConfig, { seed }: { seed: number }): ParameterValues {
  const values: ParameterValues = new Map();
  for (const { name, shape, start } of parameterSpecs(config)) {
    const array = new Float32Array(shape.reduce((size, n) => size * n, 1));
    if ("value" in start) {
      array.fill(start.value);
    } else {
      const random = new Random(seed, name);
      for (let i = 0; i < array.length; i++) array[i] = start.deviation * random.normal();
    }
    values.set(name, array);
  }
  return values;
}
