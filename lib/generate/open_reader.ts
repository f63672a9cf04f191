// Which reader a model gets: the decoder for a transformer, the plain one for anything else. A decoder holds a copy of
// the model's numbers, so it is kept for the next text, and made anew when the numbers have changed.

import { ConfigError } from "../errors.ts";
import type { ModelConfig } from "../model/config.ts";
import { mergedValues } from "../model/merge_lora.ts";
import { Transformer } from "../model/transformer.ts";
import { hostView } from "../tensor/host_view.ts";
import { EngineReader } from "./engine/engine_reader.ts";
import type { Precision } from "./engine/packed_matrix.ts";
import { PlainReader } from "./plain_reader.ts";
import type { LanguageModel, Reader } from "./reader.ts";

export type { Precision };

/** What the decoder knows; a config that says more is left to the model's definition. */
const KNOWN: ReadonlySet<string> = new Set<keyof ModelConfig>([
  "vocabularySize",
  "context",
  "layers",
  "heads",
  "kvHeads",
  "width",
  "headWidth",
  "mlpWidth",
  "norm",
  "normBias",
  "positions",
  "activation",
  "tiedHead",
  "bias",
  "qkNorm",
  "normEpsilon",
  "ropeTheta",
  "ropeScaling",
  "noRopeLayers",
  "lora",
]);

/** Whether the decoder does all that a config asks for. */
export function isKnown(config: ModelConfig): boolean {
  const { norm, positions, activation, ropeScaling } = config;
  return Object.keys(config).every((name) => KNOWN.has(name)) &&
    ["layernorm", "rmsnorm"].includes(norm) && ["learned", "rotary"].includes(positions) &&
    ["gelu", "gelu_exact", "relu2", "swiglu"].includes(activation) &&
    ["linear", "llama3", undefined].includes(ropeScaling?.kind);
}

interface Kept {
  readonly reader: EngineReader;
  readonly fingerprint: string;
}

const kept = new WeakMap<Transformer, Map<Precision, Kept>>();

/**
 * The reader of a model.
 *
 * @throws {ConfigError} if int8 is asked of what is no transformer, or there is not enough memory
 */
export function openReader(
  model: LanguageModel,
  { precision = "float32" }: { precision?: Precision } = {},
): Reader {
  if (precision !== "float32" && precision !== "int8") {
    throw new ConfigError(
      `precision is ${JSON.stringify(precision)}; choose "float32" or "int8".`,
    );
  }
  if (!(model instanceof Transformer) || !isKnown(model.config)) {
    if (precision === "float32") return new PlainReader(model);
    throw new ConfigError("This model cannot be read in int8: leave precision out.");
  }
  const values = new Map<string, Float32Array>();
  for (const [name, variable] of model.parameters) {
    values.set(name, hostView(variable) as Float32Array);
  }
  const fingerprint = fingerprintOf(values);
  const ofModel = kept.get(model) ?? new Map<Precision, Kept>();
  kept.set(model, ofModel);
  const known = ofModel.get(precision);
  if (known?.fingerprint === fingerprint) return known.reader;
  ofModel.delete(precision); // so that its memory is free before the new one is made
  const merged = model.config.lora === null ? values : mergedValues(model);
  const read = (name: string) => merged.get(name);
  const reader = new EngineReader(model.config, { precision, read });
  ofModel.set(precision, { reader, fingerprint });
  return reader;
}

/** Numbers that are looked at to see whether a model has changed; of a larger model every so manieth. */
const MOST_SAMPLES = 4_000_000;

/** Tells models apart: all numbers of a small one, and some of every parameter of a large one. */
function fingerprintOf(values: ReadonlyMap<string, Float32Array>): string {
  let size = 0;
  for (const { length } of values.values()) size += length;
  const stride = Math.max(1, Math.ceil(size / MOST_SAMPLES));
  let [first, second] = [0, 0];
  for (const array of values.values()) {
    const bits = new Int32Array(array.buffer, array.byteOffset, array.length);
    for (let i = 0; i < bits.length; i += stride) {
      first = Math.imul(first ^ bits[i], 0x01000193);
      second = (second + Math.imul(bits[i] ^ first, 0x85ebca6b)) | 0;
    }
  }
  return `${first} ${second}`;
}
