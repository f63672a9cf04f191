// The second of two files. The first, parameters.safetensors, holds the numbers that were learned, with a
// description of the model's shape and of its tokenizer. This one reads them and writes text. Nothing
// else is needed: there is no import in here, and what you see is everything that happens.
//
//     deno run --allow-read run.ts "The old boat"
//     node run.ts "The old boat" --tokens 100 --temperature 0.8 --topK 40 --topP 0.95 --seed 1
//
// It is TypeScript without a word that JavaScript lacks, so that Node.js and browsers run it as it is; the
// types stand in comments. Begin at `write`, near the end, and follow it inward.
// @ts-check

/**
 * @typedef {Float32Array<ArrayBuffer>} Vector
 * @typedef {{ [choice: string]: any }} Config what the model is like, such as its number of layers
 * @typedef {{ encode: (text: string) => number[], bytes: Uint8Array[],
 *   specialTokens: { [token: string]: number } }} Tokenizer
 * @typedef {{ config: Config, tokenizer: Tokenizer, weights: { [name: string]: Vector } }} Model
 * @typedef {{ keys: Vector[][], values: Vector[][], length: number }} Cache
 * @typedef {{ [dial: string]: number | undefined }} Options
 */

// ── The file: a header that says where each array lies, then the arrays ─────────────────────────────
/** @type {(file: Uint8Array) => Model} */
function readModel(file) {
  const start = 8 + Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, start)));
  const { "dials.model": model, "dials.pieces": pieces } = header.__metadata__;
  const { config, tokenizer } = JSON.parse(model);
  const read = (/** @type {string} */ name) => {
    const [from, to] = header[name].data_offsets;
    const { buffer } = file.slice(start + from, start + to);
    return header[name].dtype === "I8" ? new Int8Array(buffer) : new Float32Array(buffer);
  };
  const weights = /** @type {Model["weights"]} */ ({});
  for (const name of Object.keys(header)) {
    if (name === "__metadata__" || name.endsWith(".scale")) continue;
    // Numbers stored as −127 to 127 have a scale for each row or each column.
    const scale = header[`${name}.scale`] ? read(`${name}.scale`) : [1];
    const step = header[`${name}.scale`]?.shape[1] === 1 ? header[name].shape[1] : 1;
    const scaleOf = (/** @type {number} */ i) => scale[Math.floor(i / step) % scale.length];
    weights[name] = Float32Array.from(read(name)).map((value, i) => value * scaleOf(i));
  }
  return { config, tokenizer: readTokenizer(tokenizer, pieces), weights };
}

// ── The tokenizer: text becomes numbers ─────────────────────────────────────────────────────────────
/** @type {(json: any, pieces: string) => Tokenizer} */
function readTokenizer(json, pieces) {
  const { characters = "", merges = [], merging = "characters", specialTokens = {} } = json;
  const utf8 = new TextEncoder();
  const bytes = Array.from(characters, (character) => utf8.encode(character)); // of each token
  json.bytes?.forEach((/** @type {number} */ id, /** @type {number} */ byte) => {
    if (id !== null) bytes[id] = Uint8Array.of(byte);
  });
  const parts = new Map(merges.map((/** @type {number[]} */ [a, b, id]) => [id, [a, b]]));
  /** @type {(id: number) => Uint8Array} */
  const bytesOf = (id) => bytes[id] ??= Uint8Array.from(parts.get(id).flatMap(bytesList));
  const bytesList = (/** @type {number} */ part) => [...bytesOf(part)];
  for (const [, , id] of merges) bytesOf(id);
  const whole = new Map(Object.entries(bytes).map(([id, token]) => [token.join(), Number(id)]));
  for (const [token, id] of Object.entries(specialTokens)) bytes[id] = utf8.encode(token);
  const joined = /** @type {Map<string, { rank: number, id: number }>} */ (new Map());
  for (const [rank, [a, b, id]] of merges.entries()) {
    joined.set(`${a} ${b}`, { rank: merging === "ranks" ? id : rank, id });
  }
  const encodePiece = (/** @type {string} */ piece) => {
    const encoded = utf8.encode(piece);
    const known = merging === "merges" ? undefined : whole.get(encoded.join());
    if (known !== undefined) return [known];
    const ids = Array.from(encoded, (byte) => json.bytes?.[byte] ?? -1);
    if (ids.includes(-1)) throw new Error(`The model does not know ${JSON.stringify(piece)}.`);
    for (;;) { // join the two neighbours that were joined first in learning, until none were
      let [best, place] = [{ rank: Infinity, id: 0 }, 0];
      for (let i = 0; i + 1 < ids.length; i++) {
        const pair = joined.get(`${ids[i]} ${ids[i + 1]}`);
        if (pair && pair.rank < best.rank) [best, place] = [pair, i];
      }
      if (best.rank === Infinity) return ids;
      ids.splice(place, 2, best.id);
    }
  };
  const encode = (/** @type {string} */ text) =>
    (text.match(new RegExp(pieces, "gu")) ?? []).flatMap(encodePiece);
  return { encode, bytes: Array.from(bytes, (token = new Uint8Array()) => token), specialTokens };
}

