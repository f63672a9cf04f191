// Writes a model as a Hugging Face folder, for `transformers` and all that reads its files.

import { join } from "@std/path";
import { ConfigError } from "../../errors.ts";
import type { Transformer } from "../../model/transformer.ts";
import { CHAT_TOKENS } from "../../tokenizer/chat.ts";
import type { Tokenizer } from "../../tokenizer/tokenizer.ts";
import { writeWhole } from "../file.ts";
import { modelParts } from "../model_parts.ts";
import { encodeNumbers, NUMBER_BYTES, type WeightFormat } from "../number_formats.ts";
import { safetensorsParts, type TensorToWrite } from "../safetensors.ts";
import { completeBiases } from "./complete_biases.ts";
import { toHuggingFaceConfig } from "./config.ts";
import { huggingFaceTensors } from "./parameters.ts";
import { FILES } from "./read.ts";

/** How a Hugging Face folder is written. */
export interface WriteHuggingFaceOptions {
  /** How numbers are stored: float32 (the default), or rounded to float16 or bfloat16 in half the room. */
  format?: WeightFormat;
  /** A larger model is cut into files of at most so many bytes. Default 5 billion. */
  shardBytes?: number;
}

/** PyTorch's names for number formats. */
const DTYPES: Readonly<Record<WeightFormat, string>> = {
  F32: "float32",
  F16: "float16",
  BF16: "bfloat16",
};

/** Conversations as Dials renders them, for `apply_chat_template`. */
export const CHAT_TEMPLATE =
  "{% for message in messages %}{{ '<|' + message['role'] + '|> ' + message['content'] + '<|end|>' }}" +
  "{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}";

/**
 * Writes a model and its tokenizer into `folder`: config.json, model.safetensors (or several with an index),
 * tokenizer.json, tokenizer_config.json and generation_config.json. `AutoModelForCausalLM.from_pretrained` and
 * `AutoTokenizer.from_pretrained` load it as it is.
 *
 * @throws {ConfigError} if no family of transformers is built like the model, or an option cannot be
 * @throws {FormatError} if a file cannot be written
 * @example
 * ```ts
 * await writeHuggingFace("my_model", { model, tokenizer }, { format: "BF16" });
 * ```
 */
export async function writeHuggingFace(
  folder: string,
  { model, tokenizer }: { model: Transformer; tokenizer: Tokenizer },
  { format = "F32", shardBytes = 5e9 }: WriteHuggingFaceOptions = {},
): Promise<void> {
  if (!Object.hasOwn(DTYPES, format)) {
    throw new ConfigError(`format must be F32, F16 or BF16, but got ${format}.`);
  }
  if (!(shardBytes > 0)) throw new ConfigError(`shardBytes is ${shardBytes}: give bytes above 0.`);
  const ids = { bos: null, eos: endOfText(tokenizer)?.id ?? null };
  const parts = completeBiases(modelParts(model));
  const config = toHuggingFaceConfig(parts.config, ids, DTYPES[format]);
  const tensors = huggingFaceTensors(parts.config, parts.values).map((
    { name, shape, values },
  ): TensorToWrite => ({
    name,
    shape,
    dtype: format,
    bytes: () => encodeNumbers(values(), format),
  }));
  await writeWeights(folder, shards(tensors, shardBytes));
  await writeJson(folder, FILES.tokenizer, tokenizer.toHuggingFace());
  await writeJson(folder, FILES.tokenizerConfig, tokenizerConfig(tokenizer, model.config.context));
  await writeJson(folder, FILES.generation, {
    bos_token_id: ids.bos,
    eos_token_id: ids.eos,
    do_sample: true,
  });
  await writeJson(folder, FILES.config, config);
}

/** Consecutive tensors, in groups of at most `most` bytes or of one. */
function shards(tensors: readonly TensorToWrite[], most: number): TensorToWrite[][] {
  const groups: TensorToWrite[][] = [];
  let size = Infinity;
  for (const tensor of tensors) {
    const bytes = bytesOf(tensor);
    if (size + bytes > most) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)!.push(tensor);
    size += bytes;
  }
  return groups;
}

async function writeWeights(folder: string, groups: readonly TensorToWrite[][]): Promise<void> {
  const metadata = { format: "pt" }; // transformers asks which library's conventions the numbers follow
  if (groups.length === 1) {
    await writeWhole(join(folder, FILES.weights), safetensorsParts(groups[0], metadata));
    await Deno.remove(join(folder, FILES.index)).catch(() => {}); // of an earlier, larger model
    return;
  }
  const number = (n: number) => String(n).padStart(5, "0");
  const weightMap: Record<string, string> = {};
  for (const [index, group] of groups.entries()) {
    const name = `model-${number(index + 1)}-of-${number(groups.length)}.safetensors`;
    await writeWhole(join(folder, name), safetensorsParts(group, metadata));
    for (const tensor of group) weightMap[tensor.name] = name;
  }
  const total = groups.flat().reduce((sum, tensor) => sum + bytesOf(tensor), 0);
  await writeJson(folder, FILES.index, {
    metadata: { total_size: total },
    weight_map: weightMap,
  });
}

function bytesOf({ dtype, shape }: TensorToWrite): number {
  return NUMBER_BYTES[dtype] * shape.reduce((product, n) => product * n, 1);
}

function tokenizerConfig(tokenizer: Tokenizer, context: number): Record<string, unknown> {
  const chats = CHAT_TOKENS.every((token) => tokenizer.specialTokens.has(token));
  return {
    tokenizer_class: "PreTrainedTokenizerFast",
    model_max_length: context,
    clean_up_tokenization_spaces: false,
    eos_token: endOfText(tokenizer)?.token ?? null,
    ...(chats ? { chat_template: CHAT_TEMPLATE } : {}),
  };
}

/** The special token after which nothing is to come: the end of a turn, or else of a text. */
export function endOfText(tokenizer: Tokenizer): { token: string; id: number } | undefined {
  for (const token of ["<|end|>", "<|endoftext|>"]) {
    const id = tokenizer.specialTokens.get(token);
    if (id !== undefined) return { token, id };
  }
}

async function writeJson(folder: string, name: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value, null, 2) + "\n";
  await writeWhole(join(folder, name), new TextEncoder().encode(text));
}
