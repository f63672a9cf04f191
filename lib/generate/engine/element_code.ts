// Generates the machine code of what is done number by number: exponentials with their sum, and activations.

import { Assembler, R10, R8, R9, RDI, RSI } from "../../tensor/products/assembler.ts";
import { emitFunction, hostConvention } from "../../tensor/products/calling_convention.ts";
import { emitActivation, emitExponential } from "../../tensor/products/exponential.ts";
import {
  type InstructionSet,
  VECTOR_UNITS,
  VectorAssembler,
} from "../../tensor/products/vector_instructions.ts";
import type { RowActivation } from "./kernels.ts";
import { BLOCK } from "./packed_matrix.ts";

/**
 * What the code is called with, in bytes from the first of its two addresses. `x` and `up` are told in bytes from the
 * second, `turns` in blocks of 32 floats; the lanes of `sum`, a whole register, are what is to be added up.
 */
export const ELEMENT_ARGUMENTS = { x: 0, up: 4, turns: 8, shift: 12, sum: 64, size: 128 } as const;

const FLOAT = 4;
const [X, UP, TURNS] = [R8, R9, R10];

/** x = e^(x − shift), and the sums of all blocks, lane by lane. */
export function exponentialsCode(set: InstructionSet): Uint8Array<ArrayBuffer> {
  const { lanes } = VECTOR_UNITS[set];
  const count = BLOCK / lanes;
  const x = Array.from({ length: count }, (_, i) => i);
  const spare = Array.from({ length: 2 * count }, (_, i) => count + i);
  const [shift, sum] = [3 * count, 3 * count + 1];
  return elementCode(set, ({ assembler, vector }) => {
    vector.broadcast(shift, { base: RDI, offset: ELEMENT_ARGUMENTS.shift });
    vector.zero(sum);
    assembler.countDown(TURNS, () => {
      for (const i of x) {
        vector.load(i, { base: X, offset: FLOAT * lanes * i });
        vector.subtract(i, i, shift);
      }
      emitExponential(vector, { x, spare });
      for (const i of x) {
        vector.add(sum, sum, i);
        vector.store({ base: X, offset: FLOAT * lanes * i }, i);
      }
      assembler.add(X, FLOAT * BLOCK);
    });
    vector.store({ base: RDI, offset: ELEMENT_ARGUMENTS.sum }, sum);
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
