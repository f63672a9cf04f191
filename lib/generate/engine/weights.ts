// A transformer's parameters as a decoder keeps them: matrices packed, those that read the same numbers joined into
// one, and every head given a width that is a multiple of 32.

import type { ModelConfig } from "../../model/config.ts";
import { blockName } from "../../model/parameters.ts";
import type { Room } from "./arena.ts";
import {
  BLOCK,
  type MatrixSource,
  packBytes,
  type PackedMatrix,
  packFloats,
  padded,
  type Precision,
} from "./packed_matrix.ts";

/** The numbers of one parameter. */
export type ReadParameter = (name: string) => Float32Array | undefined;

/** A norm's parameters; without a gain it is as if there were no norm. */
export interface NormWeights {
  readonly gain: Float32Array;
  readonly bias: Float32Array | undefined;
}

/** A matrix and what is added to its product, as long as its columns. */
export interface LinearWeights {
  readonly matrix: PackedMatrix;
  readonly bias: Float32Array | undefined;
}

/** The parameters of one block. */
export interface LayerWeights {
  readonly attentionNorm: NormWeights;
  /** Queries of all heads, then keys, then values. */
  readonly qkv: LinearWeights;
  readonly queryNorm: Float32Array | undefined;
  readonly keyNorm: Float32Array | undefined;
  readonly output: LinearWeights;
  readonly mlpNorm: NormWeights;
  /** The gate, where there is one, then what goes through it. */
  readonly up: LinearWeights;
  readonly down: LinearWeights;
}

/** The parameters of a model. */
export interface Weights {
  readonly layers: readonly LayerWeights[];
  readonly finalNorm: NormWeights;
  /** (D, V): scores of the next token. Of a tied head it is the embedding as well. */
  readonly head: PackedMatrix;
  /** Writes the row of a token, shape (D). */
  readonly embed: (token: number, to: Float32Array) => void;
  readonly positions: Float32Array | undefined;
}

/** What packing is told beside the parameters. */
export interface PackOptions {
  precision: Precision;
  /** Whether int8 is kept as such, or as the floats it stands for. */
  keepsBytes: boolean;
}

/** Packs a model's parameters. */
export function packWeights(
  room: Room,
  config: ModelConfig,
  { read, ...options }: PackOptions & { read: ReadParameter },
): Weights {
  const packer = new Packer(room, config, { read, ...options });
  const { vocabularySize, width, tiedHead } = config;
  const embedding = read("embedding")!; // (V, D)
  const head = packer.pack(
    tiedHead
      ? { inputs: width, outputs: vocabularySize, readRow: columnOf(embedding, width) }
      : packer.part("head", { inputs: width, groups: 1, size: vocabularySize }),
  );
  // A tied head has the embedding's numbers already, unless they are rounded.
  const isKept = tiedHead && options.precision === "float32";
  const embed = isKept ? columnReader(room, head, width) : rowReader(embedding, width);
  return {
    layers: Array.from({ length: config.layers }, (_, layer) => packer.layer(layer)),
    finalNorm: packer.norm("final_norm"),
    head,
    embed,
    positions: read("positions")?.slice(),
  };
}

/** Reads the columns of a matrix of rows `width` long as if they were rows. */
function columnOf(matrix: Float32Array, width: number): MatrixSource["readRow"] {
  return (column, to) => {
    for (let i = 0; i < to.length; i++) to[i] = matrix[i * width + column];
  };
}

function rowReader(matrix: Float32Array, width: number): Weights["embed"] {
  const kept = matrix.slice(); // what is read from tfjs may not last
  return (row, to) => to.set(kept.subarray(row * width, (row + 1) * width));
}

function columnReader(
  room: Room,
  { address, inputs }: PackedMatrix,
  width: number,
): Weights["embed"] {
  return (column, to) => {
    const floats = room.floats;
    const lane = column % BLOCK;
    const first = address / 4 + (column - lane) * inputs + lane;
    for (let i = 0; i < width; i++) to[i] = floats[first + i * BLOCK];
  };
}

class Packer {
  readonly #room: Room;
  readonly #config: ModelConfig;
  readonly #read: ReadParameter;
  readonly #options: PackOptions;