// ── The transformer: one token in, the score of every token to come next out ────────────────────────
/** @type {(model: Model, cache: Cache, token: number) => Vector} */
function forward(model, cache, token) {
  const { config, weights } = model;
  const position = cache.length++;
  const width = weights["final_norm.gain"].length;
  let x = row(weights.embedding, token, width);
  if (config.positions === "learned") x = add(x, row(weights.positions, position, width));
  for (let layer = 0; layer < config.layers; layer++) {
    const block = `blocks.${layer}`;
    x = add(x, attention(model, layer, norm(model, `${block}.attention_norm`, x), cache));
    x = add(x, feedForward(model, block, norm(model, `${block}.mlp_norm`, x)));
  }
  x = norm(model, "final_norm", x);
  if (!config.tiedHead) return linear(model, "head", x);
  const scores = new Float32Array(config.vocabularySize);
  return scores.map((_, id) => dot(x, weights.embedding, id * width));
}

/** Each head looks among the tokens so far: where its query agrees with a key, it takes of the value.
 * @type {(model: Model, layer: number, x: Vector, cache: Cache) => Vector} */
function attention(model, layer, x, cache) {
  const { heads, kvHeads, headWidth, positions, noRopeLayers } = model.config;
  const name = `blocks.${layer}.attention`;
  const isTurned = positions === "rotary" && !noRopeLayers.includes(layer);
  const position = isTurned ? cache.length - 1 : 0;
  const query = turned(model, `${name}.query`, x, position);
  const keys = cache.keys[layer] ??= [];
  const values = cache.values[layer] ??= [];
  keys.push(turned(model, `${name}.key`, x, position));
  values.push(linear(model, `${name}.value`, x));
  const mixed = new Float32Array(heads * headWidth);
  for (let head = 0; head < heads; head++) {
    const q = row(query, head, headWidth);
    const out = row(mixed, head, headWidth);
    const at = Math.floor(head * kvHeads / heads) * headWidth; // several heads may share a key
    const shares = softmax(keys.map((key) => dot(q, key, at) / Math.sqrt(headWidth)));
    for (const [past, share] of shares.entries()) {
      for (let i = 0; i < headWidth; i++) out[i] += share * values[past][at + i];
    }
  }
  return linear(model, `${name}.output`, mixed);
}

/** Queries or keys, turned by an angle that grows with the position, so that two tell their distance.
 * @type {(model: Model, name: string, x: Vector, position: number) => Vector} */
