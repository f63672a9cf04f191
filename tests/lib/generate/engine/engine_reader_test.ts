// The decoder computes what the model's definition computes, in whatever pieces the tokens come.

import { assert, assertEquals, assertRejects } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import * as tf from "@tensorflow/tfjs";
import { ConfigError } from "../../../../lib/errors.ts";
import { readHuggingFace } from "../../../../lib/formats/hugging_face/read.ts";
import { readSafetensors } from "../../../../lib/formats/safetensors.ts";
import { EngineReader } from "../../../../lib/generate/engine/engine_reader.ts";
import { isKnown, openReader } from "../../../../lib/generate/open_reader.ts";
import { PlainReader } from "../../../../lib/generate/plain_reader.ts";
import type { Reader, ReadText } from "../../../../lib/generate/reader.ts";
import type { ModelConfig, ModelOptions } from "../../../../lib/model/config.ts";
import { Transformer } from "../../../../lib/model/transformer.ts";
import { useBackend } from "../../../../lib/tensor/backend.ts";
import { FIXTURES, isPresent } from "../../../fixtures.ts";

await useBackend("auto");

const FAMILIES = fromFileUrl(new URL("../../formats/hugging_face/fixtures", import.meta.url));

/** Configs that no fixture has: widths that fill no block, every activation. */
const ODD: ModelOptions[] = [
  { vocabularySize: 70, layers: 2, width: 48, heads: 4 },
  { vocabularySize: 70, layers: 1, width: 48, heads: 80, kvHeads: 1, headWidth: 4 },
  { vocabularySize: 70, layers: 1, width: 33, heads: 3, headWidth: 10, activation: "gelu_exact" },
  {
    vocabularySize: 70,
    layers: 3,
    width: 96,
    heads: 2,
    headWidth: 40,
    activation: "relu2",
    noRopeLayers: [1],
    ropeScaling: { kind: "linear", factor: 2 },
  },
  {
    vocabularySize: 70,
    layers: 2,
    width: 64,
    heads: 4,
    norm: "layernorm",
    normBias: false,
    positions: "learned",
    activation: "gelu",
    bias: "mlp",
    tiedHead: false,
  },
];

function odd(options: ModelOptions): Transformer {
  const model = Transformer.create({ context: 64, ...options });
  // Larger numbers than a model starts with, so that no part of it goes unseen.
  for (const variable of model.parameters.values()) {
    tf.tidy(() => variable.assign(tf.mul(variable, 4)));
  }
  return model;
}

function engine(model: Transformer, kind?: "native" | "wasm"): EngineReader {
  const values = model.values();
  const read = (name: string) => values.get(name);
  return new EngineReader(model.config, { precision: "float32", read, kind });
}

/** The logits after each token, (T, V), when tokens are read in parts of the given sizes and then one by one. */
async function logitsOf(
  reader: Reader,
  tokens: readonly number[],
  parts: readonly number[] = [],
): Promise<Map<number, Float32Array>> {
  const text = reader.begin({ expected: 1 });
  const logits = new Map<number, Float32Array>();
  const sizes = parts.values();
  for (let at = 0; at < tokens.length;) {
    const end = at + (sizes.next().value ?? 1);
    const [last] = await reader.read([{ text, tokens: tokens.slice(at, end) }]);
    logits.set(end - 1, last);
    at = end;
  }
  text.dispose();
  return logits;
}

const TOKENS = Array.from({ length: 60 }, (_, i) => (37 * i * i + 11) % 70);

for (const kind of ["native", "wasm"] as const) {
  if (kind === "native" && !canGenerate()) continue;

  Deno.test(`${kind}: read in one go, in parts or one by one, logits are the definition's`, async () => {
    for (const options of ODD) {
      const model = odd(options);
      const expected = await logitsOf(new PlainReader(model), TOKENS);
      for (const parts of [[], [60], [9, 33]]) {
        for (const [at, logits] of await logitsOf(engine(model, kind), TOKENS, parts)) {
          assertClose(logits, expected.get(at)!);
        }
      }
      model.dispose();
    }
  });

  Deno.test(`${kind}: logits of every family are those of transformers`, async () => {
    for (const { name } of Deno.readDirSync(FAMILIES)) {
      const { model } = await readHuggingFace(join(FAMILIES, name));
      assert(isKnown(model.config), name);
      const { tensors } = await readSafetensors(join(FAMILIES, name, "expected.safetensors"));
      const { values, shape: [, length] } = tensors.get("inputs")!;
      const expected = tensors.get("logits")!.values;
      const { vocabularySize: V } = model.config;
      const tokens = Array.from(values.slice(0, length));
      for (const [at, logits] of await logitsOf(engine(model, kind), tokens)) {
        assertClose(logits, expected.slice(at * V, (at + 1) * V));
      }
      model.dispose();
    }
  });
}

