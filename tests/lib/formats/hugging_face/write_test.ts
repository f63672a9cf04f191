// What is written as a Hugging Face folder comes back; that transformers takes it is for the tests in Python.

import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { join } from "@std/path";
import * as tf from "@tensorflow/tfjs";
import { ConfigError, FormatError } from "../../../../lib/errors.ts";
import { readHuggingFace } from "../../../../lib/formats/hugging_face/read.ts";
import { writeHuggingFace } from "../../../../lib/formats/hugging_face/write.ts";
import type { ModelOptions } from "../../../../lib/model/config.ts";
import { Transformer } from "../../../../lib/model/transformer.ts";
import { useBackend } from "../../../../lib/tensor/backend.ts";
import { BpeTokenizer } from "../../../../lib/tokenizer/bpe.ts";
import { CharTokenizer } from "../../../../lib/tokenizer/characters.ts";
import { CHAT_TOKENS } from "../../../../lib/tokenizer/chat.ts";

await useBackend("auto");
const TEXT = "The keeper said: “it's late”.\n";
const tokenizer = BpeTokenizer.train(TEXT, { vocabularySize: 270, specialTokens: CHAT_TOKENS });

const families: Record<string, Partial<ModelOptions>> = {
  "gpt2": { norm: "layernorm", positions: "learned", activation: "gelu", bias: true },
  "llama": {
    kvHeads: 2,
    tiedHead: false,
    bias: true,
    ropeScaling: {
      kind: "llama3",
      factor: 8,
      lowFrequency: 1,
      highFrequency: 4,
      originalContext: 16,
    },
  },
  "llama with slowed angles": { bias: "attention", ropeScaling: { kind: "linear", factor: 4 } },
  "qwen3": { qkNorm: true, headWidth: 6 },
  "smollm3": { noRopeLayers: [1], layers: 3 },
};

const small = { vocabularySize: tokenizer.vocabularySize, width: 16, layers: 2, context: 32 };

function logits(model: Transformer): Float32Array {
  const ids = tf.tensor2d([...tokenizer.encode(TEXT)], [1, tokenizer.encode(TEXT).length], "int32");
  return tf.tidy(() => model.logits(ids).dataSync<"float32">().slice());
}

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

for (const [family, options] of Object.entries(families)) {
  Deno.test(`a ${family} comes back with its config, numbers and tokenizer`, () =>
    inFolder(async (folder) => {
      const model = Transformer.create({ ...small, ...options });
      await writeHuggingFace(folder, { model, tokenizer });
      const json = JSON.parse(await Deno.readTextFile(join(folder, "config.json")));
      assertEquals(json.model_type, family.split(" ")[0]);
      const read = await readHuggingFace(folder);
      assertEquals(read.model.config, model.config);
      assertEquals(logits(read.model), logits(model));
      assertEquals(read.tokenizer?.toJSON(), tokenizer.toJSON());
      model.dispose();
      read.model.dispose();
    }));
}

Deno.test("a model cut into several files and rounded to bfloat16 comes back rounded", () =>
  inFolder(async (folder) => {
    const model = Transformer.create(small);
    await writeHuggingFace(folder, { model, tokenizer }, { format: "BF16", shardBytes: 9000 });
    const files = [...Deno.readDirSync(folder)].map(({ name }) => name);
    assert(files.filter((name) => name.endsWith(".safetensors")).length > 1);
    const read = await readHuggingFace(folder);
    const [rounded, exact] = [logits(read.model), logits(model)];
    const distance = Math.hypot(...rounded.map((value, i) => value - exact[i]));
    assert(distance > 0 && distance < 0.01 * Math.hypot(...exact));
    model.dispose();
    read.model.dispose();
  }));

Deno.test("biases on queries, keys and values alone become those of a Llama, with the same logits", () =>
  inFolder(async (folder) => {
    const model = Transformer.create({ ...small, bias: "qkv" });
    await writeHuggingFace(folder, { model, tokenizer });
    const read = await readHuggingFace(folder);
    assertEquals(read.model.config, { ...model.config, bias: "attention" });
    assertEquals(logits(read.model), logits(model));
    model.dispose();
    read.model.dispose();
  }));

Deno.test("a character tokenizer comes back", () =>
  inFolder(async (folder) => {
    const characters = CharTokenizer.train(TEXT + "0123 😀");
    const model = Transformer.create({ ...small, vocabularySize: characters.vocabularySize });
    await writeHuggingFace(folder, { model, tokenizer: characters });
    const read = await readHuggingFace(folder);
    assertEquals(read.tokenizer?.toJSON(), characters.toJSON());
    model.dispose();
    read.model.dispose();
  }));

Deno.test("a model can be had without a tokenizer that is not read", () =>
  inFolder(async (folder) => {
    const model = Transformer.create(small);
    await writeHuggingFace(folder, { model, tokenizer });
    const path = join(folder, "tokenizer.json");
    const json = JSON.parse(await Deno.readTextFile(path));
    await Deno.writeTextFile(path, JSON.stringify({ ...json, normalizer: { type: "NFC" } }));
    const read = await readHuggingFace(folder);
    assertEquals(logits(read.model), logits(model));
    assertThrows(() => read.tokenizer, FormatError, 'normalizer is {"type":"NFC"}');
    model.dispose();
    read.model.dispose();
  }));

Deno.test("a model that no family is built like is refused before anything is written", () =>
  inFolder(async (folder) => {
    const model = Transformer.create({ ...small, norm: "layernorm" });
    await assertRejects(
      () => writeHuggingFace(join(folder, "x"), { model, tokenizer }),
      ConfigError,
      "No family of other programs is built like this model",
    );
    assertEquals([...Deno.readDirSync(folder)], []);
    model.dispose();
  }));

const broken: [string, string, unknown, string][] = [
  ["of another family", "config.json", { model_type: "t5" }, 'of the family "t5"'],
  ["with a sliding window", "config.json", { use_sliding_window: true }, "use_sliding_window true"],
  ["with another activation", "config.json", { hidden_act: "relu" }, 'hidden_act "relu"'],
  [
    "with rope scaling that is not built",
    "config.json",
    { rope_scaling: { rope_type: "yarn", factor: 2 } },
    '"yarn" rope scaling',
  ],
  ["that claims many layers", "config.json", { num_hidden_layers: 1e9 }, "too few for 1000000000"],
  ["that claims a wider layer", "config.json", { intermediate_size: 7 }, "but the config asks for"],
  [
    "whose index leads out of the folder",
    "model.safetensors.index.json",
    { weight_map: { "model.norm.weight": "../x.safetensors" } },
    "no safetensors file beside it",
  ],
  ["whose index names no file", "model.safetensors.index.json", { metadata: {} }, "no weight_map"],
];

for (const [what, file, change, sentence] of broken) {
  Deno.test(`a folder ${what} is refused`, () =>
    inFolder(async (folder) => {
      const model = Transformer.create(small);
      await writeHuggingFace(folder, { model, tokenizer });
      model.dispose();
      const path = join(folder, file);
      const before = await Deno.readTextFile(path).then(JSON.parse, () => ({}));
      await Deno.writeTextFile(path, JSON.stringify({ ...before, ...change as object }));
      await assertRejects(() => readHuggingFace(folder), FormatError, sentence);
    }));
}
