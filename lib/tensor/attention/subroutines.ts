// The subroutines of fused attention. Scores stand in memory as (keys, queries): a register holds one key's
// scores for as many queries as it has lanes, so that their softmax needs nothing across lanes, and the
// scores are in the place of A, transposed, when values are summed.

import { type Label, type Memory, R10, R12, R9, RAX, RSP } from "../products/assembler.ts";
import { emitPowerOfTwo } from "../products/exponential.ts";
import { BLOCK_C } from "../products/micro_kernel.ts";
import { CALL, emitSums, type Emitter, type Sums } from "../products/sums.ts";
import { SCRATCH, type Scratch, slot } from "./frame.ts";

const FLOAT = 4;

/** What hides a score: far below any other, and still a number. */
const HIDDEN = -1e30;

/** Scores of `rows` keys for a block of queries, written to BLOCK_C without gaps. */
export interface Scores extends Sums {
  /** Where the first key stands among the queries of the block; undefined if before all of them. */
  readonly position?: number;
  /** What becomes of the scores: the maxima follow them, or they become weights at once. */
  readonly into: "maxima" | "weights";
}

/** The mask of keys that come after a query, as data behind the code. */
export class CausalMask {
  readonly #emitter: Emitter;
  readonly #label: Label;

  constructor(emitter: Emitter) {
    this.#emitter = emitter;
    this.#label = emitter.assembler.label();
  }

