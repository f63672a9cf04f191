import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { ConfigError } from "../../../lib/errors.ts";
import { attentionShares } from "../../../lib/evaluate/attention.ts";
import { surprises } from "../../../lib/evaluate/surprise.ts";
import type { ModelOptions } from "../../../lib/model/config.ts";
import { Transformer } from "../../../lib/model/transformer.ts";
import { attentionMap } from "../../../lib/plot/attention.ts";
import { embeddingMap } from "../../../lib/plot/embeddings.ts";
import { countParameters, parameterChart } from "../../../lib/plot/parameters.ts";
import { showSurprise } from "../../../lib/plot/surprise.ts";
import type { HeatmapTrace, ScatterTrace } from "../../../lib/plot/traces.ts";
import { useBackend } from "../../../lib/tensor/backend.ts";
import { CharTokenizer } from "../../../lib/tokenizer/characters.ts";
import { labels, readXml } from "./xml.ts";

await useBackend("auto");
const TEXT = "the boat came back to the bay";
const tokenizer = CharTokenizer.train(TEXT);

function makeModel(options: Partial<ModelOptions> = {}): Transformer {
  const { vocabularySize } = tokenizer;
  return Transformer.create({ vocabularySize, width: 16, layers: 2, context: 64, ...options });
}

const kinds: Partial<ModelOptions>[] = [
  {},
  { norm: "layernorm", positions: "learned", activation: "gelu", bias: true, tiedHead: false },
  { qkNorm: true, bias: "qkv", kvHeads: 2 },
];
for (const options of kinds) {
  Deno.test(`the parts of a model of ${JSON.stringify(options)} add up to it`, () => {
    const model = makeModel(options);
    const counts = countParameters(model);
    assertEquals([...counts.values()].reduce((a, b) => a + b), model.parameterCount);
    const svg = parameterChart(model).toSvg();
    for (const part of counts.keys()) assert(labels(svg).includes(part), part);
    model.dispose();
  });
}

Deno.test("attention looks back alone, and its shares sum to one", () => {
  const model = makeModel({ kvHeads: 2 });
  const layers = attentionShares(model, tokenizer.encode("the boat"));
  assertEquals([layers.length, layers[0].length, layers[0][0].length], [2, 4, 8]);
  for (const matrix of layers.flat()) {
    matrix.forEach((row, i) => {
      assertAlmostEquals(row.reduce((a, b) => a + b), 1, 1e-9);
      assert(row.slice(i + 1).every((share) => share === 0));
    });
  }
  model.dispose();
});

Deno.test("a share is the softmax of a query against the keys", () => {
  const model = makeModel({ layers: 1, positions: "learned", heads: 1 });
  const ids = tokenizer.encode("the boat");
  const [[shares]] = attentionShares(model, ids);
  const input = tf.tensor2d([[...ids]], undefined, "int32");
  let seen: tf.Tensor | undefined;
  model.hidden(input, {
    watch: (_, { query, key }) => seen = tf.keep(tf.concat([query, key], -1)),
  });
  const values = seen!.arraySync() as number[][][][]; // (1, T, 1, 2 · head)
  const row = values[0].length - 1;
  const query = values[0][row][0].slice(0, 16);
  const scores = values[0].map(([pair]) =>
    Math.exp(pair.slice(16).reduce((sum, k, i) => sum + k * query[i], 0) / 4)
  );
  const total = scores.reduce((a, b) => a + b);
  scores.forEach((score, past) => assertAlmostEquals(shares[row][past], score / total, 1e-6));
  seen!.dispose();
  model.dispose();
});

