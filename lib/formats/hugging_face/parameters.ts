// Where our parameters lie in a Hugging Face file: under other names, some turned, some side by side in one array.

import { FormatError } from "../../errors.ts";
import type { ModelConfig } from "../../model/config.ts";
import { parameterSpecs, type ParameterValues } from "../../model/parameters.ts";
import type { StoredTensor } from "../safetensors.ts";

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

/**
 * Our parameter, cut and turned out of the tensor that holds it.
 *
 * @throws {FormatError} if the tensor has another shape than the config asks for
 */
export function takeParameter(
  stored: StoredTensor,
  source: HuggingFaceSource,
  shape: readonly number[],
): Float32Array {
  const parts = source.part?.of ?? 1;
  const expected = storedShape(shape, source);
  if (stored.shape.join() !== expected.join()) {
    throw new FormatError(
      `${source.name} has shape (${stored.shape}), but the config asks for (${expected}).`,
    );
  }
  if (shape.length === 2 && source.transposed) return transposed(stored.values, expected);
  const columns = shape[shape.length - 1];
  const rows = stored.values.length / columns / parts;
  const first = (source.part?.index ?? 0) * columns;
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const from = row * columns * parts + first;
    values.set(stored.values.subarray(from, from + columns), row * columns);
  }
  return values;
}

/** A tensor of a Hugging Face file, and how to make it. */
export interface HuggingFaceTensor {
  readonly name: string;
  readonly shape: readonly number[];
  values(): Float32Array;
}

/** The tensors that a Hugging Face file of a model has, in our order; each is made when it is asked for. */
export function huggingFaceTensors(
  config: ModelConfig,
  parameters: ParameterValues,
): HuggingFaceTensor[] {
  const tensors = new Map<string, HuggingFaceTensor>();
  for (const { name, shape } of parameterSpecs(config)) {
    const source = huggingFaceSource(config, name);
    const parts = [parameters.get(name)!];
    for (let index = 1; index < (source.part?.of ?? 1); index++) {
      parts.push(parameters.get(name.replace("query", ["query", "key", "value"][index]))!);
    }
    if (tensors.has(source.name)) continue; // a part of one that is there already
    const [columns] = shape.slice(-1);
    const values = () =>
      shape.length === 2 && source.transposed
        ? transposed(parts[0], shape)
        : sideBySide(parts, columns);
    tensors.set(source.name, { name: source.name, shape: storedShape(shape, source), values });
  }
  return [...tensors.values()];
}

function storedShape(shape: readonly number[], { transposed, part }: HuggingFaceSource): number[] {
  const stored = transposed ? shape.toReversed() : [...shape];
  stored[stored.length - 1] *= part?.of ?? 1;
  return stored;
}

/** Rows and columns of the square that is turned at once: two of them fit into the fastest cache. */
const TILE = 32;

/** The transpose of a matrix of this shape. */
export function transposed(values: Float32Array, [rows, columns]: readonly number[]): Float32Array {
  const turned = new Float32Array(values.length);
  for (let top = 0; top < rows; top += TILE) {
    const bottom = Math.min(top + TILE, rows);
    for (let left = 0; left < columns; left += TILE) {
      const right = Math.min(left + TILE, columns);
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++) {
          turned[column * rows + row] = values[row * columns + column];
        }
      }
    }
  }
  return turned;
}

/** Matrices of as many rows and columns, each to the right of the one before. */
function sideBySide(parts: readonly Float32Array[], columns: number): Float32Array {
  if (parts.length === 1) return parts[0];
  const joined = new Float32Array(parts[0].length * parts.length);
  for (const [index, part] of parts.entries()) {
    for (let row = 0; row < part.length / columns; row++) {
      const values = part.subarray(row * columns, (row + 1) * columns);
      joined.set(values, (row * parts.length + index) * columns);
    }
  }
  return joined;
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
  "attention.query": "self_attn.q_proj",
  "attention.key": "self_attn.k_proj",
  "attention.value": "self_attn.v_proj",
  "attention.query_norm.gain": "self_attn.q_norm.weight",
  "attention.key_norm.gain": "self_attn.k_norm.weight",
  "attention.output": "self_attn.o_proj",
  "mlp_norm.gain": "post_attention_layernorm.weight",
  "mlp.gate": "mlp.gate_proj",
  "mlp.up": "mlp.up_proj",
  "mlp.down": "mlp.down_proj",
};

const LLAMA_WHOLE: Record<string, string> = {
  "embedding": "model.embed_tokens.weight",
  "final_norm.gain": "model.norm.weight",
  "head.weight": "lm_head.weight",
};

/** The weights of Llama and its descendants are (out, in). */
function llamaSource(name: string): HuggingFaceSource {
  const { layer, part } = splitBlockName(name);
  if (layer === undefined) return { name: LLAMA_WHOLE[part], transposed: part === "head.weight" };
  const [, linear, kind] = part.match(/^(.+)\.(weight|bias)$/) ?? [];
  const theirs = LLAMA_PARTS[part] ?? `${LLAMA_PARTS[linear]}.${kind}`;
  return { name: `model.layers.${layer}.${theirs}`, transposed: kind === "weight" };
}

function splitBlockName(name: string): { layer?: number; part: string } {
  const match = name.match(/^blocks\.(\d+)\.(.+)$/);
  return match ? { layer: Number(match[1]), part: match[2] } : { part: name };
}
