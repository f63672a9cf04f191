// Generates the code of fused attention: one function for the forward pass of all texts and heads, one for the
// backward pass. Of the scores, only those of some queries exist at a time; the backward pass computes
// them anew. See Dao et al. 2022, "FlashAttention", and Rabe & Staats 2021, "Self-attention Does Not
// Need O(n²) Memory".

import { Assembler, R12, R14, R9, RSP } from "../products/assembler.ts";
import {
  type CallingConvention,
  emitFunction,
  hostConvention,
} from "../products/calling_convention.ts";
import { BLOCK_C } from "../products/micro_kernel.ts";
import { BLOCK_A, PANEL_B } from "../products/sums.ts";
import {
  type InstructionSet,
  VECTOR_UNITS,
  VectorAssembler,
} from "../products/vector_instructions.ts";
import { AttentionEmitter, type Block } from "./emitter.ts";
import { emitOperands, FRAME_SIZE, loadSlot, SCRATCH, type Slot } from "./frame.ts";
import type { AttentionShape } from "./shape.ts";
import { emitScoreGradients, emitSoftmax, emitWeightGradients, emitZeros } from "./subroutines.ts";

const FLOAT = 4;

/** Smaller than any score that a query can have. */
const LEAST_SCORE = -3e38;

/** Operands in the order in which the code of the forward pass is called with them. */
export const FORWARD_OPERANDS = ["query", "key", "value", "output", "statistics"] as const;

/** The same for the backward pass. */
export const BACKWARD_OPERANDS = [
  "query",
  "key",
  "value",
  "statistics",
  "outputGradient",
  "queryGradient",
  "keyGradient",
  "valueGradient",
] as const;

/** How code is to be written. */
interface Target {
  readonly set: InstructionSet;
  readonly convention?: CallingConvention;
}

/** Generated code, and the floats of scratch buffer that it needs. */
export interface AttentionCode {
  readonly code: Uint8Array<ArrayBuffer>;
  readonly scratch: number;
}

/** The machine code of the forward pass. */
export function generateForward(shape: AttentionShape, target: Target): AttentionCode {
  return generate(shape, target, FORWARD_OPERANDS, emitForward);
}

/** The machine code of the backward pass. */
export function generateBackward(shape: AttentionShape, target: Target): AttentionCode {
  return generate(shape, target, BACKWARD_OPERANDS, emitBackward);
}

function generate(
  shape: AttentionShape,
  { set, convention = hostConvention() }: Target,
  operands: readonly Slot[],
  emit: (attention: AttentionEmitter) => void,
): AttentionCode {
  const assembler = new Assembler();
  const vector = new VectorAssembler(assembler, set);
  const attention = new AttentionEmitter(shape, { assembler, vector, unit: VECTOR_UNITS[set] });
  emitFunction(assembler, {
    convention,
    body() {
      assembler.add(RSP, -FRAME_SIZE);
      emitOperands(assembler, operands);
      emit(attention);
      assembler.add(RSP, FRAME_SIZE);
      vector.leave();
    },
  });
  attention.finish();
  vector.finish();
  return { code: assembler.finish(), scratch: attention.scratch.floats };
}

function emitForward(attention: AttentionEmitter): void {
  const { shape, blocks: { queries } } = attention;
  const { heads, width, rowQuery, rowKey, rowValue } = shape;
  const rowOutput = heads * width;
  attention.walk(
    {
      likeQueries: [["query", rowQuery], ["output", rowOutput]],
      likeKeys: [["key", rowKey], ["value", rowValue]],
      ofBlocks: [
        { slot: "blockQuery", from: "query", floats: queries * rowQuery },
        { slot: "blockOutput", from: "output", floats: queries * rowOutput },
        { slot: "blockStatistics", from: "statistics", floats: 2 * queries },
      ],
    },
    { group: () => {}, block: (block) => emitForwardBlock(attention, block) },
  );
}

function emitForwardBlock(attention: AttentionEmitter, block: Block): void {
  const { assembler, emitter, scratch, shape, subroutines } = attention;
  const { vector, unit } = emitter;
  const across = block.vectors * unit.lanes;
  attention.packQueries(block);
  vector.constant(0, LEAST_SCORE);
  for (let v = 0; v < block.vectors; v++) {
    vector.store({ base: SCRATCH, offset: scratch.maxima + FLOAT * v * unit.lanes }, 0);
  }
  loadSlot(assembler, BLOCK_A, "key");
  assembler.address(BLOCK_C, { base: SCRATCH, offset: scratch.weights });
  attention.keyRows(block, (keys) => {
    attention.scores(block, keys, "maxima");
    assembler.add(BLOCK_A, FLOAT * keys.rows * shape.rowKey);
    assembler.add(BLOCK_C, FLOAT * keys.rows * across);
  });
  const pass = attention.pass(block);
  assembler.call(
    subroutines.want(["softmax", pass], () => emitSoftmax(emitter, { ...pass, scratch })),
  );
  attention.mix(block, {
    weights: scratch.weights,
    values: "value",
    row: shape.rowValue,
    to: "blockOutput",
    rowTo: shape.heads * shape.width,
    isScaled: true,
  });
}

