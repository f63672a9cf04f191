// The innermost part of a product: a block of C, kept in vector registers while it runs along k.

import { type Memory, R10, R11, R9, RSP } from "./assembler.ts";
import { CALL, emitSums, type Emitter, LINE, type Sums } from "./sums.ts";

/** The block of C begins at the address in this register. */
export const BLOCK_C = R11;

/** What the code keeps on the stack, in bytes above the stack pointer of the function. */
export const SLOTS = {
  /** Address of the bias of the panel's first column. */
  bias: 0,
  /** From an element of C to the place where the activation's input is kept. */
  kept: 8,
  batchesLeft: 16,
  /** Addresses of the packed panel, and of the place for the next one. */
  packed: 24,
  otherPacked: 32,
  /** Where the next panel's first row that has not been copied lies, and to where it is copied. */
  nextFrom: 40,
  nextTo: 48,
  /** The sums of a block of one column, side by side. */
  column: 64,
  size: 128, // a multiple of 16
} as const;

/** One micro-kernel. Strides count floats. */
export interface MicroKernel extends Sums {
  readonly rowC: number;
  /** Columns of the last register that belong to C; all of them where undefined. */
  readonly lastLanes: number | undefined;
  /** Whether C lies so far away that it is asked for before the sums are made. */
  readonly fetchesC: boolean;
  readonly addsC: boolean;
  readonly addsBias: boolean;
  /** Whether the block goes to where the activation's input is kept. */
  readonly isKept: boolean;
}

const FLOAT = 4;

/**
 * Emits a subroutine that computes one block. It keeps {@linkcode BLOCK_A}, {@linkcode BLOCK_C} and
 * {@linkcode PANEL_B}, and uses R9, R10, R13 and RAX.
 */
export function emitMicroKernel(emitter: Emitter, kernel: MicroKernel): void {
  if (kernel.fetchesC) emitFetches(emitter, kernel);
  emitSums(emitter, kernel);
  emitStores(emitter, kernel);
  emitter.assembler.return();
}

/** Asks for the block of C, so that it is near when the sums are there. */
function emitFetches({ assembler, unit }: Emitter, { rows, vectors, rowC }: MicroKernel): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < vectors * unit.lanes; column += LINE) {
      assembler.prefetchToWrite({ base: BLOCK_C, offset: FLOAT * (row * rowC + column) });
    }
  }
}

/** Adds what is to be added to the sums, and stores them. */
export function emitStores(
  { assembler, vector, unit }: Emitter,
  kernel: Omit<MicroKernel, "k" | "strideA" | "rowB" | "fetchesC">,
): void {
  const { rows, vectors, rowC, lastLanes, addsC, addsBias, isKept } = kernel;
  // The registers of B and A are free now.
  const [bias, mask, previous] = [rows * vectors, unit.registers - 1, unit.registers - 2];
  const isMasked = (v: number) => lastLanes !== undefined && v === vectors - 1;
  // AVX2's masked stores are slow on AMD's processors.
  const isScalar = lastLanes === 1 && unit.registers === 16;
  const store = (to: Memory, sum: number, isCut: boolean) => {
    if (!isCut) vector.store(to, sum);
    else if (isScalar) vector.storeScalar(to, sum);
    else vector.storeMasked(to, sum, { mask });
  };
  if (lastLanes !== undefined) vector.setMask(lastLanes, mask);
  const [target, biasAddress] = [isKept ? R9 : BLOCK_C, R10];
  if (isKept) {
    assembler.load64(target, { base: RSP, offset: SLOTS.kept + CALL });
    assembler.addRegister(target, BLOCK_C);
  }
  if (addsBias) assembler.load64(biasAddress, { base: RSP, offset: SLOTS.bias + CALL });
  // One register of columns after the other, so that one register for the bias is enough.
  for (let v = 0; v < vectors; v++) {
    const column = FLOAT * v * unit.lanes;
    if (addsBias && isMasked(v)) {
      vector.loadMasked(bias, { base: biasAddress, offset: column }, { mask });
    } else if (addsBias) {
      vector.load(bias, { base: biasAddress, offset: column });
    }
    for (let row = 0; row < rows; row++) {
      const sum = row * vectors + v;
      const offset = FLOAT * row * rowC + column;
      if (addsC && isMasked(v)) {
        vector.loadMasked(previous, { base: BLOCK_C, offset }, { mask });
        vector.add(sum, sum, previous);
      } else if (addsC) {
        vector.add(sum, sum, { base: BLOCK_C, offset });
      }
      if (addsBias) vector.add(sum, sum, bias);
      store({ base: target, offset }, sum, isMasked(v));
    }
  }
}
