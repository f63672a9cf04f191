import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { ConfigError } from "../../../lib/errors.ts";
import { loadModel } from "../../../lib/formats/model_file.ts";
import {
  exportTwoFiles,
  parametersFile,
  runSource,
} from "../../../lib/formats/two_files/export.ts";
import { generateText } from "../../../lib/generate/generate.ts";
import type { ModelOptions } from "../../../lib/model/config.ts";
import { Transformer } from "../../../lib/model/transformer.ts";
import { useBackend } from "../../../lib/tensor/backend.ts";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";
import { CharTokenizer } from "../../../lib/tokenizer/characters.ts";
import { CHAT_TOKENS } from "../../../lib/tokenizer/chat.ts";
import type { Tokenizer } from "../../../lib/tokenizer/tokenizer.ts";
import { withLora } from "../../../lib/tune/lora.ts";
import { roughText } from "../tokenizer/rough_text.ts";

await useBackend("auto");

const TEXT =
  "It's LATE, and the boat's 12,345 nets — “déjà vu”, ſaid Ada — came back.\n\n  ✓ 北京 \t".repeat(
    4,
  );

/** What run.ts defines for a page that calls it. */
interface Program {
  readModel(
    file: Uint8Array,
  ): { tokenizer: { encode(text: string): number[]; bytes: Uint8Array[] } };
  write(model: unknown, prompt: number[], options: Record<string, number>): Iterable<number>;
}

const source = await runSource();
const program: Program = new Function(`${source}; return { readModel, write };`)();

const bpe = BpeTokenizer.train(TEXT, {
  vocabularySize: 330,
  specialTokens: CHAT_TOKENS,
  split: "cl100k",
});
const whole = bpe.toHuggingFace();
whole.model.ignore_merges = true;
const tokenizers: Record<string, Tokenizer> = {
  "characters": CharTokenizer.train(TEXT),
  "BPE with GPT-4's split": bpe,
  "BPE with GPT-2's split": BpeTokenizer.train(TEXT, { vocabularySize: 300, split: "gpt2" }),
  "BPE that looks whole pieces up": BpeTokenizer.fromHuggingFace(JSON.parse(JSON.stringify(whole))),
  "tiktoken's BPE": BpeTokenizer.fromTiktoken(
    BpeTokenizer.train(TEXT, { vocabularySize: 300 }).toTiktoken(),
    { specialTokens: { "<|end|>": 310 } },
  ),
};

const shapes: Record<string, Partial<ModelOptions>> = {
  "Llama": { kvHeads: 2, tiedHead: false },
  "GPT-2": { norm: "layernorm", positions: "learned", activation: "gelu", bias: true },
  "Qwen3 with Llama 3's rope": {
    qkNorm: true,
    headWidth: 6,
    bias: "attention",
    ropeScaling: {
      kind: "llama3",
      factor: 8,
      lowFrequency: 1,
      highFrequency: 4,
      originalContext: 16,
    },
  },
  "SmolLM3 with slowed angles": { noRopeLayers: [1], ropeScaling: { kind: "linear", factor: 2 } },
  "a model of exact GELU": { norm: "layernorm", activation: "gelu_exact", bias: "mlp" },
  "a model of squared ReLU": { norm: "layernorm", normBias: false, activation: "relu2" },
};

/** A small model whose every parameter is random and large enough to matter. */
function modelFor(tokenizer: Tokenizer, options: Partial<ModelOptions>): Transformer {
  const model = Transformer.create({
    vocabularySize: tokenizer.vocabularySize,
    width: 16,
    layers: 2,
    context: 48,
    ...options,
  });
  for (const variable of model.parameters.values()) {
    variable.assign(tf.add(variable, tf.randomNormal(variable.shape, 0, 0.15, "float32", 7)));
  }
  return model;
}

Deno.test("run.ts has at most 300 lines and not a single import", () => {
  assert(source.split("\n").length <= 301); // the last line end ends no line
  const code = source.replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, "");
  assert(!/\b(import|require|fetch|eval)\b/.test(code));
});

for (const [name, tokenizer] of Object.entries(tokenizers)) {
  Deno.test(`run.ts encodes as ${name} does`, () => {
    const model = modelFor(tokenizer, {});
    const read = program.readModel(parametersFile(model, { tokenizer }));
    const agrees = (text: string) =>
      assertEquals(read.tokenizer.encode(text), [...tokenizer.encode(text)]);
    agrees(TEXT);
    if (name !== "characters") fc.assert(fc.property(roughText(), agrees), { numRuns: 300 });
    assertEquals(
      read.tokenizer.bytes,
      Array.from({ length: tokenizer.vocabularySize }, (_, id) => tokenizer.tokenBytes(id)),
    );
    model.dispose();
  });
}

