// Adapters: put thin matrices beside those of a model, train them alone, and keep them in a small file.

import { crc32 } from "node:zlib";
import { ConfigError, FormatError } from "../errors.ts";
import { writeWhole } from "../formats/file.ts";
import { encodeNumbers } from "../formats/number_formats.ts";
import { readSafetensors, safetensorsParts } from "../formats/safetensors.ts";
import { isLoraParameter, LORA_TARGETS, type LoraConfig } from "../model/lora.ts";
import { initialValues, parameterSpecs, type ParameterValues } from "../model/parameters.ts";
import { Transformer } from "../model/transformer.ts";
import { modelConfig } from "../model/config.ts";

/** Options of {@linkcode withLora}. */
export interface LoraOptions extends Partial<LoraConfig> {
  /** Names the start of the thin matrices. */
  seed?: number;
}

/**
 * A copy of a model with thin matrices beside its own; training then changes those alone. At first it computes what the
 * model does.
 *
 * @throws {ConfigError} if the model has an adapter already, or there can be no such adapter
 * @example
 * ```ts
 * const adapted = withLora(model, { rank: 8 });
 * await train(adapted, chats, { steps: 300 });
 * await saveAdapter("polite.safetensors", adapted);
 * ```
 * @see Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large Language Models"
 */
export function withLora(
  model: Transformer,
  { rank = 8, alpha = 2 * rank, targets, seed = 1 }: LoraOptions = {},
): Transformer {
  if (model.config.lora !== null) {
    throw new ConfigError("The model has an adapter already: merge it with mergeLora first.");
  }
  const lora = { rank, alpha, targets: targets ?? targetsOf(model) };
  const config = modelConfig({ ...model.config, lora });
  const values = initialValues(config, { seed });
  for (const [name, array] of model.values()) values.set(name, array);
  return Transformer.fromValues(config, values);
}

/** The linear layers that the model has. */
function targetsOf({ config }: Transformer): LoraConfig["targets"] {
  return LORA_TARGETS.filter((target) => target !== "gate" || config.activation === "swiglu");
}

/** The metadata key under which an adapter's file keeps its config and the fingerprint of its model. */
const KEY = "dials.adapter";

/**
 * Writes the adapter of a model, without the model, to the file `path`, whole or not at all.
 *
 * @throws {ConfigError} if the model has no adapter
 */
export async function saveAdapter(path: string, model: Transformer): Promise<void> {
  const { lora } = model.config;
  if (lora === null) {
    throw new ConfigError(
      "The model has no adapter to save: give it one with withLora, or use saveModel.",
    );
  }
  const values = model.values();
  const tensors = parameterSpecs(model.config)
    .filter(({ name }) => isLoraParameter(name))
    .map(({ name, shape }) => ({
      name,
      shape,
      dtype: "F32" as const,
      bytes: () => encodeNumbers(values.get(name)!, "F32"),
    }));
  const metadata = { [KEY]: JSON.stringify({ lora, base: fingerprint(values) }) };
  await writeWhole(path, safetensorsParts(tensors, metadata));
}

/**
 * A copy of a model with the adapter in the file `path`.
 *
 * @throws {FormatError} if there is no such file, it holds no adapter, or one that was trained on another model
 */
export async function loadAdapter(path: string, model: Transformer): Promise<Transformer> {
  const { tensors, metadata } = await readSafetensors(path);
  const { lora, base } = parseMetadata(metadata[KEY], path);
  const values = model.values();
  if (base !== fingerprint(values)) {
    throw new FormatError(
      `The adapter in ${path} was trained on another model: load it onto the one it was made from.`,
    );
  }
  const config = modelConfig({ ...model.config, lora });
  for (const { name, shape } of parameterSpecs(config)) {
    if (!isLoraParameter(name)) continue;
    const stored = tensors.get(name);
    if (stored?.shape.join() !== shape.join()) {
      throw new FormatError(
        `${path} must hold ${name} of shape (${shape}), but ${
          stored === undefined ? "it is missing" : `it is of shape (${stored.shape})`
        }.`,
      );
    }
    values.set(name, stored.values);
  }
  return Transformer.fromValues(config, values);
}

function parseMetadata(
  text: string | undefined,
  path: string,
): { lora: LoraConfig; base: number } {
  if (text === undefined) throw new FormatError(`${path} holds numbers, but no adapter.`);
  try {
    return JSON.parse(text);
  } catch {
    throw new FormatError(
      `The description of the adapter in ${path} is not JSON: the file was damaged.`,
    );
  }
}

/** A number that stands for the parameters which an adapter leaves as they are. */
function fingerprint(values: ParameterValues): number {
  let sum = 0;
  for (const [name, array] of values) {
    if (isLoraParameter(name)) continue;
    sum = crc32(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), sum);
  }
  return sum;
}
