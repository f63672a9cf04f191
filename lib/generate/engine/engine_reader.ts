// The decoder: a transformer's numbers, packed, and the keys and values of all that it has read. What several texts
// begin with is read once.

import { breathe } from "../../interrupt.ts";
import type { ModelConfig } from "../../model/config.ts";
import type { Reader, Reading, ReadText } from "../reader.ts";
import { Arena, LastingRoom } from "./arena.ts";
import { Forward, MOST_ROWS, type Row } from "./forward.ts";
import type { Kernels } from "./kernels.ts";
import { KvCache } from "./kv_cache.ts";
import { NativeKernels } from "./native_kernels.ts";
import type { Precision } from "./packed_matrix.ts";
import { WasmKernels } from "./wasm_kernels.ts";
import { packWeights, type ReadParameter } from "./weights.ts";

/** What computes: machine code where this machine allows it, else WebAssembly. */
export type EngineKind = "native" | "wasm";

/** Tokens that a text gets room for at its beginning, at most; longer texts get more when they need it. */
const MOST_EXPECTED = 1024;

/** How a decoder is made. */
export interface EngineOptions {
  precision: Precision;
  read: ReadParameter;
  /** The fastest that works here by default. */
  kind?: EngineKind;
}

/** Reads texts with a copy of a model's numbers, made when it is made. */
export class EngineReader implements Reader {
  readonly name: string;
  readonly #config: ModelConfig;
  readonly #arena = new Arena();
  readonly #forward: Forward;
  readonly #room = new LastingRoom(this.#arena);
  readonly #packing: { precision: Precision; keepsBytes: boolean };

  /** @throws {ConfigError} if there is not enough memory */
  constructor(config: ModelConfig, { precision, read, kind }: EngineOptions) {
    this.#config = config;
    const kernels = openKernels(this.#arena, kind);
    this.#packing = { precision, keepsBytes: kernels instanceof NativeKernels };
    const weights = packWeights(this.#room, config, { ...this.#packing, read });
    this.#forward = new Forward(config, { arena: this.#arena, kernels, weights });
    this.name = `${kernels.name}, ${precision}`;
  }

  /** Goes on with other numbers of the same model, in the same memory. */
  update(read: ReadParameter): void {
    this.#room.restart();
    this.#forward.weights = packWeights(this.#room, this.#config, { ...this.#packing, read });
  }

  begin({ expected }: { expected: number }): ReadText {
    const capacity = Math.min(expected, this.#config.context, MOST_EXPECTED);
    return new KvCache(this.#arena, this.#config, capacity);
  }

  async read(
    readings: readonly Reading[],
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<Float32Array[]> {
    const logits = new Map<Reading, Float32Array>();
    const alike = firstAlike(readings);
    let turn = 0;
    for (const rows of turnsOf(readings.filter((_, i) => alike[i] === i))) {
      if (turn++ > 0) await breathe();
      if (signal?.aborted) return [];
      this.#forward.read(rows);
      const last = [...rows.keys()].filter((row) => rows[row].ends !== undefined);
      const scores = this.#forward.logits(last);
      last.forEach((row, i) => logits.set(rows[row].ends!, scores[i]));
    }
    return readings.map((reading, i) => {
      const first = readings[alike[i]];
      if (first === reading) return logits.get(reading)!;
      (reading.text as KvCache).beginAs(first.text as KvCache);
      return logits.get(first)!.slice();
    });
  }
}

/**
 * For each reading the index of the first that reads the same: its own, but where several texts begin with the same
 * tokens, as many answers to one question do. Those are read once.
 */
function firstAlike(readings: readonly Reading[]): number[] {
  const firsts = new Map<string, number>();
  return readings.map(({ text, tokens }, i) => {
    if (text.length > 0) return i;
    const beginning = tokens.join();
    const first = firsts.get(beginning) ?? i;
    firsts.set(beginning, first);
    return first;
  });
}

/** A row that says which reading it is the last of. */
type TurnRow = Row & { readonly ends: Reading | undefined };

/** All new tokens in turns of as many as are read at once, those of a text in their order. */
function* turnsOf(readings: readonly Reading[]): Generator<TurnRow[]> {
  let rows: TurnRow[] = [];
  for (const reading of readings) {
    const cache = reading.text as KvCache;
    const { tokens } = reading;
    const start = cache.length;
    for (let i = 0; i < tokens.length; i++) {
      const ends = i === tokens.length - 1 ? reading : undefined;
      rows.push({ cache, position: start + i, token: tokens[i], ends });
      if (rows.length < MOST_ROWS) continue;
      yield rows;
      rows = [];
    }
  }
  if (rows.length > 0) yield rows;
}

function openKernels(arena: Arena, kind: EngineKind | undefined): Kernels {
  if (kind === "wasm") return new WasmKernels(arena);
  try {
    return new NativeKernels(arena);
  } catch (error) {
    if (kind === "native") throw error;
    return new WasmKernels(arena);
  }
}
