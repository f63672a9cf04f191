// What the forward and the backward pass of fused attention have in common: the walk over heads and blocks of
// queries, and the parts that both are made of.

import { type Assembler, type Label, R12, R9 } from "../products/assembler.ts";
import { BLOCK_C, emitMicroKernel, type MicroKernel } from "../products/micro_kernel.ts";
import { emitPackColumns, PACK_FROM, PACK_TO, type Panel } from "../products/packing.ts";
import { cutRows, mostRows } from "../products/plan.ts";
import { Subroutines } from "../products/subroutines.ts";
import { BLOCK_A, type Emitter, PANEL_B } from "../products/sums.ts";
import {
  type Blocks,
  copySlot,
  cutQueries,
  layScratch,
  loadSlot,
  repeatFromSlot,
  repeatInSlot,
  SCRATCH,
  type Scratch,
  type Slot,
  slot,
  slotMemory,
} from "./frame.ts";
import { type AttentionShape, headStatistics } from "./shape.ts";
import {
  CausalMask,
  emitMix,
  emitScale,
  emitScores,
  type Pass,
  type Scores,
} from "./subroutines.ts";

const FLOAT = 4;

/** A block of queries: all of the same size but the last one. */
export interface Block {
  readonly queries: number;
  /** Registers across the block. */
  readonly vectors: number;
  readonly isWhole: boolean;
}

/** A run of key rows within a chunk. */
export interface KeyRows {
  readonly rows: number;
  /** Where the first stands among the queries of the block; undefined if before all of them. */
  readonly position?: number;
}

/** Some columns of a head: a panel one or two registers wide. */
export interface Columns {
  readonly start: number;
  readonly vectors: number;
  /** Lanes of the last register; all of them where undefined. */
  readonly lastLanes?: number;
}

/** Emits the parts of attention of one shape. */
export class AttentionEmitter {
  readonly shape: AttentionShape;
  readonly emitter: Emitter;
  readonly assembler: Assembler;
  readonly subroutines: Subroutines;
  readonly scratch: Scratch;
  readonly blocks: Blocks;
  readonly #mask: CausalMask;

  constructor(shape: AttentionShape, emitter: Emitter) {
    this.shape = shape;
    this.emitter = emitter;
    this.assembler = emitter.assembler;
    this.subroutines = new Subroutines(emitter);
    this.scratch = layScratch(shape, emitter.unit);
    this.blocks = cutQueries(shape.context, emitter.unit);
    this.#mask = new CausalMask(emitter);
  }

  /** Emits what stands behind the function. */
  finish(): void {
    this.subroutines.emit();
    this.#mask.finish();
  }

