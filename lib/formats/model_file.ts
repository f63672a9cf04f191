// A model in one file: safetensors whose metadata holds the config and the tokenizer. A checkpoint is
// the same file with the optimiser's state added, so whatever reads a model reads a checkpoint too.

import { FormatError } from "../errors.ts";
import { type ModelConfig, modelConfig } from "../model/config.ts";
import { parameterSpecs, type ParameterValues } from "../model/parameters.ts";
import { Transformer } from "../model/transformer.ts";
import { type Tokenizer, tokenizerFromJson } from "../tokenizer/tokenizer.ts";
import { writeWhole } from "./file.ts";
import { int8Tensors, withScales } from "./int8.ts";
import { encodeNumbers } from "./number_formats.ts";
import {
  readSafetensors,
  safetensorsParts,
  type StoredTensor,
  type TensorFile,
  type TensorToWrite,
} from "./safetensors.ts";

/** What a model file holds. */
export interface ModelFile {
  readonly config: ModelConfig;
  readonly values: ParameterValues;
  readonly tokenizer: Tokenizer;
  /** Whatever else is in the file: arrays that are no parameters, and text by key. */
  readonly extra: {
    readonly tensors: ReadonlyMap<string, StoredTensor>;
    readonly metadata: Readonly<Record<string, string>>;
  };
}

/** The metadata key of the config and the tokenizer. */
const KEY = "dials.model";

/** Writes a model and its tokenizer to the file `path`, whole or not at all. */
export async function saveModel(
  path: string,
  { model, tokenizer }: { model: Transformer; tokenizer: Tokenizer },
): Promise<void> {
  const { config } = model;
  const extra = { tensors: new Map(), metadata: {} };
  await writeModelFile(path, { config, values: model.values(), tokenizer, extra });
}

/**
 * The model and the tokenizer in the file `path`, be it of `saveModel` or a checkpoint.
 *
 * @throws {FormatError} if there is no such file, it was cut off, or it holds no model
 */
export async function loadModel(
  path: string,
): Promise<{ model: Transformer; tokenizer: Tokenizer }> {
  const { config, values, tokenizer } = await readModelFile(path);
  return { model: Transformer.fromValues(config, values), tokenizer };
}

/** How parameters are stored: as they are, or rounded to whole numbers with scales. */
export type StoredNumbers = "float32" | "int8";

/** Writes all of `file` to `path`, whole or not at all. */
export async function writeModelFile(path: string, file: ModelFile): Promise<void> {
  await writeWhole(path, modelFileParts(file));
}

/** The bytes of a file that holds all of `file`, part by part. */
export function modelFileParts(
  { config, values, tokenizer, extra }: ModelFile,
  { numbers = "float32" }: { numbers?: StoredNumbers } = {},
): Generator<Uint8Array> {
  const asIs = (name: string, { shape, values }: StoredTensor): TensorToWrite => (
    { name, shape, dtype: "F32", bytes: () => encodeNumbers(values, "F32") }
  );
  const parameters = parameterSpecs(config).flatMap((spec) => {
    const stored = values.get(spec.name)!;
    if (numbers === "int8") return int8Tensors(spec, stored);
    return [asIs(spec.name, { shape: spec.shape, values: stored })];
  });
  const others = [...extra.tensors].map(([name, tensor]) => asIs(name, tensor));
  const metadata = { ...extra.metadata, [KEY]: JSON.stringify({ config, tokenizer }) };
  return safetensorsParts([...parameters, ...others], metadata);
}

/**
 * All that the file `path` holds.
 *
 * @throws {FormatError} if there is no such file, it was cut off, or it holds no model
 */
export async function readModelFile(path: string): Promise<ModelFile> {
  return modelOf(await readSafetensors(path), path);
}

/**
 * The model in a file that was read.
 *
 * @param path the file's name, for the error
 * @throws {FormatError} if it holds no model
 */
export function modelOf(file: TensorFile, path: string): ModelFile {
  const { metadata } = file;
  const tensors = withScales(file.tensors);
  const { config, tokenizer } = parseMetadata(metadata[KEY], path);
  if (config.layers > tensors.size) {
    throw new FormatError(
      `${path} claims ${config.layers} layers, but holds ${tensors.size} arrays.`,
    );
  }
  const values: ParameterValues = new Map();
  const rest = new Map(tensors);
  for (const { name, shape } of parameterSpecs(config)) {
    const stored = tensors.get(name);
    if (!stored) throw new FormatError(`${path} holds no parameter ${name}.`);
    if (stored.shape.join() !== shape.join()) {
      throw new FormatError(
        `${path} holds ${name} of shape (${stored.shape}), but its config asks for (${shape}).`,
      );
    }
    values.set(name, stored.values);
    rest.delete(name);
  }
  const { [KEY]: _, ...others } = metadata;
  return {
    config,
    values,
    tokenizer: tokenizerFromJson(tokenizer),
    extra: { tensors: rest, metadata: others },
  };
}

function parseMetadata(
  text: string | undefined,
  path: string,
): { config: ModelConfig; tokenizer: unknown } {
  if (text === undefined) throw new FormatError(`${path} holds numbers, but no model of Dials.`);
  try {
    const { config, tokenizer } = JSON.parse(text);
    return { config: modelConfig(config), tokenizer };
  } catch (error) {
    throw new FormatError(`${path} describes no model: ${(error as Error).message}`);
  }
}
