import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { ConfigError, FormatError } from "../../../lib/errors.ts";
import { saveModel } from "../../../lib/formats/model_file.ts";
import { isLoraParameter } from "../../../lib/model/lora.ts";
import { mergeLora } from "../../../lib/model/merge_lora.ts";
import { parameterSpecs } from "../../../lib/model/parameters.ts";
import { Transformer } from "../../../lib/model/transformer.ts";
import { Random } from "../../../lib/random.ts";
import { useBackend } from "../../../lib/tensor/backend.ts";
import { CharTokenizer } from "../../../lib/tokenizer/characters.ts";
import { loadAdapter, saveAdapter, withLora } from "../../../lib/tune/lora.ts";

await useBackend();
const model = Transformer.create({ vocabularySize: 20, context: 8, layers: 2, width: 32 });
const tokens = tf.tensor2d([[3, 1, 4, 1, 5, 9, 2, 6]], undefined, "int32");
const logits = (m: Transformer) => [...m.logits(tokens).dataSync()];

/** The same model with thin matrices that are no longer zero. */
function trained(options: Parameters<typeof withLora>[1] = {}): Transformer {
  const random = new Random(2, "lora");
  const adapted = withLora(model, options);
  const values = adapted.values();
  for (const [name, array] of values) {
    if (name.endsWith(".lora_b")) values.set(name, array.map(() => 0.1 * random.normal()));
  }
  return Transformer.fromValues(adapted.config, values);
}

function expectClose(a: readonly number[], b: readonly number[], tolerance = 1e-4): void {
  for (const [i, value] of a.entries()) assertAlmostEquals(value, b[i], tolerance);
}

Deno.test("a fresh adapter changes nothing, a trained one something", () => {
  assertEquals(logits(withLora(model)), logits(model));
  assert(logits(trained()).some((value, i) => Math.abs(value - logits(model)[i]) > 0.01));
});

Deno.test("merged, the adapted model computes what it did, with the parameters of a plain one", () => {
  const adapted = trained({ rank: 4, alpha: 12 });
  const merged = mergeLora(adapted);
  expectClose(logits(merged), logits(adapted));
  assertEquals(merged.config, model.config);
});

Deno.test("gradients reach the thin matrices, as finite differences say", () => {
  const adapted = trained({ rank: 2, targets: ["query", "down"] });
  const names = [...adapted.parameters.keys()].filter(isLoraParameter);
  assertEquals(names.length, 2 * 2 * 2);
  const targets = tf.tensor2d([[1, 4, 1, 5, 9, 2, 6, 5]], undefined, "int32");
  const variables = names.map((name) => adapted.parameters.get(name)!);
  const { grads } = tf.variableGrads(() => adapted.loss(tokens, targets), variables);
  for (const [i, variable] of variables.entries()) {
    const slope = grads[variable.name].dataSync()[1];
    const lossAt = (by: number) => {
      const values = adapted.values();
      values.get(names[i])![1] += by;
      return Transformer.fromValues(adapted.config, values).loss(tokens, targets).dataSync()[0];
    };
    assertAlmostEquals(slope, (lossAt(1e-2) - lossAt(-1e-2)) / 2e-2, 2e-3);
  }
});

Deno.test("an adapter of full rank can become any change of a matrix", () => {
  const adapted = withLora(model, { rank: 32, alpha: 32, targets: ["query"] });
  const values = adapted.values();
  const random = new Random(5, "change");
  const change = Float32Array.from({ length: 32 * 32 }, () => random.normal());
  const identity = Float32Array.from({ length: 32 * 32 }, (_, i) => i % 33 === 0 ? 1 : 0);
  values.set("blocks.0.attention.query.lora_a", identity);
  values.set("blocks.0.attention.query.lora_b", change);
  const direct = model.values();
  const weight = direct.get("blocks.0.attention.query.weight")!;
  direct.set("blocks.0.attention.query.weight", weight.map((w, i) => w + change[i]));
  expectClose(
    logits(Transformer.fromValues(adapted.config, values)),
    logits(Transformer.fromValues(model.config, direct)),
  );
});

Deno.test("an adapter is a small file, and comes back onto the model it was made from", async () => {
  const folder = await Deno.makeTempDir();
  const [path, whole] = [`${folder}/adapter.safetensors`, `${folder}/model.safetensors`];
  const adapted = trained({ rank: 2 });
  await saveAdapter(path, adapted);
  await saveModel(whole, { model, tokenizer: CharTokenizer.train("abcdefghijklmnopqrst") });
  assert((await Deno.stat(path)).size < (await Deno.stat(whole)).size / 2);
  assertEquals(logits(await loadAdapter(path, model)), logits(adapted));

  const other = Transformer.create({ ...model.config, seed: 9 });
  await assertRejects(() => loadAdapter(path, other), FormatError, "another model");
  await assertRejects(() => loadAdapter(whole, model), FormatError, "no adapter");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("an adapter that cannot be is refused in a sentence", async () => {
  assertThrows(() => withLora(model, { rank: 0 }), ConfigError, "lora.rank");
  assertThrows(() => withLora(model, { alpha: -1 }), ConfigError, "lora.alpha");
  assertThrows(
    () => withLora(model, { targets: ["queries" as "query"] }),
    ConfigError,
    "lora.targets must list",
  );
  assertThrows(() => withLora(withLora(model)), ConfigError, "has an adapter already");
  await assertRejects(() => saveAdapter("x", model), ConfigError, "no adapter to save");
});

Deno.test("thin matrices are the only parameters that an adapter adds", () => {
  const adapted = withLora(model, { rank: 3 });
  const added = parameterSpecs(adapted.config).filter(({ name }) => !model.parameters.has(name));
  assert(added.every(({ name }) => isLoraParameter(name)));
  assertEquals(added.length, 2 * 7 * 2);
});