  /**
   * The loops over texts, groups of heads, heads and blocks of queries.
   *
   * @param moves the slots of operands that lie like the queries, with what is between positions, and like keys
   */
  walk(
    { likeQueries, likeKeys, ofBlocks }: {
      likeQueries: readonly (readonly [Slot, number])[];
      likeKeys: readonly (readonly [Slot, number])[];
      /** Slots that move with the blocks: where they begin, and how far one block is. */
      ofBlocks: readonly { slot: Slot; from: Slot; floats: number }[];
    },
    { group, block }: { group: () => void; block: (block: Block) => void },
  ): void {
    const { assembler } = this;
    const { batch, context, heads, groups, width } = this.shape;
    const move = (name: Slot, floats: number) =>
      assembler.addToMemory(slotMemory(name), FLOAT * floats);
    repeatInSlot(assembler, { counter: "batches", count: batch }, () => {
      repeatInSlot(assembler, { counter: "groups", count: groups }, () => {
        group();
        repeatInSlot(assembler, { counter: "heads", count: heads / groups }, () => {
          for (const { slot, from } of ofBlocks) copySlot(assembler, slot, from);
          this.#walkBlocks(block, () => {
            for (const { slot, floats } of ofBlocks) move(slot, floats);
          });
          for (const [name] of likeQueries) move(name, width);
          move("statistics", headStatistics(context));
        });
        for (const [name] of likeKeys) move(name, width);
      });
      for (const [name, row] of likeQueries) move(name, context * row - heads * width);
      for (const [name, row] of likeKeys) move(name, context * row - groups * width);
    });
  }

  #walkBlocks(block: (block: Block) => void, next: () => void): void {
    const { assembler } = this;
    const { queries, whole, rest } = this.blocks;
    const { lanes } = this.emitter.unit;
    this.#setSlot("chunks", 0);
    this.#setSlot("rounds", queries / 4);
    repeatInSlot(assembler, { counter: "blocks", count: whole }, () => {
      block({ queries, vectors: 2, isWhole: true });
      next();
      assembler.addToMemory(slotMemory("chunks"), 1);
      assembler.addToMemory(slotMemory("rounds"), queries / 4);
    });
    if (rest > 0) block({ queries: rest, vectors: Math.ceil(rest / lanes), isWhole: false });
  }

  #setSlot(name: Slot, value: number): void {
    this.assembler.moveConstant(R9, value);
    this.assembler.store64(slotMemory(name), R9);
  }

  /** Transposes the rows of a block into the scratch buffer. */
  pack(block: Block, { from, row, to }: { from: Slot; row: number; to: number }): void {
    const { assembler } = this;
    const { queries, vectors } = block;
    loadSlot(assembler, PACK_FROM, from);
    assembler.address(PACK_TO, { base: SCRATCH, offset: to });
    const panel: Panel = { k: this.shape.width, vectors, lanes: queries, row };
    assembler.call(
      this.subroutines.want(["pack", panel], () => emitPackColumns(this.emitter, panel)),
    );
  }

  /** Packs the queries of a block, scaled so that weights are powers of two of the scores. */
  packQueries(block: Block): void {
    const { width, rowQuery } = this.shape;
    const { queries } = this.scratch;
    this.pack(block, { from: "blockQuery", row: rowQuery, to: queries });
    this.assembler.address(R9, { base: SCRATCH, offset: queries });
    const scale = { count: width * block.vectors, factor: Math.LOG2E / Math.sqrt(width) };
    this.assembler.call(
      this.subroutines.want(["scale", scale], () => emitScale(this.emitter, scale)),
    );
  }

  /** The loop over the rows of all keys that the block sees. */
  keyRows(block: Block, body: (rows: KeyRows) => void): void {
    const { assembler } = this;
    const most = mostRows(block.vectors, this.emitter.unit);
    const chunk = () => {
      for (const { blocks } of cutRows(this.blocks.queries, most)) {
        for (const { rows, count } of blocks) for (let i = 0; i < count; i++) body({ rows });
      }
    };
    repeatFromSlot(assembler, "chunks", chunk);
    let position = 0;
    for (const { blocks } of cutRows(block.queries, most)) {
      for (const { rows, count } of blocks) {
        for (let i = 0; i < count; i++, position += rows) body({ rows, position });
      }
    }
  }

  /** Scores of some keys, whose address R8 holds, for a block; written to BLOCK_C. */
  scores(block: Block, keys: KeyRows, into: Scores["into"]): void {
    const { width, rowKey } = this.shape;
    const { vectors } = block;
    this.assembler.address(PANEL_B, { base: SCRATCH, offset: this.scratch.queries });
    const scores: Scores = {
      ...keys,
      ...{ vectors, k: width, into },
      strideA: { row: rowKey, column: 1 },
      rowB: vectors * this.emitter.unit.lanes,
    };
    this.assembler.call(
      this.subroutines.want(
        ["scores", scores],
        () => emitScores(this.emitter, { ...scores, mask: this.#mask, scratch: this.scratch }),
      ),
    );
  }

  /** The columns of a head. */
  columns(): Columns[] {
    const { lanes } = this.emitter.unit;
    const { width } = this.shape;
    const all: Columns[] = [];
    for (let start = 0; start < width; start += 2 * lanes) {
      const size = Math.min(2 * lanes, width - start);
      all.push({ start, vectors: Math.ceil(size / lanes), lastLanes: size % lanes || undefined });
    }
    return all;
  }

  /**
   * For each query of a block, the sum of the rows of an operand that lies like the keys, weighted by
   * numbers of the scratch buffer.
   */
  mix(block: Block, { weights, values, row, to, rowTo, isScaled }: {
    weights: number;
    values: Slot;
    row: number;
    to: Slot;
    rowTo: number;
    /** Whether the sums are multiplied by the queries' factors. */
    isScaled: boolean;
  }): void {
    const { assembler, emitter: { unit } } = this;
    const across = block.vectors * unit.lanes;
    for (const { start, vectors, lastLanes } of this.columns()) {
      let query = 0;
      for (const { blocks } of cutRows(block.queries, mostRows(vectors, unit))) {
        for (const { rows, count } of blocks) {
          for (let i = 0; i < count; i++, query += rows) {
            assembler.address(BLOCK_A, { base: SCRATCH, offset: weights + FLOAT * query });
            loadSlot(assembler, PANEL_B, values, FLOAT * start);
            loadSlot(assembler, BLOCK_C, to, FLOAT * (query * rowTo + start));
            const sums = {
              ...{ rows, vectors, rowB: row, panelLanes: lastLanes, rowC: rowTo },
              ...(block.isWhole ? { k: 0, rounds: slot("rounds") } : { k: this.shape.context }),
              strideA: { row: 1, column: across },
            };
            if (isScaled) {
              assembler.address(R12, {
                base: SCRATCH,
                offset: this.scratch.factors + FLOAT * query,
              });
              assembler.call(
                this.subroutines.want(["mix", sums], () => emitMix(this.emitter, sums)),
              );
            } else {
              assembler.call(this.micro({ ...sums, addsC: false }));
            }
          }
        }
      }
    }
  }

  /** A subroutine that writes a block of sums, or adds it. */
  micro(kernel: Omit<MicroKernel, "lastLanes" | "fetchesC" | "addsBias" | "isKept">): Label {
    const never = { fetchesC: false, addsBias: false, isKept: false };
    const all = { ...kernel, ...never, lastLanes: kernel.panelLanes };
    return this.subroutines.want(["micro", all], () => emitMicroKernel(this.emitter, all));
  }

  /** What a pass over the weights of a block has to know. */
  pass({ vectors, isWhole }: Block): Pass {
    return isWhole ? { vectors } : { vectors, keys: this.shape.context };
  }
}
