// Hugging Face folders: config.json beside model.safetensors, as `transformers` saves a model.

import { join } from "@std/path";
import { FormatError } from "../errors.ts";
import type { ModelConfig, ModelOptions } from "../model/config.ts";
import { modelConfig } from "../model/config.ts";
import { parameterSpecs, type ParameterValues } from "../model/parameters.ts";
import { Transformer } from "../model/transformer.ts";
import { readBytes } from "./file.ts";
import { parseSafetensors, type StoredTensor } from "./safetensors.ts";

/**
 * The model in a Hugging Face folder of the GPT-2 or Llama family.
 *
 * @throws {FormatError} if a file is missing or broken, or the model is of another family
 * @throws {ConfigError} if its config contradicts itself
 */
export async function readHuggingFace(folder: string): Promise<Transformer> {
  const configPath = join(folder, "config.json");
  const weightsPath = join(folder, "model.safetensors");
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(await readBytes(configPath)));
  } catch (error) {
    if (error instanceof FormatError) throw error;
    throw new FormatError(`${configPath} is not JSON.`);
  }
  const config = modelConfig(fromHuggingFaceConfig(json, configPath));
  const { tensors } = parseSafetensors(await readBytes(weightsPath), weightsPath);

  const values: ParameterValues = new Map();
  for (const { name, shape } of parameterSpecs(config)) {
    const source = huggingFaceSource(config, name);
    // OpenAI's own GPT-2 files leave the prefix out.
    const stored = tensors.get(source.name) ??
      tensors.get(source.name.replace(/^transformer\./, ""));
    if (!stored) throw new FormatError(`${weightsPath} has no tensor ${source.name}.`);
    values.set(name, takeParameter(stored, source, shape));
  }
  return Transformer.fromValues(config, values);
}

/** Where a parameter of ours lies in a Hugging Face file. */
export interface HuggingFaceSource {
  readonly name: string;
  /** Stored as (out, in) where ours is (in, out). */
  readonly transposed: boolean;
  /** Ours is this part of the stored tensor's last axis, cut into equal parts. */
  readonly part?: { readonly index: number; readonly of: number };
}

/** Where the parameter `name` of a model of this config lies in a Hugging Face file. */
export function huggingFaceSource(config: ModelConfig, name: string): HuggingFaceSource {
  return config.positions === "learned" ? gpt2Source(name) : llamaSource(name);
}

/** Our parameter, cut and turned out of the tensor that holds it. */
export function takeParameter(
  stored: StoredTensor,
  source: HuggingFaceSource,
  shape: readonly number[],
): Float32Array {
  const size = shape.reduce((product, n) => product * n, 1);
  const parts = source.part?.of ?? 1;
  if (stored.values.length !== size * parts) {
    throw new FormatError(
      `${source.name} has shape (${stored.shape}), but the config asks for (${shape}).`,
    );
  }
  const columns = shape[shape.length - 1];
  const rows = size / columns;
  const values = new Float32Array(size);
  const first = (source.part?.index ?? 0) * columns;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      values[row * columns + column] = source.transposed
        ? stored.values[column * rows + row]
        : stored.values[row * columns * parts + first + column];
    }
  }
  return values;
}

function fromHuggingFaceConfig(json: unknown, path: string): ModelOptions {
  const config = json as Record<string, unknown>;
  const number = (key: string, fallback?: number): number => {
    const value = config[key] ?? fallback;
    if (typeof value !== "number") throw new FormatError(`${path} lacks the number ${key}.`);
    return value;
  };
  const family = config?.model_type;
  if (family === "gpt2") {
    expectActivation(config.activation_function, ["gelu_new", "gelu_pytorch_tanh"], path);
    return {
      vocabularySize: number("vocab_size"),
      context: number("n_positions"),
      layers: number("n_layer"),
      heads: number("n_head"),
      width: number("n_embd"),
      mlpWidth: typeof config.n_inner === "number" ? config.n_inner : 4 * number("n_embd"),
      norm: "layernorm",
      positions: "learned",
      activation: "gelu",
      tiedHead: config.tie_word_embeddings !== false,
      bias: true,
      normEpsilon: number("layer_norm_epsilon", 1e-5),
    };
  }
  if (family === "llama") {
    expectActivation(config.hidden_act, ["silu"], path);
    if (config.attention_bias === true || config.mlp_bias === true) {
      throw new FormatError(`${path} asks for biases in linear layers, which Llama here has not.`);
    }
    const heads = number("num_attention_heads");
    const rope = (config.rope_parameters ?? {}) as Record<string, unknown>;
    const scaling = (config.rope_scaling ?? rope) as Record<string, unknown>;
    const ropeType = scaling.rope_type ?? scaling.type ?? "default";
    if (ropeType !== "default") {
      throw new FormatError(`${path} asks for ${ropeType} rope scaling, but only default is read.`);
    }
    return {
      vocabularySize: number("vocab_size"),
      context: number("max_position_embeddings"),
      layers: number("num_hidden_layers"),
      heads,
      kvHeads: number("num_key_value_heads", heads),
      width: number("hidden_size"),
      headWidth: number("head_dim", number("hidden_size") / heads),
      mlpWidth: number("intermediate_size"),
      norm: "rmsnorm",
      positions: "rotary",
      activation: "swiglu",
      tiedHead: config.tie_word_embeddings === true,
      bias: false,
      normEpsilon: number("rms_norm_eps", 1e-6),
      ropeTheta: typeof rope.rope_theta === "number"
        ? rope.rope_theta
        : number("rope_theta", 10_000),
    };
  }
  throw new FormatError(`${path} is of the family ${family}, but gpt2 and llama are read.`);
}

