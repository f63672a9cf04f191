// Generates the machine code of what is done number by number: exponentials with their sum, and activations.

import {
  Assembler,
  R10,
  R11,
  R12,
  R13,
  R14,
  R15,
  R8,
  R9,
  RDI,
  RSI,
} from "../../tensor/products/assembler.ts";
import { emitFunction, hostConvention } from "../../tensor/products/calling_convention.ts";
import { emitActivation, emitExponential } from "../../tensor/products/exponential.ts";
import {
  type InstructionSet,
  VECTOR_UNITS,
  VectorAssembler,
} from "../../tensor/products/vector_instructions.ts";
import { MOST_SHIFTS, type RowActivation } from "./kernels.ts";
import { BLOCK } from "./packed_matrix.ts";

/**
 * What the code is called with, in bytes from the first of its two addresses. `x` and `up` are told in bytes from the
 * second, `turns` in blocks of 32 floats, `stride` in bytes. Of exponentials, the lanes of each row's sum, a whole
 * register, are what is to be added up.
 */
export const ELEMENT_ARGUMENTS = {
  x: 0,
  up: 4,
  turns: 8,
  rows: 12,
  stride: 16,
  shifts: 64,
  sums: 64 + 4 * MOST_SHIFTS,
  size: 64 + (4 + 64) * MOST_SHIFTS,
} as const;

/** From a row's sum to the next. */
export const SUM_BYTES = 64;

const FLOAT = 4;
const [X, UP, TURNS] = [R8, R9, R10];

/** x = e^(x − shift) row by row, and the sums of all blocks of a row, lane by lane. */
export function exponentialsCode(set: InstructionSet): Uint8Array<ArrayBuffer> {
  const { lanes } = VECTOR_UNITS[set];
  const count = BLOCK / lanes;
  const x = Array.from({ length: count }, (_, i) => i);
  const spare = Array.from({ length: 2 * count }, (_, i) => count + i);
  const [shift, sum] = [3 * count, 3 * count + 1];
  return elementCode(set, ({ assembler, vector }) => {
    const [rows, stride, shifts, sums, inRow] = [R11, R12, R13, R14, R15];
    assembler.load32(rows, { base: RDI, offset: ELEMENT_ARGUMENTS.rows });
    assembler.load32(stride, { base: RDI, offset: ELEMENT_ARGUMENTS.stride });
    assembler.address(shifts, { base: RDI, offset: ELEMENT_ARGUMENTS.shifts });
    assembler.address(sums, { base: RDI, offset: ELEMENT_ARGUMENTS.sums });
    assembler.countDown(rows, () => {
      vector.broadcast(shift, { base: shifts, offset: 0 });
      vector.zero(sum);
      assembler.move(inRow, X);
      assembler.load32(TURNS, { base: RDI, offset: ELEMENT_ARGUMENTS.turns });
      assembler.countDown(TURNS, () => {
        for (const i of x) {
          vector.load(i, { base: inRow, offset: FLOAT * lanes * i });
          vector.subtract(i, i, shift);
        }
        emitExponential(vector, { x, spare });
        for (const i of x) {
          vector.add(sum, sum, i);
          vector.store({ base: inRow, offset: FLOAT * lanes * i }, i);
        }
        assembler.add(inRow, FLOAT * BLOCK);
      });
      vector.store({ base: sums, offset: 0 }, sum);
      assembler.addRegister(X, stride);
      assembler.add(shifts, FLOAT);
      assembler.add(sums, SUM_BYTES);
    });
  });
}

/** x = activation(x), times `up` where it is gated. */
export function activationCode(
  set: InstructionSet,
  activation: RowActivation,
  { isGated }: { isGated: boolean },
): Uint8Array<ArrayBuffer> {
  const { lanes } = VECTOR_UNITS[set];
  const count = BLOCK / lanes;
  const x = Array.from({ length: count }, (_, i) => i);
  const y = x.map((i) => count + i);
  const spare = Array.from({ length: 2 * count }, (_, i) => 2 * count + i);
  return elementCode(set, ({ assembler, vector }) => {
    assembler.countDown(TURNS, () => {
      for (const i of x) vector.load(i, { base: X, offset: FLOAT * lanes * i });
      emitActivation(vector, activation, { x, y, spare });
      for (const i of x) {
        if (isGated) {
          vector.load(i, { base: UP, offset: FLOAT * lanes * i });
          vector.multiply(y[i], y[i], i);
        }
        vector.store({ base: X, offset: FLOAT * lanes * i }, y[i]);
      }
      assembler.add(X, FLOAT * BLOCK);
      assembler.add(UP, FLOAT * BLOCK);
    });
  });
}

function elementCode(
  set: InstructionSet,
  emit: (target: { assembler: Assembler; vector: VectorAssembler }) => void,
): Uint8Array<ArrayBuffer> {
  const assembler = new Assembler();
  const vector = new VectorAssembler(assembler, set);
  emitFunction(assembler, {
    convention: hostConvention(),
    body() {
      assembler.load32(X, { base: RDI, offset: ELEMENT_ARGUMENTS.x });
      assembler.load32(UP, { base: RDI, offset: ELEMENT_ARGUMENTS.up });
      assembler.load32(TURNS, { base: RDI, offset: ELEMENT_ARGUMENTS.turns });
      assembler.addRegister(X, RSI);
      assembler.addRegister(UP, RSI);
      emit({ assembler, vector });
      vector.leave();
    },
  });
  vector.finish();
  return assembler.finish();
}
