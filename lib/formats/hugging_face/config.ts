// config.json: the families that Hugging Face transformers knows and Dials can be: GPT-2, Llama (SmolLM and
// SmolLM2 are Llamas), Qwen2, Qwen3 and SmolLM3. What would change a single number is refused by its name.

import { ConfigError, FormatError } from "../../errors.ts";
import type { ModelConfig, ModelOptions } from "../../model/config.ts";
import type { RopeScaling } from "../../tensor/rope.ts";

type Json = Record<string, unknown>;

/** How transformers calls a family and its model class. */
const CLASSES = {
  gpt2: "GPT2LMHeadModel",
  llama: "LlamaForCausalLM",
  qwen2: "Qwen2ForCausalLM",
  qwen3: "Qwen3ForCausalLM",
  smollm3: "SmolLM3ForCausalLM",
};

/** A family of models in Hugging Face's words. */
export type Family = keyof typeof CLASSES;

/**
 * The model that a config.json describes.
 *
 * @param path the file's name, for the error
 * @throws {FormatError} if it is of another family, or asks for what is not built here
 */
export function fromHuggingFaceConfig(json: unknown, path: string): ModelOptions {
  const config = new Fields(json, path);
  const family = config.json.model_type;
  if (family === "gpt2") return fromGpt2(config);
  if (typeof family === "string" && Object.hasOwn(CLASSES, family)) {
    return fromLlama(config, family as Family);
  }
  throw new FormatError(
    `${path} is of the family ${JSON.stringify(family)}, but ${Object.keys(CLASSES).join(", ")} ` +
      "are read.",
  );
}

function fromGpt2(config: Fields): ModelOptions {
  config.expect("activation_function", ["gelu_new", "gelu_pytorch_tanh", "gelu"], "gelu_new");
  config.expect("scale_attn_weights", [true], true);
  config.expect("scale_attn_by_inverse_layer_idx", [false], false);
  config.expect("add_cross_attention", [false], false);
  const width = config.number("n_embd", 768);
  return {
    vocabularySize: config.number("vocab_size", 50_257),
    context: config.number("n_positions", 1024),
    layers: config.number("n_layer", 12),
    heads: config.number("n_head", 12),
    width,
    mlpWidth: config.number("n_inner", 4 * width),
    norm: "layernorm",
    positions: "learned",
    activation: config.json.activation_function === "gelu" ? "gelu_exact" : "gelu",
    tiedHead: config.flag("tie_word_embeddings", true),
    bias: true,
    normEpsilon: config.number("layer_norm_epsilon", 1e-5),
  };
}

function fromLlama(config: Fields, family: Family): ModelOptions {
  config.expect("hidden_act", ["silu"], "silu");
  config.expect("use_sliding_window", [false], false);
  const heads = config.number("num_attention_heads");
  const width = config.number("hidden_size");
  const layers = config.number("num_hidden_layers");
  const rope = config.object("rope_parameters") ?? config.object("rope_scaling");
  return {
    vocabularySize: config.number("vocab_size"),
    context: config.number("max_position_embeddings"),
    layers,
    heads,
    kvHeads: config.number("num_key_value_heads", heads),
    width,
    headWidth: config.number("head_dim", family === "qwen3" ? 128 : width / heads),
    mlpWidth: config.number("intermediate_size"),
    norm: "rmsnorm",
    positions: "rotary",
    activation: "swiglu",
    tiedHead: config.flag("tie_word_embeddings", family === "smollm3"),
    bias: family === "qwen2" ? "qkv" : readBias(config),
    qkNorm: family === "qwen3",
    normEpsilon: config.number("rms_norm_eps", 1e-6),
    ropeTheta: rope?.has("rope_theta")
      ? rope.number("rope_theta")
      : config.number("rope_theta", family === "smollm3" ? 2_000_000 : 10_000),
    ropeScaling: readScaling(rope, config),
    noRopeLayers: family === "smollm3" ? readNoRope(config, layers) : [],
  };
}

function readBias(config: Fields): ModelConfig["bias"] {
  const attention = config.flag("attention_bias", false);
  const mlp = config.flag("mlp_bias", false);
  if (attention && mlp) return true;
  return attention ? "attention" : mlp ? "mlp" : false;
}

function readScaling(rope: Fields | undefined, config: Fields): RopeScaling | null {
  if (rope === undefined) return null;
  rope.expect("partial_rotary_factor", [1], 1);
  const kind = rope.json.rope_type ?? rope.json.type ?? "default";
  if (kind === "default") return null;
  if (kind === "linear") return { kind, factor: rope.number("factor") };
  if (kind !== "llama3") {
    throw new FormatError(
      `${rope.path} asks for ${JSON.stringify(kind)} rope scaling, but linear and llama3 are read.`,
    );
  }
  return {
    kind,
    factor: rope.number("factor"),
    lowFrequency: rope.number("low_freq_factor"),
    highFrequency: rope.number("high_freq_factor"),
    originalContext: rope.has("original_max_position_embeddings")
      ? rope.number("original_max_position_embeddings")
      : config.number("max_position_embeddings"),
  };
}