function expectActivation(found: unknown, allowed: string[], path: string): void {
  if (!allowed.includes(String(found))) {
    throw new FormatError(`${path} asks for the activation ${found}, but ${allowed[0]} is read.`);
  }
}

const GPT2_PARTS: Record<string, string> = {
  "attention_norm.gain": "ln_1.weight",
  "attention_norm.bias": "ln_1.bias",
  "attention.output.weight": "attn.c_proj.weight",
  "attention.output.bias": "attn.c_proj.bias",
  "mlp_norm.gain": "ln_2.weight",
  "mlp_norm.bias": "ln_2.bias",
  "mlp.up.weight": "mlp.c_fc.weight",
  "mlp.up.bias": "mlp.c_fc.bias",
  "mlp.down.weight": "mlp.c_proj.weight",
  "mlp.down.bias": "mlp.c_proj.bias",
};

const GPT2_WHOLE: Record<string, string> = {
  "embedding": "transformer.wte.weight",
  "positions": "transformer.wpe.weight",
  "final_norm.gain": "transformer.ln_f.weight",
  "final_norm.bias": "transformer.ln_f.bias",
  "head.weight": "lm_head.weight",
};

/** GPT-2 keeps query, key and value side by side in one weight, and its weights are (in, out). */
function gpt2Source(name: string): HuggingFaceSource {
  const { layer, part } = splitBlockName(name);
  if (layer === undefined) return { name: GPT2_WHOLE[part], transposed: part === "head.weight" };
  const fused = part.match(/^attention\.(query|key|value)\.(weight|bias)$/);
  if (fused) {
    return {
      name: `transformer.h.${layer}.attn.c_attn.${fused[2]}`,
      transposed: false,
      part: { index: ["query", "key", "value"].indexOf(fused[1]), of: 3 },
    };
  }
  return { name: `transformer.h.${layer}.${GPT2_PARTS[part]}`, transposed: false };
}

const LLAMA_PARTS: Record<string, string> = {
  "attention_norm.gain": "input_layernorm.weight",
  "attention.query.weight": "self_attn.q_proj.weight",
  "attention.key.weight": "self_attn.k_proj.weight",
  "attention.value.weight": "self_attn.v_proj.weight",
  "attention.output.weight": "self_attn.o_proj.weight",
  "mlp_norm.gain": "post_attention_layernorm.weight",
  "mlp.gate.weight": "mlp.gate_proj.weight",
  "mlp.up.weight": "mlp.up_proj.weight",
  "mlp.down.weight": "mlp.down_proj.weight",
};

const LLAMA_WHOLE: Record<string, string> = {
  "embedding": "model.embed_tokens.weight",
  "final_norm.gain": "model.norm.weight",
  "head.weight": "lm_head.weight",
};

/** Llama's weights are (out, in). */
function llamaSource(name: string): HuggingFaceSource {
  const { layer, part } = splitBlockName(name);
  const transposed = part.endsWith(".weight");
  if (layer === undefined) return { name: LLAMA_WHOLE[part], transposed };
  return { name: `model.layers.${layer}.${LLAMA_PARTS[part]}`, transposed };
}

function splitBlockName(name: string): { layer?: number; part: string } {
  const match = name.match(/^blocks\.(\d+)\.(.+)$/);
  return match ? { layer: Number(match[1]), part: match[2] } : { part: name };
}
