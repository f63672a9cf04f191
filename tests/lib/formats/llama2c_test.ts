// model.bin, read by the layout that llama2.c documents and computed as its run.c computes.

import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import * as tf from "@tensorflow/tfjs";
import { ConfigError } from "../../../lib/errors.ts";
import { exportLlama2c } from "../../../lib/formats/llama2c.ts";
import { Transformer } from "../../../lib/model/transformer.ts";
import { useBackend } from "../../../lib/tensor/backend.ts";
import { BpeTokenizer } from "../../../lib/tokenizer/bpe.ts";

await useBackend("auto");
const tokenizer = BpeTokenizer.train("the boat and the boatman ".repeat(3), {
  vocabularySize: 264,
});

type Vector = Float32Array;
const dot = (a: Vector, b: Vector) => a.reduce((sum, value, i) => sum + value * b[i], 0);
const product = (w: Vector, x: Vector) =>
  Float32Array.from(
    { length: w.length / x.length },
    (_, row) => dot(w.subarray(row * x.length, (row + 1) * x.length), x),
  );
const rms = (x: Vector, gain: Vector) => {
  const scale = 1 / Math.sqrt(dot(x, x) / x.length + 1e-5);
  return x.map((value, i) => value * scale * gain[i]);
};

/** The logits after a text, by neighbours that are turned together, as in run.c. */
function logitsOf(bytes: Uint8Array, ids: number[]): Vector {
  const [dim, hidden, layers, heads, kvHeads, signed, context] = new Int32Array(bytes.buffer, 0, 7);
  let at = 28;
  const take = (size: number) => new Float32Array(bytes.buffer, (at += 4 * size) - 4 * size, size);
  const each = (size: number) => Array.from({ length: layers }, () => take(size));
  const vocabulary = Math.abs(signed);
  const head = dim / heads;
  const kv = kvHeads * head;
  const embedding = take(vocabulary * dim);
  const attentionNorm = each(dim);
  const [wq, wk, wv, wo] = [dim, kv, kv, dim].map((out) => each(out * dim));
  const mlpNorm = each(dim);
  const [w1, w2, w3] = [0, 1, 2].map(() => each(hidden * dim));
  const finalNorm = take(dim);
  take(context * head);
  const classifier = signed > 0 ? embedding : take(vocabulary * dim);
  assertEquals(at, bytes.length, "the file ends where its layout ends");

  const turn = (x: Vector, position: number) => {
    for (let i = 0; i < x.length; i += 2) {
      const angle = position * 10_000 ** (-(i % head) / head);
      const [a, b] = [x[i], x[i + 1]];
      x[i] = a * Math.cos(angle) - b * Math.sin(angle);
      x[i + 1] = a * Math.sin(angle) + b * Math.cos(angle);
    }
    return x;
  };
  const keys: Vector[][] = w1.map(() => []);
  const values: Vector[][] = w1.map(() => []);
  let x = new Float32Array();
  for (const [position, id] of ids.entries()) {
    x = embedding.slice(id * dim, (id + 1) * dim);
    for (let layer = 0; layer < layers; layer++) {
      const normed = rms(x, attentionNorm[layer]);
      const query = turn(product(wq[layer], normed), position);
      keys[layer].push(turn(product(wk[layer], normed), position));
      values[layer].push(product(wv[layer], normed));
      const mixed = new Float32Array(dim);
      for (let h = 0; h < heads; h++) {
        const shared = Math.floor(h * kvHeads / heads) * head;
        const q = query.subarray(h * head, (h + 1) * head);
        const scores = keys[layer].map((key) =>
          Math.exp(dot(q, key.subarray(shared, shared + head)) / Math.sqrt(head))
        );
        const sum = scores.reduce((a, b) => a + b);
        scores.forEach((score, past) => {
          for (let i = 0; i < head; i++) {
            mixed[h * head + i] += score / sum * values[layer][past][shared + i];
          }
        });
      }
      const attended = product(wo[layer], mixed);
      x = x.map((value, i) => value + attended[i]);
      const inner = rms(x, mlpNorm[layer]);
      const up = product(w3[layer], inner);
      const gated = product(w1[layer], inner).map((g, i) => g / (1 + Math.exp(-g)) * up[i]);
      const fed = product(w2[layer], gated);
      x = x.map((value, i) => value + fed[i]);
    }
  }
  return product(classifier, rms(x, finalNorm));
}

for (const tiedHead of [true, false]) {
  Deno.test(`model.bin gives the model's logits, the head ${tiedHead ? "" : "not "}tied`, async () => {
    const folder = await Deno.makeTempDir();
    const model = Transformer.create({
      vocabularySize: tokenizer.vocabularySize,
      width: 32,
      layers: 2,
      kvHeads: 2,
      context: 16,
      tiedHead,
    });
    try {
      for (const variable of model.parameters.values()) {
        variable.assign(tf.add(variable, tf.randomNormal(variable.shape, 0, 0.1, "float32", 3)));
      }
      await exportLlama2c(folder, { model, tokenizer });
      const end = [...Array(tokenizer.vocabularySize).keys()]
        .find((id) => tokenizer.tokenBytes(id).join() === "255")!;
      const swapped = (id: number) => id === 1 ? end : id === end ? 1 : id;
      const ids = [1, ...tokenizer.encode("the boatman")];
      const logits = logitsOf(await Deno.readFile(join(folder, "model.bin")), ids);
      const ours = model.logits(tf.tensor2d([ids.map(swapped)], undefined, "int32")).arraySync()[0];
      ours.at(-1)!.forEach((logit, id) => assertAlmostEquals(logits[swapped(id)], logit, 1e-4));
    } finally {
      model.dispose();
      await Deno.remove(folder, { recursive: true });
    }
  });
}

Deno.test("tokenizer.bin has every token's bytes, earlier merges with the higher score", async () => {
  const folder = await Deno.makeTempDir();
  const model = Transformer.create({ vocabularySize: 270, width: 16, layers: 1 });
  try {
    await exportLlama2c(folder, { model, tokenizer });
    const bytes = await Deno.readFile(join(folder, "tokenizer.bin"));
    const view = new DataView(bytes.buffer);
    const tokens: { score: number; bytes: Uint8Array }[] = [];
    let at = 4;
    while (at < bytes.length) {
      const length = view.getInt32(at + 4, true);
      tokens.push({
        score: view.getFloat32(at, true),
        bytes: bytes.subarray(at + 8, at + 8 + length),
      });
      at += 8 + length;
    }
    assertEquals(tokens.length, 270);
    assertEquals(view.getInt32(0, true), Math.max(...tokens.map(({ bytes }) => bytes.length)));
    for (const { left, right, id } of tokenizer.merges) {
      assertEquals(tokens[id].bytes, tokenizer.tokenBytes(id));
      assert(tokens[id].score < Math.min(tokens[left].score, tokens[right].score));
    }
    assertEquals([...tokens[1].bytes], [255], "the token that begins and ends a text");
  } finally {
    model.dispose();
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a model that llama2.c cannot be is refused", async () => {
  const model = Transformer.create({ vocabularySize: 264, width: 16, layers: 1, qkNorm: true });
  await assertRejects(
    () => exportLlama2c("x", { model, tokenizer }),
    ConfigError,
    "llama2.c has qkNorm false, but this model true.",
  );
  model.dispose();
});