/** SmolLM3 lists for each layer whether it turns (1) or not (0); by default every fourth does not. */
function readNoRope(config: Fields, layers: number): number[] {
  const { no_rope_layers: listed } = config.json;
  if ((listed ?? null) === null) {
    const interval = config.number("no_rope_layer_interval", 4);
    return every(layers).filter((layer) => (layer + 1) % interval === 0);
  }
  if (!Array.isArray(listed) || listed.length !== layers) {
    throw new FormatError(`${config.path}: no_rope_layers must have one entry for each layer.`);
  }
  return every(layers).filter((layer) => !listed[layer]);
}

/** The layers' numbers; a file cannot ask for a list longer than any model's. */
function every(layers: number): number[] {
  return [...Array(Math.min(Math.max(0, Math.floor(layers)), 10_000)).keys()];
}

/** The members of a JSON object, read with a check. */
class Fields {
  readonly json: Json;
  readonly path: string;

  constructor(json: unknown, path: string) {
    if (typeof json !== "object" || json === null || Array.isArray(json)) {
      throw new FormatError(`${path} must be a JSON object.`);
    }
    this.json = json as Json;
    this.path = path;
  }

  has(key: string): boolean {
    return (this.json[key] ?? null) !== null;
  }

  number(key: string, fallback?: number): number {
    const value = this.json[key] ?? fallback;
    if (typeof value === "number") return value;
    throw new FormatError(`${this.path} lacks the number ${key}.`);
  }

  flag(key: string, fallback: boolean): boolean {
    const value = this.json[key] ?? fallback;
    if (typeof value === "boolean") return value;
    throw new FormatError(`${this.path}: ${key} must be true or false.`);
  }

  object(key: string): Fields | undefined {
    return this.has(key) ? new Fields(this.json[key], `${this.path}: ${key}`) : undefined;
  }

  /** Refuses a value that would change the model's numbers. */
  expect(key: string, allowed: unknown[], fallback: unknown): void {
    const value = this.json[key] ?? fallback;
    if (allowed.includes(value)) return;
    throw new FormatError(
      `${this.path} has ${key} ${JSON.stringify(value)}, but ${
        JSON.stringify(allowed[0])
      } is read.`,
    );
  }
}

/** What a config.json says of a model's tokens. */
export interface SpecialIds {
  readonly bos: number | null;
  readonly eos: number | null;
}

/**
 * The config.json of a model.
 *
 * @throws {ConfigError} if no family of transformers is built like it
 */
export function toHuggingFaceConfig(config: ModelConfig, ids: SpecialIds, dtype: string): Json {
  const family = familyOf(config);
  const common = {
    architectures: [CLASSES[family]],
    model_type: family,
    vocab_size: config.vocabularySize,
    tie_word_embeddings: config.tiedHead,
    bos_token_id: ids.bos,
    eos_token_id: ids.eos,
    pad_token_id: null,
    torch_dtype: dtype,
    use_cache: true,
  };
  if (family === "gpt2") {
    return {
      ...common,
      n_positions: config.context,
      n_embd: config.width,
      n_layer: config.layers,
      n_head: config.heads,
      n_inner: config.mlpWidth,
      activation_function: config.activation === "gelu_exact" ? "gelu" : "gelu_new",
      layer_norm_epsilon: config.normEpsilon,
      attn_pdrop: 0,
      embd_pdrop: 0,
      resid_pdrop: 0,
    };
  }
  return {
    ...common,
    hidden_size: config.width,
    intermediate_size: config.mlpWidth,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.kvHeads,
    head_dim: config.headWidth,
    hidden_act: "silu",
    max_position_embeddings: config.context,
    rms_norm_eps: config.normEpsilon,
    rope_theta: config.ropeTheta,
    rope_scaling: writeScaling(config.ropeScaling),
    attention_bias: config.bias === true || config.bias === "attention",
    mlp_bias: config.bias === true || config.bias === "mlp",
    attention_dropout: 0,
    ...(family === "smollm3"
      ? { no_rope_layers: every(config.layers).map((i) => config.noRopeLayers.includes(i) ? 0 : 1) }
      : {}),
  };
}

function writeScaling(scaling: RopeScaling | null): Json | null {
  if (scaling === null) return null;
  if (scaling.kind === "linear") return { rope_type: "linear", factor: scaling.factor };
  return {
    rope_type: "llama3",
    factor: scaling.factor,
    low_freq_factor: scaling.lowFrequency,
    high_freq_factor: scaling.highFrequency,
    original_max_position_embeddings: scaling.originalContext,
  };
}

/**
 * The family of transformers that is built like a model of this config.
 *
 * @throws {ConfigError} if there is none
 */
export function familyOf(config: ModelConfig): Family {
  const { norm, normBias, positions, activation, bias, qkNorm, noRopeLayers } = config;
  const isWhole = config.kvHeads === config.heads &&
    config.headWidth * config.heads === config.width;
  if (norm === "layernorm" && positions === "learned" && /^gelu/.test(activation)) {
    if (bias === true && normBias && !qkNorm && isWhole) return "gpt2";
  }
  if (norm === "rmsnorm" && positions === "rotary" && activation === "swiglu") {
    if (noRopeLayers.length > 0) {
      if (!qkNorm && bias !== "qkv") return "smollm3";
    } else if (qkNorm) {
      if (bias === false || bias === "attention") return "qwen3";
    } else if (bias !== "qkv") return "llama";
  }
  throw new ConfigError(
    "No family of other programs is built like this model: make it with layernorm, learned positions, " +
      "gelu and biases for GPT-2, or with rmsnorm, rotary positions and swiglu for Llama and its " +
      "descendants.",
  );
}