  constructor(
    room: Room,
    config: ModelConfig,
    { read, ...options }: PackOptions & { read: ReadParameter },
  ) {
    this.#room = room;
    this.#config = config;
    this.#read = read;
    this.#options = options;
  }

  layer(layer: number): LayerWeights {
    const { width: inputs, heads, kvHeads, headWidth, mlpWidth, activation } = this.#config;
    const name = (part: string) => blockName(layer, part);
    const attention = (part: string, groups: number) =>
      this.part(name(`attention.${part}`), { inputs, groups, size: headWidth });
    const mlp = (part: string) =>
      this.part(name(`mlp.${part}`), { inputs, groups: 1, size: mlpWidth });
    const down = { inputs: mlpWidth, groups: 1, size: inputs };
    return {
      attentionNorm: this.norm(name("attention_norm")),
      qkv: this.#joined([
        attention("query", heads),
        attention("key", kvHeads),
        attention("value", kvHeads),
      ]),
      queryNorm: this.#read(name("attention.query_norm.gain"))?.slice(),
      keyNorm: this.#read(name("attention.key_norm.gain"))?.slice(),
      output: this.#fromHeads(name("attention.output")),
      mlpNorm: this.norm(name("mlp_norm")),
      up: this.#joined(activation === "swiglu" ? [mlp("gate"), mlp("up")] : [mlp("up")]),
      down: this.#joined([this.part(name("mlp.down"), down)]),
    };
  }

  norm(name: string): NormWeights {
    return {
      gain: this.#read(`${name}.gain`)!.slice(),
      bias: this.#read(`${name}.bias`)?.slice(),
    };
  }

  pack(source: MatrixSource): PackedMatrix {
    const { precision, keepsBytes } = this.#options;
    if (precision === "int8" && keepsBytes) return packBytes(this.#room, source);
    return packFloats(this.#room, source, { rounded: precision === "int8" });
  }

  /** The columns of one linear layer: `groups` of `size`, each made as wide as a multiple of 32. */
  part(
    name: string,
    { inputs, groups, size }: { inputs: number; groups: number; size: number },
  ): Part {
    const weight = this.#read(`${name}.weight`)!;
    const bias = this.#read(`${name}.bias`);
    const wide = padded(size);
    const widen = (values: Float32Array, to: Float32Array) => {
      for (let group = 0; group < groups; group++) {
        to.set(values.subarray(group * size, (group + 1) * size), group * wide);
      }
    };
    const columns = groups * size;
    return {
      inputs,
      outputs: groups * wide,
      readRow: (i, to) => widen(weight.subarray(i * columns, (i + 1) * columns), to),
      readBias: bias && ((to) => widen(bias, to)),
    };
  }

  /** Several layers of the same inputs as one. */
  #joined(parts: readonly Part[]): LinearWeights {
    const outputs = parts.reduce((sum, part) => sum + part.outputs, 0);
    const each = (to: Float32Array, act: (part: Part, to: Float32Array) => void) => {
      let start = 0;
      for (const part of parts) act(part, to.subarray(start, start += part.outputs));
    };
    const bias = new Float32Array(outputs);
    each(bias, ({ readBias }, to) => readBias?.(to));
    return {
      matrix: this.pack({
        inputs: parts[0].inputs,
        outputs,
        readRow: (i, to) => each(to, ({ readRow }, to) => readRow(i, to)),
      }),
      bias: parts.some(({ readBias }) => readBias !== undefined) ? bias : undefined,
    };
  }

  /** The attention's output: its inputs are heads that have been made wider. */
  #fromHeads(name: string): LinearWeights {
    const { heads, headWidth, width } = this.#config;
    const weight = this.#read(`${name}.weight`)!;
    const wide = padded(headWidth);
    return {
      matrix: this.pack({
        inputs: heads * wide,
        outputs: width,
        readRow(i, to) {
          if (i % wide >= headWidth) return;
          const row = Math.floor(i / wide) * headWidth + i % wide;
          to.set(weight.subarray(row * width, (row + 1) * width));
        },
      }),
      bias: this.#read(`${name}.bias`)?.slice(),
    };
  }
}

/** A linear layer to be packed. */
interface Part extends MatrixSource {
  readonly readBias: ((to: Float32Array) => void) | undefined;
}
