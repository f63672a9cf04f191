// The transformer once more, over the memory of a decoder: the same arithmetic as in lib/model/transformer.ts, which
// defines it, for any number of tokens of any number of texts at once.

import type { ModelConfig } from "../../model/config.ts";
import { ropeFrequencies } from "../../tensor/rope.ts";
import type { Arena } from "./arena.ts";
import { type Kernels, MOST_SHIFTS } from "./kernels.ts";
import type { KvCache } from "./kv_cache.ts";
import { BLOCK, type PackedMatrix, padded } from "./packed_matrix.ts";
import { Turns } from "./turns.ts";
import { addRows, geluExactRow, layerNormRow, relu2Row, rmsNormRow } from "./rows.ts";
import type { LayerWeights, LinearWeights, NormWeights, Weights } from "./weights.ts";

/** One token to read: whose it is, and its place in that text. */
export interface Row {
  readonly cache: KvCache;
  readonly position: number;
  readonly token: number;
}

/** Tokens that are read at once; more are read in turns. */
export const MOST_ROWS = 128;

/** Rows of one text that attend together. */
const ATTENDING = 8;

/** Rows whose next tokens are scored together. */
const SCORED = 8;

/** Reads tokens with a model's weights. */
export class Forward {
  readonly #config: ModelConfig;
  readonly #arena: Arena;
  readonly #kernels: Kernels;
  #weights: Weights;
  /** Widths as they are in memory. */
  readonly #width: number;
  readonly #head: number;
  readonly #inner: number;
  readonly #buffers: {
    x: number;
    h: number;
    qkv: number;
    mixed: number;
    up: number;
    logits: number;
  };
  #scores = { address: 0, stride: 0 };
  /** The largest score of each row that attends, and the sum of its exponentials. */
  readonly #shifts: number[] = [];
  readonly #sums: number[] = [];
  readonly #newSums: number[] = [];
  readonly #turns: Turns;

  constructor(
    config: ModelConfig,
    { arena, kernels, weights }: { arena: Arena; kernels: Kernels; weights: Weights },
  ) {
    this.#config = config;
    this.#arena = arena;
    this.#kernels = kernels;
    this.#weights = weights;
    this.#width = padded(config.width);
    this.#head = padded(config.headWidth);
    this.#inner = padded(config.mlpWidth);
    const { heads, kvHeads, headWidth, ropeTheta: theta, ropeScaling: scaling } = config;
    const ups = config.activation === "swiglu" ? 2 : 1;
    this.#buffers = {
      x: arena.take(MOST_ROWS * this.#width),
      h: arena.take(MOST_ROWS * this.#width),
      qkv: arena.take(MOST_ROWS * (heads + 2 * kvHeads) * this.#head),
      mixed: arena.take(MOST_ROWS * heads * this.#head),
      up: arena.take(MOST_ROWS * ups * this.#inner),
      logits: arena.take(SCORED * weights.head.blocks * BLOCK),
    };
    this.#turns = new Turns(
      config.positions === "rotary"
        ? ropeFrequencies(headWidth, { theta, scaling })
        : new Float64Array(),
    );
  }

  /** Goes on with other numbers of the same model. */
  set weights(weights: Weights) {
    this.#weights = weights;
  }

  /**
   * Reads at most {@linkcode MOST_ROWS} tokens; those of one text follow each other, in their order. Afterwards
   * `logits` tells what comes next.
   */
  read(rows: readonly Row[]): void {
    for (const { cache, position } of rows) {
      cache.reserve(position + 1);
      cache.length = position + 1;
    }
    for (const { position } of rows) this.#turns.reserve(position + 1);
    this.#reserveScores(Math.max(...rows.map(({ cache }) => cache.capacity)));
    this.#embed(rows);
    this.#weights.layers.forEach((layer, i) => {
      this.#normalise(layer.attentionNorm, rows.length);
      this.#attend(i, layer, rows);
      this.#normalise(layer.mlpNorm, rows.length);
      this.#think(layer, rows.length);
    });
    this.#normalise(this.#weights.finalNorm, rows.length);
  }

  /**
   * The scores of the tokens after some of the rows that were read; each row can be asked for once.
   *
   * @returns shape (V) for each of `rows`, which are indices in ascending order
   */
  logits(rows: readonly number[]): Float32Array[] {
    const { x, h, logits: y } = this.#buffers;
    const strideY = this.#weights.head.blocks * BLOCK;
    const all: Float32Array[] = [];
    for (let first = 0; first < rows.length; first += SCORED) {
      const some = rows.slice(first, first + SCORED);
      const floats = this.#arena.floats;
      // What x held has been normalised into h: it has room for the rows, one after the other.
      some.forEach((row, i) => {
        const from = h / 4 + row * this.#width;
        floats.copyWithin(x / 4 + i * this.#width, from, from + this.#width);
      });
      const { head } = this.#weights;
      this.#multiply(head, { rows: some.length, x, strideX: this.#width, y, strideY });
      for (let i = 0; i < some.length; i++) {
        const at = y / 4 + i * strideY;
        all.push(floats.slice(at, at + this.#config.vocabularySize));
      }
    }
    return all;
  }

  #embed(rows: readonly Row[]): void {
    const { width } = this.#config;
    const floats = this.#arena.floats;
    rows.forEach(({ token, position }, row) => {
      const at = this.#buffers.x / 4 + row * this.#width;
      const x = floats.subarray(at, at + width);
      this.#weights.embed(token, x);
      const { positions } = this.#weights;
      if (positions !== undefined) {
        for (let i = 0; i < width; i++) x[i] += positions[position * width + i];
      }
    });
  }

  /** h = norm(x) */
  #normalise({ gain, bias }: NormWeights, rows: number): void {
    const { norm, normEpsilon: epsilon } = this.#config;
    const floats = this.#arena.floats;
    for (let row = 0; row < rows; row++) {
      const from = this.#buffers.x / 4 + row * this.#width;
      const to = this.#buffers.h / 4 + row * this.#width;
      if (norm === "rmsnorm") rmsNormRow(floats, { from, to, gain, epsilon });
      else layerNormRow(floats, { from, to, gain, bias, epsilon });
    }
  }

  /** x += attention(h) */
  #attend(layer: number, weights: LayerWeights, rows: readonly Row[]): void {
    const { heads, kvHeads } = this.#config;
    const { h, qkv, mixed } = this.#buffers;
    const stride = (heads + 2 * kvHeads) * this.#head;
    this.#linear(weights.qkv, { rows: rows.length, x: h, strideX: this.#width, y: qkv, stride });
    rows.forEach((row, i) => this.#placeRow(layer, weights, row, qkv / 4 + i * stride));
    for (let first = 0; first < rows.length;) {
      let end = first + 1;
      while (
        end < rows.length && end - first < ATTENDING && rows[end].cache === rows[first].cache
      ) {
        end++;
      }
      this.#mix(layer, rows.slice(first, end), first);
      first = end;
    }
    const width = heads * this.#head;
    this.#addLinear(weights.output, { rows: rows.length, x: mixed, strideX: width });
  }

  /** Normalises and turns the queries and keys of one row, and keeps its keys and values. */
  #placeRow(
    layer: number,
    { queryNorm, keyNorm }: LayerWeights,
    { cache, position }: Row,
    at: number,
  ): void {
    const { heads, kvHeads, headWidth, positions, noRopeLayers, normEpsilon } = this.#config;
    const floats = this.#arena.floats;
    const isTurned = positions === "rotary" && !noRopeLayers.includes(layer);
    const scale = 1 / Math.sqrt(headWidth);
    for (let head = 0; head < heads + kvHeads; head++) {
      const from = at + head * this.#head;
      const gain = head < heads ? queryNorm : keyNorm;
      if (gain !== undefined) {
        rmsNormRow(floats, { from, to: from, gain, epsilon: normEpsilon });
      }
      if (isTurned) this.#turns.turn(floats, from, position);
      if (head < heads) { for (let i = 0; i < headWidth; i++) floats[from + i] *= scale; }
    }
    const keysAt = at + heads * this.#head;
    const valuesAt = keysAt + kvHeads * this.#head;
    const lane = position % BLOCK;
    for (let head = 0; head < kvHeads; head++) {
      const keys = (cache.keys(layer, head) + (position - lane) / BLOCK * cache.keyStride) / 4 +
        lane;
      const from = head * this.#head;
      for (let i = 0; i < headWidth; i++) floats[keys + i * BLOCK] = floats[keysAt + from + i];
      for (let block = 0; block < this.#head / BLOCK; block++) {
        const to = (cache.values(layer, head) + block * cache.valueStride) / 4 + position * BLOCK;
        const source = valuesAt + from + block * BLOCK;
        for (let i = 0; i < BLOCK; i++) floats[to + i] = floats[source + i];
      }
    }
  }

  /** mixed = softmax(q · K) · V for rows of one text, the first of them at index `first`. */
  #mix(layer: number, rows: readonly Row[], first: number): void {
    const { heads, kvHeads } = this.#config;
    const group = heads / kvHeads;
    const stride = (heads + 2 * kvHeads) * this.#head;
    const x = this.#buffers.qkv + 4 * first * stride;
    const y = this.#buffers.mixed + 4 * first * heads * this.#head;
    const { cache } = rows[0];
    if (rows.length === 1) {
      // The heads that share keys are rows of one product.
      const lengths = new Array<number>(group).fill(rows[0].position + 1);
      const strides = { strideX: this.#head, strideY: this.#head };
      return this.#mixHeads({ layer, cache, lengths, x, y, ...strides });
    }
    const lengths = rows.map(({ position }) => position + 1);
    const strides = { strideX: stride, strideY: heads * this.#head };
    for (let i = 0; i < group; i++) {
      const offset = 4 * i * this.#head;
      this.#mixHeads({ layer, cache, lengths, x: x + offset, y: y + offset, ...strides });
    }
  }

  /**
   * For every key head as many queries as there are `lengths`, each of which sees so many tokens, the last the
   * most.
   */
  #mixHeads({ layer, cache, lengths, x, y, strideX, strideY }: {
    layer: number;
    cache: KvCache;
    lengths: readonly number[];
    x: number;
    y: number;
    strideX: number;
    strideY: number;
  }): void {
    const { headWidth, kvHeads: count, heads } = this.#config;
    const { address: scores, stride } = this.#scores;
    const rows = lengths.length;
    const seen = lengths[rows - 1];
    const apart = 4 * heads / count * this.#head; // from a key head's queries to the next one's
    const scoresApart = 4 * rows * stride;
    const w = cache.headStride;
    this.#kernels.multiply({
      ...{ rows, x, strideX, y: scores, strideY: stride, inputs: headWidth },
      w: cache.keys(layer, 0),
      blocks: padded(seen) / BLOCK,
      blockStride: cache.keyStride,
      heads: { count, x: apart, w, y: scoresApart },
    });
    for (let row = 0; row < count * rows; row += MOST_SHIFTS) {
      this.#weigh({ first: row, end: Math.min(row + MOST_SHIFTS, count * rows), lengths });
    }
    this.#kernels.multiply({
      ...{ rows, x: scores, strideX: stride, y, strideY, inputs: seen },
      w: cache.values(layer, 0),
      blocks: this.#head / BLOCK,
      blockStride: cache.valueStride,
      heads: { count, x: scoresApart, w, y: apart },
    });
    const floats = this.#arena.floats;
    for (let row = 0; row < count * rows; row++) {
      const at = (y + Math.floor(row / rows) * apart) / 4 + row % rows * strideY;
      for (let i = at; i < at + headWidth; i++) floats[i] /= this.#sums[row];
    }
  }

  /** Scores become exponentials, and their sums are kept. */
  #weigh(
    { first, end, lengths }: { first: number; end: number; lengths: readonly number[] },
  ): void {
    const { address, stride } = this.#scores;
    const floats = this.#arena.floats;
    const length = padded(lengths[lengths.length - 1]);
    const [shifts, sums] = [this.#shifts, this.#newSums];
    for (let row = first; row < end; row++) {
      const at = address / 4 + row * stride;
      const seen = lengths[row % lengths.length];
      let largest = -Infinity;
      for (let i = at; i < at + seen; i++) if (floats[i] > largest) largest = floats[i];
      shifts[row - first] = largest;
      floats.fill(-Infinity, at + seen, at + length); // what is not seen weighs nothing
    }
    const x = address + 4 * first * stride;
    this.#kernels.exponentials({ x, rows: end - first, stride, length, shifts, sums });
    for (let row = first; row < end; row++) this.#sums[row] = sums[row - first];
  }

  /** x += mlp(h) */
  #think({ up, down }: LayerWeights, rows: number): void {
    const { activation } = this.#config;
    const address = this.#buffers.up;
    const stride = up.matrix.blocks * BLOCK;
    this.#linear(up, { rows, x: this.#buffers.h, strideX: this.#width, y: address, stride });
    const floats = this.#arena.floats;
    for (let row = 0; row < rows; row++) {
      const x = address + 4 * row * stride;
      const length = this.#inner;
      if (activation === "swiglu") {
        this.#kernels.activate("silu", x, { length, up: x + 4 * length });
      } else if (activation === "gelu") this.#kernels.activate("gelu", x, { length });
      else if (activation === "gelu_exact") geluExactRow(floats, x / 4, length);
      else relu2Row(floats, x / 4, length);
    }
    this.#addLinear(down, { rows, x: address, strideX: stride });
  }

  #linear(
    { matrix, bias }: LinearWeights,
    { rows, x, strideX, y, stride }: {
      rows: number;
      x: number;
      strideX: number;
      y: number;
      stride: number;
    },
  ): void {
    this.#multiply(matrix, { rows, x, strideX, y, strideY: stride });
    if (bias === undefined) return;
    const floats = this.#arena.floats;
    for (let row = 0; row < rows; row++) {
      const at = y / 4 + row * stride;
      for (let i = 0; i < bias.length; i++) floats[at + i] += bias[i];
    }
  }

  /** x += linear(…), by way of h, which is free. */
  #addLinear(
    weights: LinearWeights,
    { rows, x, strideX }: { rows: number; x: number; strideX: number },
  ): void {
    const { x: sum, h } = this.#buffers;
    this.#linear(weights, { rows, x, strideX, y: h, stride: this.#width });
    addRows(this.#arena.floats, { to: sum / 4, from: h / 4, length: rows * this.#width });
  }

  #multiply(
    { precision, inputs, blocks, address, scales }: PackedMatrix,
    at: { rows: number; x: number; strideX: number; y: number; strideY: number },
  ): void {
    const isBytes = precision === "int8";
    this.#kernels.multiply({
      ...at,
      inputs,
      w: address,
      blocks,
      blockStride: (isBytes ? 1 : 4) * inputs * BLOCK,
      scales: isBytes ? scales : undefined,
    });
  }

  #reserveScores(capacity: number): void {
    if (capacity <= this.#scores.stride) return;
    const { heads, kvHeads } = this.#config;
    const rows = Math.max(ATTENDING * kvHeads, heads);
    if (this.#scores.stride > 0) {
      this.#arena.giveBack(this.#scores.address, rows * this.#scores.stride);
    }
    this.#scores = { address: this.#arena.take(rows * capacity), stride: capacity };
  }
}