function canGenerate(): boolean {
  const model = Transformer.create(ODD[0]);
  try {
    engine(model, "native");
    return true;
  } catch (error) {
    console.log(`machine code is left out: ${(error as Error).message}`);
    return false;
  } finally {
    model.dispose();
  }
}

for (const name of ["gpt2", "llama", "llama-gqa-tied"]) {
  Deno.test(`${name}: the likeliest continuation is that of transformers`, async () => {
    const folder = new URL(`models/${name}/`, FIXTURES);
    if (!isPresent(folder)) return;
    const { model } = await readHuggingFace(fromFileUrl(folder));
    const json = await Deno.readTextFile(new URL("expected.json", folder));
    const wanted: number[] = JSON.parse(json).greedy_continuation_of_first_8_ids;
    const reader = await openReader(model);
    assert(reader instanceof EngineReader);
    const text = reader.begin({ expected: wanted.length });
    const ids = wanted.slice(0, 8);
    for (let read = 0; ids.length < wanted.length;) {
      const [logits] = await reader.read([{ text, tokens: ids.slice(read) }]);
      read = ids.length;
      ids.push(logits.indexOf(Math.max(...logits)));
    }
    assertEquals(ids, wanted);
    model.dispose();
  });
}

Deno.test("texts read together have the logits that each has alone, to the last bit", async () => {
  const model = odd({
    vocabularySize: 70,
    layers: 2,
    width: 64,
    heads: 6,
    kvHeads: 2,
    headWidth: 8,
  });
  const reader = engine(model);
  const starts = [TOKENS.slice(0, 5), TOKENS.slice(3, 40), TOKENS.slice(7, 8)];
  const alone = await Promise.all(starts.map(async (tokens) => {
    const logits = await logitsOf(reader, [...tokens, 1, 2], [tokens.length]);
    return [...logits.values()];
  }));
  const texts = starts.map((): ReadText => reader.begin({ expected: 50 }));
  const steps = [starts, starts.map(() => [1]), starts.map(() => [2])];
  for (const [step, tokens] of steps.entries()) {
    const together = await reader.read(texts.map((text, i) => ({ text, tokens: tokens[i] })));
    assertEquals(together, alone.map((logits) => logits[step]));
  }
  model.dispose();
});

Deno.test("texts that begin alike are read once, and go on as each would alone, to the last bit", async () => {
  const model = odd({
    vocabularySize: 70,
    layers: 2,
    width: 64,
    heads: 6,
    kvHeads: 2,
    headWidth: 40,
  });
  const reader = engine(model);
  const start = TOKENS.slice(0, 37);
  // Of different sizes, so that what is read is copied between caches of different capacities.
  const texts = [40, 1, 64, 40].map((expected) => reader.begin({ expected }));
  const starts = [start, start, start, start.slice(1)];
  const steps = [starts, [[1], [2], [1], [3]], [[4, 5], [4], [6], [4]]];
  const together: Float32Array[][] = [];
  for (const tokens of steps) {
    together.push(await reader.read(texts.map((text, i) => ({ text, tokens: tokens[i] }))));
  }
  for (const [i, text] of texts.entries()) {
    const own = steps.map((tokens) => tokens[i]);
    const alone = await logitsOf(reader, own.flat(), own.map(({ length }) => length));
    assertEquals(together.map((logits) => logits[i]), [...alone.values()]);
    assertEquals(text.length, own.flat().length);
  }
  assert(together[0][0] !== together[0][1], "each has scores that are its own to keep");
  model.dispose();
});