function emitBackward(attention: AttentionEmitter): void {
  const { assembler, emitter, shape, subroutines, blocks: { queries } } = attention;
  const { context, heads, groups, width, rowQuery, rowKey, rowValue } = shape;
  const [ofQueries, ofKeys] = [heads * width, groups * width];
  const zeros = { rows: context, width, row: ofKeys };
  attention.walk(
    {
      likeQueries: [
        ["query", rowQuery],
        ["outputGradient", ofQueries],
        ["queryGradient", ofQueries],
      ],
      likeKeys: [
        ["key", rowKey],
        ["value", rowValue],
        ["keyGradient", ofKeys],
        ["valueGradient", ofKeys],
      ],
      ofBlocks: [
        { slot: "blockQuery", from: "query", floats: queries * rowQuery },
        { slot: "blockOutput", from: "outputGradient", floats: queries * ofQueries },
        { slot: "blockGradient", from: "queryGradient", floats: queries * ofQueries },
        { slot: "blockStatistics", from: "statistics", floats: 2 * queries },
      ],
    },
    {
      group() {
        // All heads of the group and all blocks of queries add to these.
        for (const gradient of ["keyGradient", "valueGradient"] as const) {
          loadSlot(assembler, R9, gradient);
          assembler.call(subroutines.want(["zeros", zeros], () => emitZeros(emitter, zeros)));
        }
      },
      block: (block) => emitBackwardBlock(attention, block),
    },
  );
}

function emitBackwardBlock(attention: AttentionEmitter, block: Block): void {
  const { assembler, emitter, scratch, shape, subroutines } = attention;
  const { width, heads, groups, rowQuery, rowKey } = shape;
  const [ofQueries, ofKeys] = [heads * width, groups * width];
  attention.packQueries(block);
  attention.pack(block, { from: "blockOutput", row: ofQueries, to: scratch.gradients });
  emitLoadStatistics(attention, block);
  emitWeights(attention, block);
  const pass = { ...attention.pass(block), scale: 1 / Math.sqrt(width) };
  assembler.call(subroutines.want(
    ["score gradients", pass],
    () => emitScoreGradients(emitter, { ...pass, scratch }),
  ));
  attention.mix(block, {
    weights: scratch.weightGradients,
    values: "key",
    row: rowKey,
    to: "blockGradient",
    rowTo: ofQueries,
    isScaled: false,
  });
  emitKeyGradients(attention, block, {
    weights: scratch.weights,
    panel: "blockOutput",
    rowPanel: ofQueries,
    to: "valueGradient",
    rowTo: ofKeys,
  });
  emitKeyGradients(attention, block, {
    weights: scratch.weightGradients,
    panel: "blockQuery",
    rowPanel: rowQuery,
    to: "keyGradient",
    rowTo: ofKeys,
  });
}

/** Brings the statistics of a block to the scratch buffer, and begins its sums. */
function emitLoadStatistics(attention: AttentionEmitter, { vectors }: Block): void {
  const { assembler, emitter: { vector, unit }, scratch } = attention;
  loadSlot(assembler, R9, "blockStatistics");
  const value = 0, zero = 1;
  vector.zero(zero);
  for (let v = 0; v < vectors; v++) {
    const offset = FLOAT * v * unit.lanes;
    vector.load(value, { base: R9, offset });
    vector.store({ base: SCRATCH, offset: scratch.maxima + offset }, value);
    vector.load(value, { base: R9, offset: offset + FLOAT * vectors * unit.lanes });
    vector.store({ base: SCRATCH, offset: scratch.factors + offset }, value);
    vector.store({ base: SCRATCH, offset: scratch.sums + offset }, zero);
  }
}

/** The weights of a block, and their gradients. */
function emitWeights(attention: AttentionEmitter, block: Block): void {
  const { assembler, emitter, scratch, shape, subroutines } = attention;
  const { width, rowKey, rowValue } = shape;
  const across = block.vectors * emitter.unit.lanes;
  const [keys, values] = [R12, R14];
  loadSlot(assembler, keys, "key");
  loadSlot(assembler, values, "value");
  assembler.address(BLOCK_C, { base: SCRATCH, offset: scratch.weights });
  attention.keyRows(block, (run) => {
    assembler.move(BLOCK_A, keys);
    attention.scores(block, run, "weights");
    assembler.move(BLOCK_A, values);
    assembler.address(PANEL_B, { base: SCRATCH, offset: scratch.gradients });
    const sums = {
      ...{ rows: run.rows, vectors: block.vectors, k: width, rowB: across },
      strideA: { row: rowValue, column: 1 },
    };
    assembler.call(subroutines.want(
      ["weight gradients", sums],
      () => emitWeightGradients(emitter, { ...sums, scratch }),
    ));
    assembler.add(keys, FLOAT * run.rows * rowKey);
    assembler.add(values, FLOAT * run.rows * rowValue);
    assembler.add(BLOCK_C, FLOAT * run.rows * across);
  });
}

/** Adds what the queries of a block contribute to the gradients of keys, or of values. */
function emitKeyGradients(
  attention: AttentionEmitter,
  block: Block,
  { weights, panel, rowPanel, to, rowTo }: {
    weights: number;
    panel: Slot;
    rowPanel: number;
    to: Slot;
    rowTo: number;
  },
): void {
  const { assembler, emitter: { unit } } = attention;
  const across = block.vectors * unit.lanes;
  for (const { start, vectors, lastLanes } of attention.columns()) {
    assembler.address(BLOCK_A, { base: SCRATCH, offset: weights });
    loadSlot(assembler, PANEL_B, panel, FLOAT * start);
    loadSlot(assembler, BLOCK_C, to, FLOAT * start);
    attention.keyRows({ ...block, vectors }, ({ rows }) => {
      assembler.call(attention.micro({
        ...{ rows, vectors, k: block.queries, rowB: rowPanel, panelLanes: lastLanes },
        ...{ rowC: rowTo, addsC: true, strideA: { row: across, column: 1 } },
      }));
      assembler.add(BLOCK_A, FLOAT * rows * across);
      assembler.add(BLOCK_C, FLOAT * rows * rowTo);
    });
  }
}
