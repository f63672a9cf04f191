// Applies an activation to a block of C that has just been written and lies in the nearest cache.

import { type Memory, R10, R11, R13, R9, RSP } from "./assembler.ts";
import { type Activation, emitActivation } from "./exponential.ts";
import { SLOTS } from "./micro_kernel.ts";
import { CALL, type Emitter } from "./sums.ts";

/** The block begins at the address in the first register, and has as many rows as the second says. */
const BLOCK_C = R11;
export const ROWS_LEFT = R10;

/** One loop over the rows of a block. */
export interface ActivationLoop {
  readonly activation: Activation;
  readonly vectors: number;
  readonly rowC: number;
  /** Columns of the last register that belong to C; all of them where undefined. */
  readonly lastLanes: number | undefined;
  /** Whether the input was written to where it is kept, rather than to C. */
  readonly isKept: boolean;
}

const FLOAT = 4;

/** Emits a subroutine that uses R9, R13, {@linkcode ROWS_LEFT}, RAX and all vector registers. */
export function emitActivationLoop(
  { assembler, vector, unit }: Emitter,
  { activation, vectors, rowC, lastLanes, isKept }: ActivationLoop,
): void {
  const [from, to] = [R9, R13];
  const mask = unit.registers - 1;
  const together = unit.registers / 8; // each takes four registers
  assembler.move(from, BLOCK_C);
  assembler.move(to, BLOCK_C);
  if (isKept) {
    assembler.load64(from, { base: RSP, offset: SLOTS.kept + CALL });
    assembler.addRegister(from, BLOCK_C);
  }
  if (lastLanes !== undefined) vector.setMask(lastLanes, mask);
  const isMasked = (v: number) => lastLanes !== undefined && v === vectors - 1;
  assembler.countDown(ROWS_LEFT, () => {
    for (let first = 0; first < vectors; first += together) {
      const count = Math.min(together, vectors - first);
      const x = Array.from({ length: count }, (_, i) => i);
      const y = x.map((i) => count + i);
      const spare = [...x.map((i) => 2 * count + i), ...x.map((i) => 3 * count + i)];
      const at = (base: number, i: number): Memory => ({
        base,
        offset: FLOAT * unit.lanes * (first + i),
      });
      for (const i of x) {
        if (isMasked(first + i)) vector.loadMasked(i, at(from, i), { mask });
        else vector.load(i, at(from, i));
      }
      emitActivation(vector, activation, { x, y, spare });
      for (const i of x) {
        if (isMasked(first + i)) vector.storeMasked(at(to, i), y[i], { mask });
        else vector.store(at(to, i), y[i]);
      }
    }
    assembler.add(from, FLOAT * rowC);
    assembler.add(to, FLOAT * rowC);
  });
  assembler.return();
}
