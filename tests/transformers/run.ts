// Whether Hugging Face transformers loads what is written, unchanged, and computes the same: models of every family, in
// one file and in several, rounded and not, with both kinds of tokenizers; and GGUF files, by llama.cpp's gguf.
//   deno task test:transformers

import { fromFileUrl, join } from "@std/path";
import * as tf from "@tensorflow/tfjs";
import {
  BpeTokenizer,
  CharTokenizer,
  CHAT_TOKENS,
  exportGguf,
  type ModelOptions,
  renderPrompt,
  type Tokenizer,
  Transformer,
  writeHuggingFace,
} from "../../lib/mod.ts";
import { findPython } from "../python.ts";

const ADVICE =
  "left out: what is written could not be loaded, since no Python has torch and transformers. To " +
  "run these tests: pip install torch transformers, and gguf for its files; DIALS_PYTHON names another " +
  "Python than the first that has them.";

const TEXT = "The keeper said: “it's 12 o'clock, Ada”.\nThe boat lay by the quay.\n";
const PROMPT = "The boat said: “12 Ada”.\n";

/** A model to be written, and how. */
interface Case {
  readonly options: Partial<ModelOptions>;
  readonly tokenizer: Tokenizer;
  readonly write: (
    folder: string,
    source: { model: Transformer; tokenizer: Tokenizer },
  ) => Promise<void>;
}

const bpe = BpeTokenizer.train(TEXT.repeat(4), {
  vocabularySize: 300,
  specialTokens: CHAT_TOKENS,
  split: "cl100k",
});
const gpt2Bpe = BpeTokenizer.train(TEXT.repeat(4), { vocabularySize: 290, split: "gpt2" });
const characters = CharTokenizer.train(TEXT);

const gguf = (format: "F32" | "F16" | "Q8_0"): Case["write"] => (folder, source) =>
  exportGguf(join(folder, "model.gguf"), source, { format });

const CASES: Readonly<Record<string, Case>> = {
  "a Llama with Llama 3's rope and biases": {
    options: {
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
    tokenizer: bpe,
    write: writeHuggingFace,
  },
  "a Llama of characters with slowed angles": {
    options: { ropeScaling: { kind: "linear", factor: 2 } },
    tokenizer: characters,
    write: writeHuggingFace,
  },
  "a GPT-2 in float16": {
    options: { norm: "layernorm", positions: "learned", activation: "gelu", bias: true },
    tokenizer: gpt2Bpe,
    write: (folder, source) => writeHuggingFace(folder, source, { format: "F16" }),
  },
  "a Llama with the biases of Qwen2": {
    options: { bias: "qkv" },
    tokenizer: bpe,
    write: writeHuggingFace,
  },
  "a Qwen3 in bfloat16 and several files": {
    options: { qkNorm: true, headWidth: 12 },
    tokenizer: bpe,
    write: (folder, source) =>
      writeHuggingFace(folder, source, { format: "BF16", shardBytes: 20_000 }),
  },
  "a SmolLM3": {
    options: { noRopeLayers: [3], layers: 4 },
    tokenizer: bpe,
    write: writeHuggingFace,
  },
  "a Llama as GGUF": { options: { kvHeads: 2 }, tokenizer: bpe, write: gguf("F32") },
  "a Llama as GGUF in Q8_0": { options: {}, tokenizer: gpt2Bpe, write: gguf("Q8_0") },
  "a GPT-2 as GGUF in F16": {
    options: { norm: "layernorm", positions: "learned", activation: "gelu", bias: true },
    tokenizer: gpt2Bpe,
    write: gguf("F16"),
  },
};

/** Writes a model and, beside it, what it computes and how its tokenizer cuts a text. */
async function writeCase(folder: string, { options, tokenizer, write }: Case): Promise<void> {
  const { vocabularySize } = tokenizer;
  const model = Transformer.create({ vocabularySize, width: 32, layers: 2, ...options });
  for (const variable of model.parameters.values()) {
    variable.assign(tf.add(variable, tf.randomNormal(variable.shape, 0, 0.1, "float32", 5)));
  }
  await Deno.mkdir(folder, { recursive: true });
  await write(folder, { model, tokenizer });
  const ids = [...tokenizer.encode(PROMPT)];
  const logits = tf.tidy(() => model.logits(tf.tensor2d([ids], undefined, "int32")).arraySync());
  const chats = tokenizer.specialTokens.has("<|user|>");
  const chat = chats ? [...renderPrompt([{ role: "user", content: "12?" }], tokenizer)] : null;
  const expected = { prompt: PROMPT, ids, logits: logits[0], chat };
  await Deno.writeTextFile(join(folder, "expected.json"), JSON.stringify(expected));
  model.dispose();
}

async function main(): Promise<number> {
  const python = await findPython(["torch", "transformers"]);
  if (python === undefined) {
    console.log(ADVICE);
    return 0;
  }
  const folder = await Deno.makeTempDir({ prefix: "transformers-" });
  try {
    for (const [name, test] of Object.entries(CASES)) await writeCase(join(folder, name), test);
    const check = fromFileUrl(new URL("check.py", import.meta.url));
    const { code } = await new Deno.Command(python, {
      args: [check, folder],
      env: { HF_HUB_OFFLINE: "1", TRANSFORMERS_VERBOSITY: "error" },
    }).spawn().status;
    return code;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.exit(await main());
