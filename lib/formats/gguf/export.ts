// A model as GGUF, the file of llama.cpp, Ollama, LM Studio and others: one file with numbers, shape and tokenizer.

import { ConfigError } from "../../errors.ts";
import type { ModelConfig } from "../../model/config.ts";
import type { Transformer } from "../../model/transformer.ts";
import { ropeFrequencies } from "../../tensor/rope.ts";
import type { Tokenizer } from "../../tokenizer/tokenizer.ts";
import { writeWhole } from "../file.ts";
import { type ModelParts, modelParts } from "../model_parts.ts";
import { completeBiases } from "../hugging_face/complete_biases.ts";
import { type Family, familyOf } from "../hugging_face/config.ts";
import { huggingFaceTensors, transposed } from "../hugging_face/parameters.ts";
import { BLOCK, type GgufFormat, ggufParts, type GgufTensor, type GgufValue } from "./container.ts";
import { interleaved } from "./interleave.ts";
import { tokenizerEntries } from "./tokenizer.ts";

/** How a GGUF file is written. */
export interface ExportGgufOptions {
  /**
   * How matrices are stored: float32, float16 (the default), or Q8_0, in about a quarter of float32's room. Vectors
   * stay float32, and so does a matrix whose rows no block of Q8_0 fits.
   */
  format?: GgufFormat;
  /** The model's name in the file. Default "dials". */
  name?: string;
}

/** llama.cpp's numbers for what most of a file is stored as. */
const FILE_TYPES: Readonly<Record<GgufFormat, number>> = { F32: 0, F16: 1, Q8_0: 7 };

/**
 * Writes a model and its tokenizer to the GGUF file `path`.
 *
 * @throws {ConfigError} if llama.cpp knows no model built like it, or an option cannot be
 * @throws {FormatError} if the file cannot be written
 * @example
 * ```ts
 * await exportGguf("my_model.gguf", { model, tokenizer }, { format: "Q8_0" });
 * ```
 */
export async function exportGguf(
  path: string,
  { model, tokenizer }: { model: Transformer; tokenizer: Tokenizer },
  { format = "F16", name = "dials" }: ExportGgufOptions = {},
): Promise<void> {
  if (!Object.hasOwn(FILE_TYPES, format)) {
    throw new ConfigError(`format must be F32, F16 or Q8_0, but got ${format}.`);
  }
  const parts = completeBiases(modelParts(model));
  const { config } = parts;
  const family = familyOf(config);
  expectBuilt(config, family);
  const entries = new Map<string, GgufValue>([
    ["general.architecture", { string: family }],
    ["general.name", { string: name }],
    ["general.file_type", { uint32: FILE_TYPES[format] }],
    ["general.quantization_version", { uint32: 2 }],
    ...shapeEntries(config).map(([key, value]): [string, GgufValue] => [`${family}.${key}`, value]),
    ...tokenizerEntries(tokenizer, { vocabularySize: config.vocabularySize }),
  ]);
  await writeWhole(path, ggufParts(entries, tensorsOf(parts, { family, format })));
}

function expectBuilt(config: ModelConfig, family: Family): void {
  const { noRopeLayers, ropeScaling, layers } = config;
  const fourth = [...Array(layers).keys()].filter((layer) => layer % 4 === 3);
  if (family === "smollm3" && noRopeLayers.join() !== fourth.join()) {
    throw new ConfigError(
      `llama.cpp leaves every fourth layer of a SmolLM3 without positions, this model ` +
        `layers ${noRopeLayers.join(", ")}: a Hugging Face folder can hold it.`,
    );
  }
  if (ropeScaling?.kind === "llama3" && family !== "llama") {
    throw new ConfigError(
      `llama.cpp knows Llama 3's rope scaling in a Llama alone, but this is a ${family}.`,
    );
  }
  if (config.activation === "gelu_exact") {
    throw new ConfigError("llama.cpp's GPT-2 has GELU by tanh, but this model the exact one.");
  }
}