function turned(model, name, x, position) {
  const { headWidth, qkNorm } = model.config;
  const y = linear(model, name, x);
  for (let head = 0; head < y.length / headWidth; head++) {
    const h = row(y, head, headWidth);
    if (qkNorm) h.set(norm(model, `${name}_norm`, h));
    for (let i = 0; i < headWidth / 2; i++) {
      const angle = position * frequency(model.config, i);
      const [a, b] = [h[i], h[i + headWidth / 2]];
      h[i] = a * Math.cos(angle) - b * Math.sin(angle);
      h[i + headWidth / 2] = b * Math.cos(angle) + a * Math.sin(angle);
    }
  }
  return y;
}

/** How fast the `i`-th pair turns. A model may be stretched to reach further: slow pairs, not the fast.
 * @type {(config: Config, i: number) => number} */
function frequency({ ropeTheta, headWidth, ropeScaling }, i) {
  const frequency = ropeTheta ** (-2 * i / headWidth);
  if (!ropeScaling) return frequency;
  const { kind, factor, lowFrequency, highFrequency, originalContext } = ropeScaling;
  const waves = originalContext * frequency / (2 * Math.PI);
  const fast = (waves - lowFrequency) / (highFrequency - lowFrequency);
  const kept = kind === "linear" ? 0 : Math.min(1, Math.max(0, fast));
  return frequency * (kept + (1 - kept) / factor);
}

/** @type {(model: Model, block: string, x: Vector) => Vector} */
function feedForward(model, block, x) {
  const up = linear(model, `${block}.mlp.up`, x);
  const { activation } = model.config;
  const gate = activation === "swiglu" ? linear(model, `${block}.mlp.gate`, x) : up;
  const active = up.map((value, i) => ACTIVATIONS[activation](value, gate[i]));
  return linear(model, `${block}.mlp.down`, active);
}

/** @type {{ [name: string]: (x: number, gate: number) => number }} */
const ACTIVATIONS = {
  swiglu: (x, gate) => x * gate / (1 + Math.exp(-gate)),
  gelu: (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
  gelu_exact: (x) => x * normalShare(x),
  relu2: (x) => Math.max(0, x) ** 2,
};

/** The share of a normal distribution that lies below x. @type {(x: number) => number} */
function normalShare(x) {
  const z = Math.max(-8, Math.min(8, x));
  let [term, sum] = [z, z];
  for (let n = 3; n < 200; n += 2) sum += term *= z * z / n;
  return 0.5 + sum * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
}

/** @type {(model: Model, name: string, x: Vector) => Vector} */
function norm({ config, weights }, name, x) {
  const gain = weights[`${name}.gain`];
  const bias = weights[`${name}.bias`];
  const isCentred = config.norm === "layernorm" && !/(query|key)_norm$/.test(name);
  const mean = isCentred ? x.reduce((sum, value) => sum + value, 0) / x.length : 0;
  const centred = x.map((value) => value - mean);
  const scale = 1 / Math.sqrt(dot(centred, centred) / x.length + config.normEpsilon);
  return centred.map((value, i) => value * scale * gain[i] + (bias ? bias[i] : 0));
}

/** @type {(model: Model, name: string, x: Vector) => Vector} */
function linear({ weights }, name, x) {
  const weight = weights[`${name}.weight`]; // as many rows as x is long
  const y = new Float64Array(weight.length / x.length);
  y.set(weights[`${name}.bias`] ?? []);
  for (let i = 0, at = 0; i < x.length; i++) {
    for (let o = 0; o < y.length; o++, at++) y[o] += x[i] * weight[at];
  }
  return Float32Array.from(y);
}

/** @type {(matrix: Vector, index: number, width: number) => Vector} */
const row = (matrix, index, width) => matrix.subarray(index * width, (index + 1) * width);
/** @type {(a: Vector, b: Vector) => Vector} */
const add = (a, b) => a.map((value, i) => value + b[i]);

/** @type {(a: Vector, b: Vector, from?: number) => number} */
function dot(a, b, from = 0) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[from + i];
  return sum;
}

