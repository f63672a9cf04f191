// A model for llama2.c, Karpathy's Llama in one file of C: model.bin (its version 0, all float32) and tokenizer.bin.
// https://github.com/karpathy/llama2.c

import { join } from "@std/path";
import { ConfigError } from "../errors.ts";
import type { ModelConfig } from "../model/config.ts";
import { blockName } from "../model/parameters.ts";
import type { Transformer } from "../model/transformer.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { writeWhole } from "./file.ts";
import { type ModelParts, modelParts } from "./model_parts.ts";
import { interleaved } from "./gguf/interleave.ts";
import { transposed } from "./hugging_face/parameters.ts";
import { endOfText } from "./hugging_face/write.ts";
import { concatenated } from "./safetensors.ts";

/** The token with which `run.c` begins a text, and at which it ends one. */
const BEGINNING = 1;

/**
 * Writes a Llama as `model.bin` and `tokenizer.bin` into `folder`: `./run model.bin -z tokenizer.bin`.
 *
 * `run.c` begins every text with token 1 and stops where it comes again, so the id of the token that ends a text here
 * (the special one, or else one that text hardly has) and the id 1 change places. Its encoder merges across words,
 * where tokenizers here stop, and it begins a prompt with a space.
 *
 * @throws {ConfigError} if `run.c` cannot be the model: it has RMSNorm with an epsilon of 1e-5, rotary positions with
 * a base of 10,000, SwiGLU and nothing else
 * @throws {FormatError} if a file cannot be written
 */
export async function exportLlama2c(
  folder: string,
  { model, tokenizer }: { model: Transformer; tokenizer: Tokenizer },
): Promise<void> {
  expectLlama2(model.config);
  const order = idOrder(tokenizer, model.config.vocabularySize);
  await writeWhole(join(folder, "model.bin"), modelBytes(modelParts(model), order));
  await writeWhole(join(folder, "tokenizer.bin"), tokenizerBytes(tokenizer, order));
}

function expectLlama2(config: ModelConfig): void {
  const wanted: Partial<ModelConfig> = {
    norm: "rmsnorm",
    normEpsilon: 1e-5,
    positions: "rotary",
    ropeTheta: 10_000,
    ropeScaling: null,
    activation: "swiglu",
    bias: false,
    qkNorm: false,
    headWidth: config.width / config.heads,
  };
  for (const [name, value] of Object.entries(wanted)) {
    const found = config[name as keyof ModelConfig];
    if (found === value) continue;
    throw new ConfigError(
      `llama2.c has ${name} ${value}, but this model ${JSON.stringify(found)}.`,
    );
  }
  if (config.noRopeLayers.length > 0) {
    throw new ConfigError(
      "llama2.c turns every layer, but this model has layers without positions.",
    );
  }
}

/** For each id of llama2.c the id here: all the same but two, which have changed places. */
function idOrder(tokenizer: Tokenizer, vocabularySize: number): number[] {
  const order = [...Array(vocabularySize).keys()];
  const end = endOfText(tokenizer)?.id ?? rareToken(tokenizer);
  [order[BEGINNING], order[end]] = [order[end], order[BEGINNING]];
  return order;
}

/** The byte 0xFF, which no UTF-8 has, or the character of the highest code point. */
function rareToken(tokenizer: Tokenizer): number {
  for (let id = 0; id < tokenizer.vocabularySize; id++) {
    const bytes = tokenizer.tokenBytes(id);
    if (bytes.length === 1 && bytes[0] === 0xff) return id;
  }
  return tokenizer.vocabularySize - 1;
}

function* modelBytes(
  { config, values }: ModelParts,
  order: readonly number[],
): Generator<Uint8Array> {
  const { width, mlpWidth, layers, heads, kvHeads, headWidth, context, tiedHead } = config;
  const get = (name: string): Float32Array => values.get(name)!;
  // A vocabulary size below zero says that the head is no embedding.
  const size = (tiedHead ? 1 : -1) * config.vocabularySize;
  yield bytesOf(Int32Array.of(width, mlpWidth, layers, heads, kvHeads, size, context));
  yield bytesOf(reordered(get("embedding"), { width, order }));

  const shapes: Record<string, [number, number]> = {
    "attention.query": [width, heads * headWidth],
    "attention.key": [width, kvHeads * headWidth],
    "attention.value": [width, kvHeads * headWidth],
    "attention.output": [heads * headWidth, width],
    "mlp.gate": [width, mlpWidth],
    "mlp.down": [mlpWidth, width],
    "mlp.up": [width, mlpWidth],
  };
  function* everyLayer(part: string): Generator<Uint8Array> {
    for (let layer = 0; layer < layers; layer++) {
      const shape = shapes[part];
      if (shape === undefined) yield bytesOf(get(blockName(layer, `${part}.gain`)));
      else {
        const weight = transposed(get(blockName(layer, `${part}.weight`)), shape); // (out, in)
        const isTurned = part === "attention.query" || part === "attention.key";
        yield bytesOf(isTurned ? interleaved(weight, { rows: shape[1], headWidth }) : weight);
      }
    }
  }
  yield* everyLayer("attention_norm");
  for (const part of ["query", "key", "value", "output"]) yield* everyLayer(`attention.${part}`);
  yield* everyLayer("mlp_norm");
  for (const part of ["gate", "down", "up"]) yield* everyLayer(`mlp.${part}`);
  yield bytesOf(get("final_norm.gain"));
  yield new Uint8Array(4 * context * headWidth); // the angles' cosines and sines, which run.c computes
  if (!tiedHead) {
    const head = transposed(get("head.weight"), [width, config.vocabularySize]);
    yield bytesOf(reordered(head, { width, order }));
  }
}

/** For each token a score, by which merges are chosen, the number of its bytes and the bytes. */
function tokenizerBytes(tokenizer: Tokenizer, order: readonly number[]): Uint8Array {
  const tokens = order.map((id) =>
    id < tokenizer.vocabularySize ? tokenizer.tokenBytes(id) : new Uint8Array()
  );
  const longest = Math.max(...tokens.map(({ length }) => length));
  const parts = [bytesOf(Int32Array.of(longest))];
  for (const [i, token] of tokens.entries()) {
    // What was learned earlier has the lower id and the higher score.
    parts.push(bytesOf(Float32Array.of(-order[i])), bytesOf(Int32Array.of(token.length)), token);
  }
  return concatenated(parts);
}

function reordered(
  rows: Float32Array,
  { width, order }: { width: number; order: readonly number[] },
): Float32Array {
  const result = new Float32Array(rows.length);
  for (const [to, from] of order.entries()) {
    result.set(rows.subarray(from * width, (from + 1) * width), to * width);
  }
  return result;
}

function bytesOf(values: Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