for (const [name, options] of Object.entries(shapes)) {
  Deno.test(`run.ts writes the tokens that the library writes: ${name}`, async () => {
    const model = modelFor(bpe, options);
    const read = program.readModel(parametersFile(model, { tokenizer: bpe }));
    const prompt = "the boat";
    const ways: Record<string, number>[] = [
      { temperature: 0, seed: 1 },
      { temperature: 0.7, topK: 9, topP: 0.9, seed: 2 },
      { seed: 3 },
    ];
    for (const dials of ways) {
      const ids = program.write(read, [...bpe.encode(prompt)], { tokens: 30, ...dials });
      const expected = await generateText(model, bpe, { prompt, tokens: 30, ...dials });
      // A character cut at the very end is left out by the library.
      assert(
        bpe.decode([...ids]).replace(/\ufffd+$/, "").startsWith(expected.replace(/\ufffd+$/, "")),
      );
    }
    model.dispose();
  });
}

const hasNode = await new Deno.Command("node", { args: ["--version"] }).output()
  .then(({ success }) => success, () => false);
if (!hasNode) console.log("left out: run.ts in Node.js, since there is no command node");

for (const command of [["deno", "run", "--allow-read"], ["node"]]) {
  Deno.test({
    name: `${command.join(" ")} run.ts writes what the library writes`,
    ignore: command[0] === "node" && !hasNode,
    async fn() {
      const folder = await Deno.makeTempDir();
      try {
        const tokenizer = tokenizers["characters"];
        const model = modelFor(tokenizer, {});
        await exportTwoFiles(model, folder, { tokenizer });
        const [program, ...args] = command[0] === "deno"
          ? [Deno.execPath(), ...command.slice(1)]
          : command;
        const { stdout, stderr } = await new Deno.Command(program, {
          args: [...args, join(folder, "run.ts"), "--tokens", "30", "the boat", "--seed", "5"],
        }).output();
        const prompt = "the boat";
        const expected = await generateText(model, tokenizer, {
          prompt,
          tokens: 30,
          seed: 5,
          echo: true,
        });
        const error = new TextDecoder().decode(stderr);
        assertEquals(new TextDecoder().decode(stdout), expected + "\n", error);
        model.dispose();
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

Deno.test("int8 takes a quarter of the room, says what it costs, and loads as any model", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const tokenizer = tokenizers["characters"];
    const model = modelFor(tokenizer, { width: 64 });
    const heldOut = {
      *validationBatches() {
        const ids = Int32Array.from(tokenizer.encode(TEXT));
        yield { inputs: ids.slice(0, 96), targets: ids.slice(1, 97), batch: 2, context: 48 };
      },
    };
    const exact = await exportTwoFiles(model, join(folder, "exact"), { tokenizer, heldOut });
    assertEquals(exact.loss, undefined);
    const small = await exportTwoFiles(model, folder, { tokenizer, numbers: "int8", heldOut });
    assert(small.sizes.parameters < 0.3 * exact.sizes.parameters);
    const { before, after } = small.loss!;
    assert(before !== after);
    assertAlmostEquals(after, before, 0.01 * before);
    const loaded = await loadModel(join(folder, "parameters.safetensors"));
    const read = program.readModel(await Deno.readFile(join(folder, "parameters.safetensors")));
    const ids = [...program.write(read, [1, 2, 3], { tokens: 20, temperature: 0 })];
    assertEquals(
      tokenizer.decode(ids),
      await generateText(loaded.model, tokenizer, {
        prompt: tokenizer.decode([1, 2, 3]),
        tokens: 20,
        temperature: 0,
      }),
    );
    model.dispose();
    loaded.model.dispose();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("beyond its context run.ts goes on as the library does", async () => {
  const characters = tokenizers["characters"];
  for (const options of [{}, shapes["GPT-2"]]) {
    const model = modelFor(characters, { ...options, context: 10 });
    const read = program.readModel(parametersFile(model, { tokenizer: characters }));
    for (const prompt of ["the", "the boat came back"]) {
      const ids = program.write(read, [...characters.encode(prompt)], { tokens: 40, seed: 1 });
      const expected = await generateText(model, characters, { prompt, tokens: 40, seed: 1 });
      assertEquals(characters.decode([...ids]), expected);
    }
    model.dispose();
  }
});

Deno.test("what an adapter has learned is in the two files", async () => {
  const adapted = withLora(modelFor(bpe, {}), { rank: 2 });
  for (const variable of adapted.parameters.values()) {
    variable.assign(tf.add(variable, tf.randomNormal(variable.shape, 0, 0.1, "float32", 3)));
  }
  const read = program.readModel(parametersFile(adapted, { tokenizer: bpe }));
  const options = { prompt: "boat", tokens: 20, temperature: 0 };
  const ids = program.write(
    read,
    [...bpe.encode("boat")],
    options as unknown as Record<string, number>,
  );
  const expected = await generateText(adapted, bpe, options);
  assert(bpe.decode([...ids]).startsWith(expected.replace(/\ufffd+$/, "")));
  adapted.dispose();
});

Deno.test("a tokenizer that does not fit, and another word for numbers, are refused", async () => {
  const model = modelFor(bpe, { vocabularySize: 20 });
  await assertRejects(
    () => exportTwoFiles(model, "x", { tokenizer: bpe }),
    ConfigError,
    `${bpe.vocabularySize} tokens`,
  );
  const numbers = "int4" as "int8";
  await assertRejects(
    () => exportTwoFiles(model, "x", { tokenizer: bpe, numbers }),
    ConfigError,
    'numbers must be "float32" or "int8", but got int4.',
  );
  model.dispose();
});