Deno.test("an attention map has a tile a head, or the tokens of one head by name", () => {
  const model = makeModel();
  const text = "the boat";
  const all = attentionMap(model, tokenizer, { text });
  assertEquals(all.layout.yaxis?.ticktext, ["layer 0", "layer 1"]);
  assertEquals(all.layout.xaxis?.ticktext?.length, 4);
  const [{ z }] = all.data as HeatmapTrace[];
  assertEquals([z.length, z[0].length], [2 * 8 + 1, 4 * 8 + 3]);
  const one = attentionMap(model, tokenizer, { text, layer: 1, head: 3 });
  assertEquals(one.layout.yaxis?.ticktext?.slice(3), ["␣", "b", "o", "a", "t"]);
  readXml(all.toSvg());
  assertThrows(() => attentionMap(model, tokenizer, { text: "" }), ConfigError, "empty");
  assertThrows(() => attentionMap(model, tokenizer, { text, head: 4 }), ConfigError, "head is 4");
  model.dispose();
});

Deno.test("surprise is the loss, token by token", () => {
  const model = makeModel();
  const ids = Int32Array.from(tokenizer.encode(TEXT));
  const found = surprises(model, ids);
  const shape: [number, number] = [1, ids.length - 1];
  const loss = model.loss(
    tf.tensor2d(ids.slice(0, -1), shape, "int32"),
    tf.tensor2d(ids.slice(1), shape, "int32"),
  ).dataSync()[0];
  assertAlmostEquals(found.reduce((a, b) => a + b) / found.length, loss, 1e-5);
  model.dispose();
});

Deno.test("each token of a long text is judged by at least half a context", () => {
  const model = makeModel({ context: 8 });
  const ids = tokenizer.encode(TEXT);
  const found = surprises(model, ids);
  assertEquals(found.length, ids.length - 1);
  assert(found.every((value) => value > 0));
  // The ninth target is the first of the second window, which begins four tokens in.
  const [, , , , ...rest] = found.slice(4, 12);
  assertEquals([...surprises(model, ids.slice(4, 13)).slice(4, 8)].map(round), rest.map(round));
  model.dispose();

  function round(value: number): number {
    return Number(value.toFixed(5));
  }
});

Deno.test("a coloured text shows every token and says what it was", () => {
  const model = makeModel();
  const picture = showSurprise(TEXT, model, tokenizer);
  const rects = readXml(picture.svg).filter(({ name }) => name === "rect");
  assertEquals(rects.length, TEXT.length + 4); // and the four of the scale
  assert(picture.text.includes("t: the first\nh: "));
  assertThrows(() => showSurprise("", model, tokenizer), ConfigError, "empty");
  showSurprise("t", model, tokenizer);
  model.dispose();
});

Deno.test("an embedding map lays tokens where most of their differences show", () => {
  const model = makeModel();
  const { vocabularySize } = tokenizer;
  // Two groups far apart along one slanted direction, and a little difference along another.
  const rows = Array.from({ length: vocabularySize }, (_, id) =>
    Array.from(
      { length: 16 },
      (_, i) => (id % 2 === 0 ? 3 : -3) * (i < 4 ? 1 : 0) + (i === 9 ? 0.1 * id : 0),
    ));
  model.parameters.get("embedding")!.assign(tf.tensor2d(rows));
  const figure = embeddingMap(model, tokenizer);
  const [{ x, y, text }] = figure.data as ScatterTrace[];
  assertEquals(text!.length, vocabularySize);
  const ids = text!.map((label) => tokenizer.encode(label === "␣" ? " " : label)[0]);
  const side = Math.sign(Number(x[ids.indexOf(0)]));
  ids.forEach((id, n) => assertEquals(Math.sign(Number(x[n])), id % 2 === 0 ? side : -side));
  const order = ids.toSorted((a, b) => a - b).map((id) => Number(y[ids.indexOf(id)]));
  assert(Math.abs(order[0] - order[vocabularySize - 1]) > 0.05 * vocabularySize);
  assert(labels(figure.toSvg()).includes("b"));
  assertThrows(
    () => embeddingMap(model, tokenizer, { tokens: [1, 2] }),
    ConfigError,
    "three tokens",
  );
  assertThrows(
    () => embeddingMap(model, tokenizer, { tokens: [1, 2, 99] }),
    ConfigError,
    "from 0 to",
  );
  model.dispose();
});