function shapeEntries(config: ModelConfig): [string, GgufValue][] {
  const { ropeScaling } = config;
  const counts: [string, GgufValue][] = [
    ["vocab_size", { uint32: config.vocabularySize }],
    ["context_length", { uint32: config.context }],
    ["embedding_length", { uint32: config.width }],
    ["block_count", { uint32: config.layers }],
    ["feed_forward_length", { uint32: config.mlpWidth }],
    ["attention.head_count", { uint32: config.heads }],
    ["attention.head_count_kv", { uint32: config.kvHeads }],
  ];
  if (config.norm === "layernorm") {
    return [...counts, ["attention.layer_norm_epsilon", { float32: config.normEpsilon }]];
  }
  const scaling: [string, GgufValue][] = ropeScaling?.kind !== "linear" ? [] : [
    ["rope.scaling.type", { string: "linear" }],
    ["rope.scaling.factor", { float32: ropeScaling.factor }],
  ];
  return [
    ...counts,
    ["attention.layer_norm_rms_epsilon", { float32: config.normEpsilon }],
    ["attention.key_length", { uint32: config.headWidth }],
    ["attention.value_length", { uint32: config.headWidth }],
    ["rope.dimension_count", { uint32: config.headWidth }],
    ["rope.freq_base", { float32: config.ropeTheta }],
    ...scaling,
  ];
}

function tensorsOf(
  { config, values }: ModelParts,
  { family, format }: { family: Family; format: GgufFormat },
): GgufTensor[] {
  // In these two llama.cpp turns neighbouring coordinates, where others turn the halves of a head.
  const isInterleaved = family === "llama" || family === "smollm3";
  const tensors = huggingFaceTensors(config, values).map((tensor): GgufTensor => {
    const isConvolution = family === "gpt2" && /c_(attn|proj|fc)\.weight$/.test(tensor.name);
    const shape = isConvolution ? tensor.shape.toReversed() : tensor.shape;
    const isTurned = isInterleaved && /\.[qk]_proj\./.test(tensor.name);
    return {
      name: ggufName(tensor.name),
      shape,
      format: formatFor(tensor.name, shape, format),
      values() {
        const stored = tensor.values();
        if (isConvolution) return transposed(stored, tensor.shape);
        return isTurned ? interleaved(stored, { rows: shape[0], ...config }) : stored;
      },
    };
  });
  const { ropeScaling, ropeTheta: theta, headWidth } = config;
  if (ropeScaling?.kind === "llama3") {
    const plain = ropeFrequencies(headWidth, { theta, scaling: null });
    const slowed = ropeFrequencies(headWidth, { theta, scaling: ropeScaling });
    const factors = Float32Array.from(plain, (frequency, i) => frequency / slowed[i]);
    const shape = [headWidth / 2];
    tensors.push({ name: "rope_freqs.weight", shape, format: "F32", values: () => factors });
  }
  return tensors;
}

function formatFor(name: string, shape: readonly number[], format: GgufFormat): GgufFormat {
  const isPlain = shape.length < 2 || name === "transformer.wpe.weight";
  const isUneven = format === "Q8_0" && shape[shape.length - 1] % BLOCK !== 0;
  return isPlain || isUneven ? "F32" : format;
}

const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^model\.embed_tokens|^transformer\.wte/, "token_embd"],
  [/^transformer\.wpe/, "position_embd"],
  [/^model\.norm|^transformer\.ln_f/, "output_norm"],
  [/^lm_head/, "output"],
  [/^(?:model\.layers|transformer\.h)\.(\d+)\./, "blk.$1."],
  [/self_attn\.([qkv])_proj/, "attn_$1"],
  [/self_attn\.([qk])_norm/, "attn_$1_norm"],
  [/self_attn\.o_proj|attn\.c_proj/, "attn_output"],
  [/attn\.c_attn/, "attn_qkv"],
  [/input_layernorm|ln_1/, "attn_norm"],
  [/post_attention_layernorm|ln_2/, "ffn_norm"],
  [/mlp\.gate_proj/, "ffn_gate"],
  [/mlp\.(?:up_proj|c_fc)/, "ffn_up"],
  [/mlp\.(?:down_proj|c_proj)/, "ffn_down"],
];

/** llama.cpp's name for a tensor of transformers. */
function ggufName(name: string): string {
  return NAMES.reduce((changed, [theirs, ours]) => changed.replace(theirs, ours), name);
}
