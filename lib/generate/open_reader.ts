// Which reader a model gets: the decoder for a transformer, the plain one for anything else. A decoder holds a copy of
// the model's numbers, so it is kept for the next text, and brought up to date when the numbers have changed.

import { ConfigError } from "../errors.ts";
import type { ModelConfig } from "../model/config.ts";
import { mergedValues } from "../model/merge_lora.ts";
import { Transformer } from "../model/transformer.ts";
import { backendInUse } from "../tensor/backend.ts";
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

const kept = new WeakMap<Transformer, Map<string, Kept>>();

/** How a reader is opened. */
export interface OpenOptions {
  precision?: Precision;
}

/**
 * The check of a precision that a caller gives.
 *
 * @throws {ConfigError} if there is none of that name, or the model can only be read by its definition
 */
export function checkPrecision(
  model: LanguageModel,
  { precision = "float32" }: OpenOptions,
): void {
  if (precision !== "float32" && precision !== "int8") {
    throw new ConfigError(
      `precision is ${JSON.stringify(precision)}; choose "float32" or "int8".`,
    );
  }
  if (precision === "int8" && !isDecoded(model)) {
    throw new ConfigError(
      "This model is read by its definition, which knows no int8: leave precision out.",
    );
  }
}

/** Whether the decoder reads a model here; the backend `cpu` is for what plain JavaScript makes of it. */
function isDecoded(model: LanguageModel): model is Transformer {
  return model instanceof Transformer && isKnown(model.config) && backendInUse() !== "cpu";
}

/**
 * The reader of a model, on the backend in use.
 *
 * @throws {ConfigError} as `checkPrecision`, or if there is not enough memory
 */
export async function openReader(
  model: LanguageModel,
  { precision = "float32" }: OpenOptions = {},
): Promise<Reader> {
  checkPrecision(model, { precision });
  if (!isDecoded(model)) return new PlainReader(model);
  const values = await valuesOf(model);
  const kind = backendInUse() === "wasm" ? "wasm" : undefined;
  const name = `${precision} ${kind}`;
  const fingerprint = fingerprintOf(values);
  const ofModel = kept.get(model) ?? new Map<string, Kept>();
  kept.set(model, ofModel);
  const known = ofModel.get(name);
  if (known?.fingerprint === fingerprint) return known.reader;
  const merged = model.config.lora === null ? values : mergedValues(model);
  const read = (name: string) => merged.get(name);
  known?.reader.update(read);
  const reader = known?.reader ?? new EngineReader(model.config, { precision, read, kind });
  ofModel.set(name, { reader, fingerprint });
  return reader;
}

/** The parameters, where they lie or fetched from a graphics card. */
async function valuesOf(model: Transformer): Promise<Map<string, Float32Array>> {
  const isFar = backendInUse() === "webgpu";
  const values = new Map<string, Float32Array>();
  for (const [name, variable] of model.parameters) {
    const array = isFar ? await variable.data<"float32">() : hostView(variable) as Float32Array;
    values.set(name, array);
  }
  return values;
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
