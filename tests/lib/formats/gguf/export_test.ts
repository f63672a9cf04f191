// GGUF files, read back by a reader of their own; that llama.cpp's Python takes them is for the tests in Python.

import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import * as tf from "@tensorflow/tfjs";
import { ConfigError } from "../../../../lib/errors.ts";
import { exportGguf } from "../../../../lib/formats/gguf/export.ts";
import type { GgufFormat } from "../../../../lib/formats/gguf/container.ts";
import type { ModelOptions } from "../../../../lib/model/config.ts";
import { Transformer } from "../../../../lib/model/transformer.ts";
import { useBackend } from "../../../../lib/tensor/backend.ts";
import { BpeTokenizer } from "../../../../lib/tokenizer/bpe.ts";
import { CharTokenizer } from "../../../../lib/tokenizer/characters.ts";
import { CHAT_TOKENS } from "../../../../lib/tokenizer/chat.ts";
import type { Tokenizer } from "../../../../lib/tokenizer/tokenizer.ts";
import { type GgufFile, readGguf } from "./reader.ts";

await useBackend("auto");
const bpe = BpeTokenizer.train("the boat and the boatman ".repeat(3), {
  vocabularySize: 266,
  specialTokens: CHAT_TOKENS,
});

/** The file of a small model, and the model's parameters. */
async function exported(
  options: Partial<ModelOptions>,
  { format, tokenizer = bpe }: { format?: GgufFormat; tokenizer?: Tokenizer } = {},
): Promise<GgufFile & { parameters: Map<string, Float32Array> }> {
  const folder = await Deno.makeTempDir();
  const model = Transformer.create({
    vocabularySize: tokenizer.vocabularySize,
    width: 32,
    layers: 2,
    context: 16,
    ...options,
  });
  try {
    for (const variable of model.parameters.values()) {
      variable.assign(tf.randomNormal(variable.shape, 0, 1, "float32", 3));
    }
    await exportGguf(join(folder, "m.gguf"), { model, tokenizer }, { format });
    return { ...readGguf(await Deno.readFile(join(folder, "m.gguf"))), parameters: model.values() };
  } finally {
    model.dispose();
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a GGUF file of a Llama has its shape in the words of llama.cpp", async () => {
  const { entries, tensors } = await exported({ kvHeads: 2, tiedHead: false });
  const expected = {
    "general.architecture": "llama",
    "llama.context_length": 16,
    "llama.embedding_length": 32,
    "llama.block_count": 2,
    "llama.attention.head_count": 4,
    "llama.attention.head_count_kv": 2,
    "llama.rope.dimension_count": 8,
    "llama.rope.freq_base": 10_000,
    "llama.vocab_size": 266,
  };
  for (const [key, value] of Object.entries(expected)) assertEquals(entries.get(key), value, key);
  assertEquals(tensors.get("blk.1.attn_k.weight")?.shape, [16, 32]);
  assertEquals(tensors.get("output.weight")?.shape, [266, 32]);
});

Deno.test("F32 keeps every number; only a Llama's queries and keys are reordered", async () => {
  const { tensors, parameters } = await exported({}, { format: "F32" });
  assertEquals(tensors.get("token_embd.weight")!.values, parameters.get("embedding"));
  const query = parameters.get("blocks.0.attention.query.weight")!; // (in, out)
  const { values } = tensors.get("blk.0.attn_q.weight")!; // (out, in)
  for (let row = 0; row < 32; row++) {
    const within = row % 8;
    const ours = row - within + (within % 2) * 4 + Math.floor(within / 2);
    for (let column = 0; column < 32; column++) {
      assertEquals(values[row * 32 + column], query[column * 32 + ours]);
    }
  }
});

Deno.test("a GPT-2 keeps query, key and value side by side, (out, in)", async () => {
  const gpt2 = { norm: "layernorm", positions: "learned", activation: "gelu", bias: true } as const;
  const { tensors, parameters } = await exported(gpt2, { format: "F32" });
  const { shape, values } = tensors.get("blk.1.attn_qkv.weight")!;
  assertEquals(shape, [96, 32]);
  const key = parameters.get("blocks.1.attention.key.weight")!;
  assertEquals(values[(32 + 5) * 32 + 7], key[7 * 32 + 5]);
  assertEquals(tensors.get("blk.0.ffn_up.bias")!.values, parameters.get("blocks.0.mlp.up.bias"));
});

Deno.test("F16 and Q8_0 round matrices and leave vectors", async () => {
  // Half a step; and Q8_0 rounds its steps themselves to float16.
  for (const [format, step] of [["F16", 2 ** -10], ["Q8_0", 1 / 127]] as const) {
    const { tensors, parameters } = await exported({}, { format });
    const { format: stored, values } = tensors.get("token_embd.weight")!;
    assertEquals(stored, format);
    const exact = parameters.get("embedding")!;
    for (let from = 0; from < exact.length; from += 32) {
      const block = exact.subarray(from, from + 32);
      const largest = Math.max(...block.map(Math.abs));
      block.forEach((value, i) => {
        assert(Math.abs(values[from + i] - value) <= 0.57 * step * largest, `${value}`);
      });
    }
    assertEquals(tensors.get("output_norm.weight")!.format, "F32");
  }
});

Deno.test("a matrix that no block of Q8_0 fits stays float32", async () => {
  const { tensors } = await exported({ mlpWidth: 40 }, { format: "Q8_0" });
  assertEquals(tensors.get("blk.0.ffn_down.weight")?.format, "F32");
  assertEquals(tensors.get("blk.0.ffn_up.weight")?.format, "Q8_0");
});

Deno.test("Llama 3's rope scaling is written as the factor of each frequency", async () => {
  const { tensors } = await exported({
    ropeScaling: {
      kind: "llama3",
      factor: 8,
      lowFrequency: 1,
      highFrequency: 4,
      originalContext: 16,
    },
  });
  const { values } = tensors.get("rope_freqs.weight")!;
  assertEquals(values.length, 4);
  assert(values[0] < 8 && values[0] >= 1);
  assertEquals(values[3], 8);
});

Deno.test("a tokenizer is written with its merges, special tokens and end", async () => {
  const { entries } = await exported({});
  const tokens = entries.get("tokenizer.ggml.tokens") as string[];
  const types = entries.get("tokenizer.ggml.token_type") as number[];
  assertEquals(tokens.slice(0, 4), [...CHAT_TOKENS]);
  assertEquals(types.slice(0, 5), [3, 3, 3, 3, 1]);
  assertEquals(entries.get("tokenizer.ggml.eos_token_id"), 3);
  const merges = entries.get("tokenizer.ggml.merges") as string[];
  assertEquals(merges.length, bpe.merges.length);
  for (const merge of merges) assert(tokens.includes(merge.replace(" ", "")));
});

Deno.test("a character of several bytes is joined out of them", async () => {
  const { entries } = await exported({}, { tokenizer: CharTokenizer.train("a€b") });
  assertEquals(entries.get("tokenizer.ggml.merges"), ["â Ĥ", "âĤ ¬"]);
  assertEquals((entries.get("tokenizer.ggml.tokens") as string[]).includes("âĤ¬"), true);
});

Deno.test("what llama.cpp cannot be is refused", async () => {
  await assertRejects(() => exported({ noRopeLayers: [0] }), ConfigError, "every fourth layer");
  await assertRejects(() => exported({ norm: "layernorm" }), ConfigError, "No family");
  const format = "Q2" as GgufFormat;
  await assertRejects(
    () => exported({}, { format }),
    ConfigError,
    "format must be F32, F16 or Q8_0",
  );
});