  /** Adds the mask to scores in the first registers. R9 is lost. */
  add({ rows, vectors, position }: Scores): void {
    if (position === undefined) return;
    const { assembler, vector, unit } = this.#emitter;
    assembler.addressOf(R9, this.#label);
    for (let row = 0; row < rows; row++) {
      for (let v = 0; v < vectors; v++) {
        const hidden = position + row - v * unit.lanes; // the first so many lanes
        if (hidden <= 0) continue;
        const start = Math.max(0, this.#half - hidden);
        vector.add(row * vectors + v, row * vectors + v, { base: R9, offset: FLOAT * start });
      }
    }
  }

  /** Appends the data: behind `#half` floats that hide come as many that do not. */
  finish(): void {
    const { assembler } = this.#emitter;
    const [hidden] = new Int32Array(new Float32Array([HIDDEN]).buffer);
    assembler.place(this.#label);
    for (let i = 0; i < 2 * this.#half; i++) assembler.int32(i < this.#half ? hidden : 0);
  }

  get #half(): number {
    return this.#emitter.unit.lanes;
  }
}

/** Emits a subroutine for scores; it uses R9, R10, R13 and RAX. */
export function emitScores(
  emitter: Emitter,
  { mask, scratch, ...scores }: Scores & { mask: CausalMask; scratch: Scratch },
): void {
  const { assembler, vector, unit } = emitter;
  const { rows, vectors, into } = scores;
  emitSums(emitter, scores);
  mask.add(scores);
  const count = rows * vectors;
  const ofQueries = (start: number, v: number): Memory => ({
    base: SCRATCH,
    offset: start + FLOAT * v * unit.lanes,
  });
  if (into === "maxima") {
    for (let v = 0; v < vectors; v++) {
      vector.load(count, ofQueries(scratch.maxima, v));
      for (let row = 0; row < rows; row++) vector.maximum(count, count, row * vectors + v);
      vector.store(ofQueries(scratch.maxima, v), count);
    }
  } else {
    const together = Math.max(1, Math.min(4, Math.floor((unit.registers - count) / 2)));
    for (let first = 0; first < count; first += together) {
      const x = range(first, Math.min(together, count - first));
      for (const i of x) vector.subtract(i, i, ofQueries(scratch.maxima, i % vectors));
      emitPowerOfTwo(vector, { x, spare: range(count, 2 * x.length) });
      for (const i of x) vector.multiply(i, i, ofQueries(scratch.factors, i % vectors));
    }
  }
  storeBlock(emitter, scores);
  assembler.return();
}

/** Emits a subroutine for the gradients of the weights at BLOCK_C, and what their sums need. */
export function emitWeightGradients(
  emitter: Emitter,
  { scratch, ...sums }: Sums & { scratch: Scratch },
): void {
  const { assembler, vector, unit } = emitter;
  const { rows, vectors } = sums;
  emitSums(emitter, sums);
  const count = rows * vectors;
  for (let v = 0; v < vectors; v++) {
    const total: Memory = { base: SCRATCH, offset: scratch.sums + FLOAT * v * unit.lanes };
    vector.load(count, total);
    for (let row = 0; row < rows; row++) {
      const i = row * vectors + v;
      vector.multiplyAdd(count, i, { base: BLOCK_C, offset: FLOAT * i * unit.lanes });
    }
    vector.store(total, count);
  }
  storeBlock(emitter, sums, scratch.weightGradients - scratch.weights);
  assembler.return();
}

function storeBlock({ vector, unit }: Emitter, { rows, vectors }: Sums, offset = 0): void {
  for (let i = 0; i < rows * vectors; i++) {
    vector.store({ base: BLOCK_C, offset: offset + FLOAT * i * unit.lanes }, i);
  }
}

/** How a pass over all weights of a block runs. */
export interface Pass {
  readonly vectors: number;
  /** How many keys are visible to the block; undefined if the slot `rounds` has a quarter of it. */
  readonly keys?: number;
}

/** Emits the loop of a pass; `body` treats so many keys at R9. */
function emitPass(
  { assembler, unit }: Emitter,
  { vectors, keys, together }: Pass & { together: number },
  body: (count: number) => void,
): void {
  const turn = (count: number) => {
    body(count);
    assembler.add(R9, FLOAT * count * vectors * unit.lanes);
  };
  if (keys === undefined) {
    assembler.load64(R10, { base: RSP, offset: slot("rounds") + CALL });
    for (let i = together; i < 4; i *= 2) assembler.addRegister(R10, R10);
    assembler.countDown(R10, () => turn(together));
    return;
  }
  assembler.repeat({ counter: R10, count: Math.floor(keys / together) }, () => turn(together));
  if (keys % together > 0) turn(keys % together);
}

/** Emits a subroutine that makes weights of scores, whose sums it leaves as factors and statistics. */
export function emitSoftmax(
  emitter: Emitter,
  { scratch, ...pass }: Pass & { scratch: Scratch },
): void {
  const { assembler, vector, unit } = emitter;
  const { vectors } = pass;
  const [maxima, sums] = [range(0, vectors), range(vectors, vectors)];
  const free = 2 * vectors;
  const together = unit.registers === 32 ? 2 : 1;
  const at = (start: number, v: number): Memory => ({
    base: SCRATCH,
    offset: start + FLOAT * v * unit.lanes,
  });
  for (const v of range(0, vectors)) {
    vector.load(maxima[v], at(scratch.maxima, v));
    vector.zero(sums[v]);
  }
  assembler.address(R9, { base: SCRATCH, offset: scratch.weights });
  emitPass(emitter, { ...pass, together }, (count) => {
    const x = range(free, count * vectors);
    const weight = (i: number): Memory => ({ base: R9, offset: FLOAT * i * unit.lanes });
    x.forEach((register, i) => vector.load(register, weight(i)));
    x.forEach((register, i) => vector.subtract(register, register, maxima[i % vectors]));
    emitPowerOfTwo(vector, { x, spare: range(free + x.length, 2 * x.length) });
    x.forEach((register, i) => vector.add(sums[i % vectors], sums[i % vectors], register));
    x.forEach((register, i) => vector.store(weight(i), register));
  });
  assembler.load64(R9, { base: RSP, offset: slot("blockStatistics") + CALL });
  const factor = free;
  for (const v of range(0, vectors)) {
    vector.constant(factor, 1);
    vector.divide(factor, factor, sums[v]);
    vector.store(at(scratch.factors, v), factor);
    vector.store({ base: R9, offset: FLOAT * v * unit.lanes }, maxima[v]);
    vector.store({ base: R9, offset: FLOAT * (vectors + v) * unit.lanes }, factor);
  }
  assembler.return();
}

/** Emits a subroutine that makes gradients of the scores of those of the weights. */
export function emitScoreGradients(
  emitter: Emitter,
  { scratch, scale, ...pass }: Pass & { scratch: Scratch; scale: number },
): void {
  const { assembler, vector, unit } = emitter;
  const { vectors } = pass;
  const sums = range(0, vectors);
  const factor = vectors;
  for (const v of sums) {
    vector.load(v, { base: SCRATCH, offset: scratch.sums + FLOAT * v * unit.lanes });
  }
  vector.constant(factor, scale);
  assembler.address(R9, { base: SCRATCH, offset: scratch.weights });
  emitPass(emitter, { ...pass, together: 2 }, (count) => {
    const x = range(factor + 1, count * vectors);
    x.forEach((register, i) => {
      const weight: Memory = { base: R9, offset: FLOAT * i * unit.lanes };
      const gradient = {
        base: R9,
        offset: weight.offset + scratch.weightGradients - scratch.weights,
      };
      vector.load(register, gradient);
      vector.subtract(register, register, sums[i % vectors]);
      vector.multiply(register, register, weight);
      vector.multiply(register, register, factor);
      vector.store(gradient, register);
    });
  });
  assembler.return();
}

/** Sums of values, weighted, for `rows` queries: a block of the output. */
export interface Mix extends Sums {
  readonly rowC: number;
}

/**
 * Emits a subroutine that writes such a block to BLOCK_C. R12 holds the address of the first query's factor;
 * R9, R10, R13 and RAX are lost.
 */
export function emitMix(emitter: Emitter, mix: Mix): void {
  const { assembler, vector, unit } = emitter;
  const { rows, vectors, panelLanes, rowC } = mix;
  emitSums(emitter, mix);
  const [factor, mask] = [rows * vectors, unit.registers - 1];
  if (panelLanes !== undefined) vector.setMask(panelLanes, mask);
  for (let row = 0; row < rows; row++) {
    vector.broadcast(factor, { base: R12, offset: FLOAT * row });
    for (let v = 0; v < vectors; v++) {
      const sum = row * vectors + v;
      const to: Memory = { base: BLOCK_C, offset: FLOAT * (row * rowC + v * unit.lanes) };
      vector.multiply(sum, sum, factor);
      if (panelLanes !== undefined && v === vectors - 1) vector.storeMasked(to, sum, { mask });
      else vector.store(to, sum);
    }
  }
  assembler.return();
}

/** Emits a subroutine that multiplies `count` registers of memory at R9 by a constant; RAX is lost. */
export function emitScale(
  { assembler, vector, unit }: Emitter,
  { count, factor }: { count: number; factor: number },
): void {
  const [value, constant] = [0, 1];
  vector.constant(constant, factor);
  assembler.repeat({ counter: RAX, count }, () => {
    vector.multiply(value, constant, { base: R9, offset: 0 });
    vector.store({ base: R9, offset: 0 }, value);
    assembler.add(R9, FLOAT * unit.lanes);
  });
  assembler.return();
}

/** Emits a subroutine that writes zeros to `rows` rows of `width` floats at R9; R10 and RAX are lost. */
export function emitZeros(
  { assembler, vector, unit }: Emitter,
  { rows, width, row }: { rows: number; width: number; row: number },
): void {
  const [zero, mask] = [0, 1];
  const whole = Math.floor(width / unit.lanes);
  const rest = width % unit.lanes;
  vector.zero(zero);
  if (rest > 0) vector.setMask(rest, mask);
  assembler.repeat({ counter: R10, count: rows }, () => {
    for (let v = 0; v < whole; v++) {
      vector.store({ base: R9, offset: FLOAT * v * unit.lanes }, zero);
    }
    if (rest > 0) {
      vector.storeMasked({ base: R9, offset: FLOAT * whole * unit.lanes }, zero, { mask });
    }
    assembler.add(R9, FLOAT * row);
  });
  assembler.return();
}

function range(start: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => start + i);
}