/** @type {(scores: number[]) => number[]} */
function softmax(scores) {
  const largest = scores.reduce((a, b) => Math.max(a, b));
  const exps = scores.map((score) => Math.exp(score - largest));
  const sum = exps.reduce((a, b) => a + b);
  return exps.map((e) => e / sum);
}

// ── Choosing and writing ────────────────────────────────────────────────────────────────────────────
/** @type {(scores: Vector, options: Options, dice: () => number) => number} */
function choose(scores, { temperature = 1, topK = Infinity, topP = 1 }, dice) {
  const order = [...scores.keys()].sort((a, b) => scores[b] - scores[a] || a - b);
  if (temperature === 0) return order[0];
  const likely = order.slice(0, topK);
  const shares = softmax(likely.map((id) => scores[id] / temperature));
  let sum = 0;
  const kept = likely.map((id, i) => ({ id, share: shares[i] }))
    .filter(({ share }) => sum < topP && (sum += share) > 0).sort((a, b) => a.id - b.id);
  let left = dice() * sum;
  return (kept.find(({ share }) => (left -= share) < 0) ?? kept[kept.length - 1]).id;
}

/** Chance that a seed decides (sfc32). @type {(seed: number) => () => number} */
function diceOf(seed) {
  let [a, b, c, count] = [seed | 0, Math.floor(seed / 2 ** 32) | 0, 0xcd840a92 | 0, 1];
  const next = () => {
    const result = (a + b + count++) | 0;
    [a, b] = [b ^ (b >>> 9), (c + (c << 3)) | 0];
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return (result >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}

/** The tokens that follow a prompt, one by one. A model sees no more than its context: when that is full,
 * it forgets the oldest quarter and reads the rest again.
 * @type {(model: Model, prompt: number[], options?: Options) => Generator<number>} */
function* write(model, prompt, options = {}) {
  const { tokens = 200, seed = Date.now(), stop } = options;
  const { config, tokenizer } = model;
  const dice = diceOf(seed);
  const quarter = Math.max(1, config.context >> 2);
  let text = [...prompt];
  let cache = /** @type {Cache} */ ({ keys: [], values: [], length: 0 });
  for (let count = 0; count < tokens; count++) {
    if (text.length > config.context) {
      const forgotten = Math.ceil((text.length - config.context) / quarter) * quarter;
      text = text.slice(Math.min(forgotten, text.length - 1));
      cache = { keys: [], values: [], length: 0 };
    }
    const [scores] = text.slice(cache.length).map((id) => forward(model, cache, id)).slice(-1);
    const token = choose(scores.subarray(0, tokenizer.bytes.length), options, dice);
    if (token === stop) return;
    yield token;
    text.push(token);
  }
}

/** The program, as Deno and Node.js start it; a page calls `readModel` and `write` itself. */
function main() {
  const { argv, stdout, getBuiltinModule } = process;
  const file = argv[1].replace(/run\.ts$/, "parameters.safetensors");
  const model = readModel(new Uint8Array(getBuiltinModule("node:fs").readFileSync(file)));
  const options = /** @type {Options} */ ({});
  const words = argv.slice(2).filter((word, i, all) => {
    if (word.startsWith("--")) options[word.slice(2)] = Number(all[i + 1]);
    return !word.startsWith("--") && !all[i - 1]?.startsWith("--");
  });
  const { encode, bytes } = model.tokenizer;
  const lineEnd = Math.max(0, bytes.findIndex((token) => token.join() === "10")); // begins a text
  const decoder = new TextDecoder(); // keeps half a character back until its other half has come
  stdout.write(words.join(" "));
  const prompt = words.length > 0 ? encode(words.join(" ")) : [lineEnd];
  for (const token of write(model, prompt, options)) {
    stdout.write(decoder.decode(bytes[token], { stream: true }));
  }
  stdout.write("\n");
}

if (globalThis.process?.argv[1]?.endsWith("run.ts")) main();
