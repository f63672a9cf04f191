// The loops of decoding in machine code, made when a shape is first asked for.

import { bestInstructionSet, readCpuFeatures } from "../../tensor/products/cpu_features.ts";
import {
  type CodeLoader,
  type LoadedCode,
  openCodeLoader,
} from "../../tensor/products/executable_memory.ts";
import { type InstructionSet, VECTOR_UNITS } from "../../tensor/products/vector_instructions.ts";
import type { Arena } from "./arena.ts";
import { activationCode, ELEMENT_ARGUMENTS, exponentialsCode, SUM_BYTES } from "./element_code.ts";
import type { ExponentialRows, Kernels, RowActivation, RowProduct } from "./kernels.ts";
import { BLOCK, type Precision, SCALE_GROUP } from "./packed_matrix.ts";
import { mostBlocks, mostRows, ROW_ARGUMENTS, rowCode, type RowShape } from "./row_code.ts";

/** Machine code of this processor, for one arena. */
export class NativeKernels implements Kernels {
  readonly name: string;
  readonly #set: InstructionSet;
  readonly #load: CodeLoader;
  readonly #arena: Arena;
  readonly #code = new Map<string, LoadedCode>();
  readonly #rowArguments = new Uint32Array(16);
  readonly #elementArguments = new Float32Array(ELEMENT_ARGUMENTS.size / 4);
  readonly #elementCounts = new Uint32Array(this.#elementArguments.buffer);
  readonly #rowAddress = addressOf(this.#rowArguments);
  readonly #elementAddress = addressOf(this.#elementArguments);
  #buffer: ArrayBufferLike | undefined;
  #base = 0n;
  /** The code for one row, by the number of blocks: asked for at every step. */
  readonly #single: Record<Precision, (LoadedCode | undefined)[]> = { float32: [], int8: [] };