Deno.test("int8 comes close to float32, on WebAssembly to what it is in machine code", async () => {
  const model = odd({ vocabularySize: 70, layers: 2, width: 64, heads: 4 });
  const values = model.values();
  const read = (name: string) => values.get(name);
  const kinds = canGenerate() ? ["native", "wasm"] as const : ["wasm"] as const;
  const exact = await logitsOf(engine(model), TOKENS);
  const scale = Math.max(...[...exact.values()].flatMap((logits) => [...logits].map(Math.abs)));
  const all = [];
  for (const kind of kinds) {
    const reader = new EngineReader(model.config, { precision: "int8", read, kind });
    all.push(await logitsOf(reader, TOKENS));
  }
  for (const [at, logits] of all[0]) {
    logits.forEach((logit, i) => {
      assert(Math.abs(logit - exact.get(at)![i]) < 0.1 * scale);
    });
    for (const others of all) assertClose(logits, others.get(at)!);
  }
  assert([...all[0].get(20)!].some((logit, i) => logit !== exact.get(20)![i]));
  model.dispose();
});

Deno.test("a model keeps its decoder, which hears when the numbers change", async () => {
  const model = odd(ODD[0]);
  const reader = await openReader(model);
  assert(await openReader(model) === reader);
  assert(await openReader(model, { precision: "int8" }) !== reader);
  assert(await openReader(model) === reader);
  const before = await logitsOf(reader, TOKENS.slice(0, 5));
  for (const variable of model.parameters.values()) {
    tf.tidy(() => variable.assign(tf.mul(variable, 0.7)));
  }
  assert(await openReader(model) === reader);
  const expected = await logitsOf(new PlainReader(model), TOKENS.slice(0, 5));
  for (const [at, logits] of await logitsOf(reader, TOKENS.slice(0, 5))) {
    assertClose(logits, expected.get(at)!);
    assert(logits[0] !== before.get(at)![0]);
  }
  model.dispose();
});

Deno.test("what an adapter has learned is read with the model", async () => {
  const lora = { rank: 2, alpha: 4, targets: ["query", "up"] } as const;
  const model = odd({ ...ODD[0], lora });
  for (const [name, variable] of model.parameters) {
    if (!name.endsWith(".lora_b")) continue;
    tf.tidy(() => variable.assign(tf.randomNormal(variable.shape, 0, 1, "float32", 7)));
  }
  const expected = await logitsOf(new PlainReader(model), TOKENS.slice(0, 9));
  const reader = await openReader(model);
  assert(reader instanceof EngineReader);
  for (const [at, logits] of await logitsOf(reader, TOKENS.slice(0, 9))) {
    assertClose(logits, expected.get(at)!);
  }
  model.dispose();
});

Deno.test("a config that says more than the decoder knows is left to the definition", async () => {
  const model = odd(ODD[0]);
  const strange = { ...model.config, softcap: 30 } as ModelConfig;
  assert(!isKnown(strange));
  assert(!isKnown({ ...model.config, activation: "tanh" } as unknown as ModelConfig));
  const other = { config: strange, logits: (tokens: tf.Tensor2D) => model.logits(tokens) };
  assert(await openReader(other) instanceof PlainReader);
  await assertRejects(
    () => openReader(other, { precision: "int8" }),
    ConfigError,
    "knows no int8",
  );
  const precision = "int4" as "int8";
  await assertRejects(() => openReader(model, { precision }), ConfigError, '"float32" or "int8"');
  model.dispose();
});

Deno.test("decoding follows the choice of a backend", async () => {
  try {
    for (
      const [backend, name] of [["wasm", "WebAssembly"], ["cpu", "the model's definition"]] as const
    ) {
      await useBackend(backend);
      const model = odd(ODD[0]);
      const reader = await openReader(model);
      assert(reader.name.startsWith(name), reader.name);
      model.dispose();
    }
  } finally {
    await useBackend("auto");
  }
});

Deno.test("reading a long prompt stops at a signal", async () => {
  const model = odd({ vocabularySize: 70, layers: 1, width: 32, heads: 1, context: 1000 });
  const reader = engine(model);
  const controller = new AbortController();
  const text = reader.begin({ expected: 1000 });
  const tokens = Array.from({ length: 1000 }, (_, i) => i % 70);
  setTimeout(() => controller.abort(), 0);
  assertEquals(await reader.read([{ text, tokens }], { signal: controller.signal }), []);
  assert(text.length < 1000);
  text.dispose();
  model.dispose();
});

function assertClose(actual: Float32Array, expected: Float32Array): void {
  assertEquals(actual.length, expected.length);
  const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  actual.forEach((value, i) => {
    const off = Math.abs(value - expected[i]);
    assert(off <= 1e-5 * scale, `${value} at ${i} is not ${expected[i]}`);
  });
}
