// Reads a Hugging Face folder, as `transformers` saves a model: config.json, the numbers in one file or in
// several with an index, tokenizer.json and generation_config.json. Nothing in it is executed.

import { join } from "@std/path";
import { FormatError } from "../../errors.ts";
import type { SamplingOptions } from "../../generate/sampling.ts";
import { modelConfig } from "../../model/config.ts";
import { parameterSpecs, type ParameterValues } from "../../model/parameters.ts";
import { Transformer } from "../../model/transformer.ts";
import { tokenizerFromHuggingFace } from "../../tokenizer/from_hugging_face.ts";
import type { Tokenizer } from "../../tokenizer/tokenizer.ts";
import { readBytes } from "../file.ts";
import { openSafetensors, type StoredTensor, type TensorReader } from "../safetensors.ts";
import { fromHuggingFaceConfig } from "./config.ts";
import { huggingFaceSource, takeParameter } from "./parameters.ts";

/** What a Hugging Face folder holds. */
export interface HuggingFaceModel {
  readonly model: Transformer;
  /**
   * Undefined where the folder has no tokenizer.json. The model can be had without it.
   *
   * @throws {FormatError} if tokenizer.json asks for what is not built here
   */
  readonly tokenizer: Tokenizer | undefined;
  /** How its makers sample from it; empty where generation_config.json does not say. */
  readonly sampling: SamplingOptions;
}

/** The files that a folder may have. */
export const FILES = {
  config: "config.json",
  weights: "model.safetensors",
  index: "model.safetensors.index.json",
  tokenizer: "tokenizer.json",
  tokenizerConfig: "tokenizer_config.json",
  generation: "generation_config.json",
} as const;

/**
 * The model in a Hugging Face folder of the families GPT-2, Llama (SmolLM and SmolLM2 among them), Qwen2,
 * Qwen3 and SmolLM3, with numbers stored as F32, F16 or BF16.
 *
 * @throws {FormatError} if a file is missing or broken, or asks for what Dials does not have
 * @throws {ConfigError} if its config contradicts itself
 * @example
 * ```ts
 * const { model, tokenizer } = await readHuggingFace("SmolLM2-135M");
 * await generateText(model, tokenizer!, { prompt: "The sea", tokens: 20 });
 * ```
 */
export async function readHuggingFace(folder: string): Promise<HuggingFaceModel> {
  const path = (file: string): string => join(folder, file);
  const configJson = await readJson(path(FILES.config));
  const options = fromHuggingFaceConfig(configJson, path(FILES.config));
  const tokenizerJson = await readJsonIfThere(path(FILES.tokenizer));
  const tokenizer = readTokenizer(tokenizerJson);
  const sampling = readSampling(await readJsonIfThere(path(FILES.generation)));
  await using weights = await openWeights(folder);
  const model = await readModel(weights, options);
  return {
    model,
    sampling,
    get tokenizer() {
      if (tokenizer instanceof FormatError) throw tokenizer;
      return tokenizer;
    },
  };
}

/** The tokenizer, or why there is none: some are of kinds that are not built here, as Qwen's. */
function readTokenizer(json: unknown): Tokenizer | undefined | FormatError {
  try {
    return json === undefined ? undefined : tokenizerFromHuggingFace(json);
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
}

async function readModel(
  weights: Weights,
  options: ReturnType<typeof fromHuggingFaceConfig>,
): Promise<Transformer> {
  const config = modelConfig(options);
  if (config.layers > weights.count) {
    throw new FormatError(
      `${weights.name} holds ${weights.count} tensors, too few for ${config.layers} layers.`,
    );
  }
  const values: ParameterValues = new Map();
  let last: { name: string; tensor: StoredTensor } | undefined; // GPT-2 takes three parameters out of one
  for (const { name, shape } of parameterSpecs(config)) {
    const source = huggingFaceSource(config, name);
    if (last?.name !== source.name) {
      last = { name: source.name, tensor: await weights.read(source.name) };
    }
    values.set(name, takeParameter(last.tensor, source, shape));
  }
  return Transformer.fromValues(config, values);
}

/** The tensors of a folder, in whichever file each is. */
interface Weights extends AsyncDisposable {
  /** The file that says what there is, for errors. */
  readonly name: string;
  readonly count: number;
  read(name: string): Promise<StoredTensor>;
}

async function openWeights(folder: string): Promise<Weights> {
  const indexPath = join(folder, FILES.index);
  const index = await readJsonIfThere(indexPath);
  if (index === undefined) {
    const path = join(folder, FILES.weights);
    const reader = await openSafetensors(path);
    return {
      name: path,
      count: reader.entries.size,
      read: (name) => reader.read(storedName(name, (candidate) => reader.entries.has(candidate))),
      [Symbol.asyncDispose]: () => reader[Symbol.asyncDispose](),
    };
  }
  const places = shardsOf(index, indexPath);
  const open = new Map<string, TensorReader>();
  return {
    name: indexPath,
    count: places.size,
    async read(name) {
      const stored = storedName(name, (candidate) => places.has(candidate));
      const shard = places.get(stored);
      if (shard === undefined) throw new FormatError(`${indexPath} has no tensor ${name}.`);
      if (!open.has(shard)) open.set(shard, await openSafetensors(join(folder, shard)));
      return await open.get(shard)!.read(stored);
    },
    async [Symbol.asyncDispose]() {
      for (const reader of open.values()) await reader[Symbol.asyncDispose]();
    },
  };
}

/** OpenAI's own GPT-2 files leave the prefix of every name out. */
function storedName(name: string, isThere: (name: string) => boolean): string {
  const short = name.replace(/^transformer\./, "");
  return !isThere(name) && isThere(short) ? short : name;
}

/** Which file each tensor is in; the files lie in the folder itself, nowhere else. */
function shardsOf(index: unknown, path: string): Map<string, string> {
  const { weight_map: map } = (index ?? {}) as Record<string, unknown>;
  if (typeof map !== "object" || map === null || Array.isArray(map)) {
    throw new FormatError(`${path} has no weight_map that says which file holds which tensor.`);
  }
  for (const [name, file] of Object.entries(map)) {
    if (typeof file === "string" && /^[\w-][\w.-]*\.safetensors$/.test(file)) continue;
    throw new FormatError(
      `${path} puts ${name} into ${JSON.stringify(file)}, which is no safetensors file beside it.`,
    );
  }
  return new Map(Object.entries(map));
}

function readSampling(json: unknown): SamplingOptions {
  const { do_sample: samples, temperature, top_k: topK, top_p: topP } = (json ?? {}) as Record<
    string,
    unknown
  >;
  if (samples !== true) return {};
  const sampling: SamplingOptions = {};
  if (typeof temperature === "number" && temperature >= 0) sampling.temperature = temperature;
  if (Number.isInteger(topK) && (topK as number) >= 1) sampling.topK = topK as number;
  if (typeof topP === "number" && topP > 0 && topP <= 1) sampling.topP = topP;
  return sampling;
}

async function readJson(path: string): Promise<unknown> {
  const bytes = await readBytes(path);
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new FormatError(`${path} is not JSON.`);
  }
}

async function readJsonIfThere(path: string): Promise<unknown> {
  const isThere = await Deno.stat(path).then(() => true, () => false);
  return isThere ? await readJson(path) : undefined;
}
