// Where the generated code of attention keeps what it works with: pointers and counters on the stack,
// blocks of scores in the scratch buffer, which stays in the nearest caches.

import type { Assembler, Register } from "../products/assembler.ts";
import { R10, RBX, RCX, RDI, RSI, RSP } from "../products/assembler.ts";
import { ARGUMENTS } from "../products/caller.ts";
import type { VectorUnit } from "../products/vector_instructions.ts";
import type { AttentionShape } from "./shape.ts";

/** The scratch buffer's address, all the time. */
export const SCRATCH = RCX;

/** The pointers that move through the operands: first to a head, then to a block of its queries. */
const POINTERS = [
  "query",
  "key",
  "value",
  "output",
  "statistics",
  "outputGradient",
  "queryGradient",
  "keyGradient",
  "valueGradient",
  "blockQuery",
  "blockOutput",
  "blockStatistics",
  "blockGradient",
] as const;

const COUNTERS = ["batches", "groups", "heads", "blocks", "chunks", "rounds"] as const;

/** What has a slot on the stack. */
export type Slot = (typeof POINTERS)[number] | (typeof COUNTERS)[number];

const SLOTS: readonly Slot[] = [...POINTERS, ...COUNTERS];
const FLOAT = 4;

/** Bytes of the slots, a multiple of 16. */
export const FRAME_SIZE = 16 * Math.ceil(8 * SLOTS.length / 16);

/** A slot's place, in bytes above the stack pointer of the function. */
export function slot(name: Slot): number {
  return 8 * SLOTS.indexOf(name);
}

/** A slot as an operand of the function itself. */
export function slotMemory(name: Slot) {
  return { base: RSP, offset: slot(name) };
}

/** Puts the addresses of the operands, in the order in which the code is called with them, into slots. */
export function emitOperands(assembler: Assembler, operands: readonly Slot[]): void {
  const [given, base, address] = [RDI, RSI, R10];
  assembler.load64(SCRATCH, { base: given, offset: ARGUMENTS.scratch });
  operands.forEach((name, i) => {
    assembler.load32(address, { base: given, offset: ARGUMENTS.operands + 4 * i });
    assembler.addRegister(address, base);
    assembler.store64(slotMemory(name), address);
  });
}

/** A loop whose counter has a slot. */
export function repeatInSlot(
  assembler: Assembler,
  { counter, count }: { counter: Slot; count: number },
  body: () => void,
): void {
  if (count === 0) return;
  if (count === 1) return body();
  assembler.moveConstant(R10, count);
  assembler.store64(slotMemory(counter), R10);
  const start = assembler.here();
  body();
  assembler.addToMemory(slotMemory(counter), -1);
  assembler.jumpIfNotZero(start);
}

/** Runs `body` as often as the slot `count` says, which may be 0. RBX is lost to the body. */
export function repeatFromSlot(assembler: Assembler, count: Slot, body: () => void): void {
  const end = assembler.label();
  assembler.load64(RBX, slotMemory(count));
  assembler.jumpIfZero(RBX, end);
  assembler.countDown(RBX, body);
  assembler.place(end);
}

/** Copies a slot. R10 is lost. */
export function copySlot(assembler: Assembler, to: Slot, from: Slot): void {
  assembler.load64(R10, slotMemory(from));
  assembler.store64(slotMemory(to), R10);
}

/** Sets a register to a slot's address, moved by so many bytes. */
export function loadSlot(assembler: Assembler, to: Register, from: Slot, offset = 0): void {
  assembler.load64(to, slotMemory(from));
  assembler.add(to, offset);
}

/** How queries are taken together. */
export interface Blocks {
  /** Queries of a whole block, and keys of a whole chunk: two registers' lanes. */
  readonly queries: number;
  /** How many whole blocks there are. */
  readonly whole: number;
  /** Queries of the last block, 0 if all are whole. */
  readonly rest: number;
}

/** Cuts the queries of one head into blocks. */
export function cutQueries(context: number, { lanes }: VectorUnit): Blocks {
  const queries = 2 * lanes;
  return { queries, whole: Math.floor(context / queries), rest: context % queries };
}

/** Where in the scratch buffer what lies, in bytes. */
export interface Scratch {
  /** Queries of the block, transposed: (D, queries). */
  readonly queries: number;
  /** Gradients of its output, transposed: (D, queries). */
  readonly gradients: number;
  /** For each query its greatest score, what to multiply by, and the sum that its gradient needs. */
  readonly maxima: number;
  readonly factors: number;
  readonly sums: number;
  /** Scores and then weights, (T, queries). */
  readonly weights: number;
  /** Gradients of the weights and then of the scores, (T, queries). */
  readonly weightGradients: number;
  readonly floats: number;
}

/** Lays the scratch buffer out. */
export function layScratch({ context, width }: AttentionShape, unit: VectorUnit): Scratch {
  const across = 2 * unit.lanes;
  let floats = 0;
  const take = (rows: number) => {
    const start = FLOAT * floats;
    floats += rows * across;
    return start;
  };
  const places = {
    queries: take(width),
    gradients: take(width),
    maxima: take(1),
    factors: take(1),
    sums: take(1),
    weights: take(context),
    weightGradients: take(context),
  };
  return { ...places, floats };
}