  /**
   * @param options.set the instruction set; the best that the processor has by default
   * @throws {Error} if code cannot be generated here; the message says why
   */
  constructor(arena: Arena, { set }: { set?: InstructionSet } = {}) {
    this.#load = openCodeLoader();
    const features = set ?? bestInstructionSet(readCpuFeatures(this.#load));
    if (features === undefined) {
      throw new Error("the processor has neither AVX-512 nor AVX2 with FMA");
    }
    this.#set = features;
    this.#arena = arena;
    this.name = `${features} machine code`;
  }

  multiply(product: RowProduct): void {
    const { rows, x, y, strideX, strideY, blocks, blockStride } = product;
    const precision = product.scales === undefined ? "float32" : "int8";
    this.#setInputs(product, precision);
    const most = mostRows(this.#set, precision);
    for (let row = 0; row < rows;) {
      const count = Math.min(most, rows - row);
      const fromX = x + 4 * row * strideX;
      const at = y + 4 * row * strideY;
      if (count > 1) {
        this.#run({ precision, rows: count, strideX, strideY, blocks: 1 }, product, {
          x: fromX,
          y: at,
          turns: blocks,
        });
      } else {
        const together = mostBlocks(this.#set, precision);
        const turns = Math.floor(blocks / together);
        const shape = { precision, rows: 1, strideX: 0, strideY: 0 } as const;
        this.#run({ ...shape, blocks: together }, product, { x: fromX, y: at, turns });
        const done = turns * together;
        const rest = { x: fromX, w: product.w + done * blockStride, y: at + 4 * BLOCK * done };
        this.#run({ ...shape, blocks: 1 }, product, { ...rest, turns: blocks - done, done });
      }
      row += count;
    }
  }

  exponentials({ x, rows, stride, length, shifts, sums }: ExponentialRows): void {
    const given = this.#elementArguments;
    const { lanes } = VECTOR_UNITS[this.#set];
    for (let row = 0; row < rows; row++) given[ELEMENT_ARGUMENTS.shifts / 4 + row] = shifts[row];
    this.#elementCounts[ELEMENT_ARGUMENTS.rows / 4] = rows;
    this.#elementCounts[ELEMENT_ARGUMENTS.stride / 4] = 4 * stride;
    this.#runElements("exp", { x, up: 0, length });
    for (let row = 0; row < rows; row++) {
      const first = (ELEMENT_ARGUMENTS.sums + SUM_BYTES * row) / 4;
      let sum = 0;
      for (let lane = 0; lane < lanes; lane++) sum += given[first + lane];
      sums[row] = sum;
    }
  }

  activate(
    activation: RowActivation,
    x: number,
    { length, up }: { length: number; up?: number },
  ): void {
    const isGated = up !== undefined;
    this.#runElements(isGated ? `${activation} gated` : activation, { x, up: up ?? 0, length });
  }

  /** What all calls of one product share. */
  #setInputs(
    { inputs, blockStride, scales = 0, heads }: RowProduct,
    precision: Precision,
  ): void {
    const given = this.#rowArguments;
    given[ROW_ARGUMENTS.stepX / 4] = heads?.x ?? 0;
    given[ROW_ARGUMENTS.stepW / 4] = heads?.w ?? 0;
    given[ROW_ARGUMENTS.stepY / 4] = heads?.y ?? 0;
    const step = precision === "int8" ? SCALE_GROUP : 4;
    given[ROW_ARGUMENTS.blockStride / 4] = blockStride;
    given[ROW_ARGUMENTS.scales / 4] = scales;
    given[ROW_ARGUMENTS.scaleStride / 4] = 4 * BLOCK * Math.floor(inputs / SCALE_GROUP);
    given[ROW_ARGUMENTS.steps / 4] = Math.floor(inputs / step);
    given[ROW_ARGUMENTS.rest / 4] = inputs % step;
  }

  #run(
    shape: RowShape,
    { w, scales = 0, heads }: RowProduct,
    at: { x: number; w?: number; y: number; turns: number; done?: number },
  ): void {
    if (at.turns === 0) return;
    const given = this.#rowArguments;
    given[ROW_ARGUMENTS.x / 4] = at.x;
    given[ROW_ARGUMENTS.heads / 4] = heads?.count ?? 1;
    given[ROW_ARGUMENTS.w / 4] = at.w ?? w;
    given[ROW_ARGUMENTS.y / 4] = at.y;
    given[ROW_ARGUMENTS.turns / 4] = at.turns;
    given[ROW_ARGUMENTS.scales / 4] = scales +
      (at.done ?? 0) * given[ROW_ARGUMENTS.scaleStride / 4];
    this.#rowCode(shape).call(this.#rowAddress, this.#address());
  }

  #runElements(
    name: string,
    { x, up, length }: { x: number; up: number; length: number },
  ): void {
    const counts = this.#elementCounts;
    counts[ELEMENT_ARGUMENTS.x / 4] = x;
    counts[ELEMENT_ARGUMENTS.up / 4] = up;
    counts[ELEMENT_ARGUMENTS.turns / 4] = length / BLOCK;
    this.#elementCode(name).call(this.#elementAddress, this.#address());
  }

  #rowCode(shape: RowShape): LoadedCode {
    const { precision, rows, blocks, strideX, strideY } = shape;
    if (rows === 1) {
      return this.#single[precision][blocks] ??= this.#load(rowCode(shape, this.#set));
    }
    const key = `${precision} ${rows} ${strideX} ${strideY}`;
    return this.#remember(key, () => rowCode(shape, this.#set));
  }

  #elementCode(name: string): LoadedCode {
    return this.#remember(name, () => {
      if (name === "exp") return exponentialsCode(this.#set);
      const [activation, gated] = name.split(" ");
      return activationCode(this.#set, activation as RowActivation, {
        isGated: gated !== undefined,
      });
    });
  }

  #remember(key: string, make: () => Uint8Array<ArrayBuffer>): LoadedCode {
    let code = this.#code.get(key);
    if (code === undefined) this.#code.set(key, code = this.#load(make()));
    return code;
  }

  /** Asked for again when the memory has grown, and may have moved. */
  #address(): bigint {
    const { buffer } = this.#arena.memory;
    if (buffer !== this.#buffer) {
      this.#buffer = buffer;
      this.#base = addressOf(new Uint8Array(buffer));
    }
    return this.#base;
  }
}

function addressOf(view: ArrayBufferView): bigint {
  return Deno.UnsafePointer.value(Deno.UnsafePointer.of(view as Uint8Array<ArrayBuffer>));
}
