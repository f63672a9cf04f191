// Packing: a panel of B (or a row block of A) is copied into a buffer in which the values of each step
// along k lie side by side, `vectors` registers wide, and the steps follow each other.

import { R10, R13, R8, R9 } from "./assembler.ts";
import { type Emitter, LINE } from "./sums.ts";

/** The source begins at the address in this register, the packed panel in the second. */
export const PACK_FROM = R8, PACK_TO = R9;

/** One panel to pack. */
export interface Panel {
  /** Steps along k, at least 1. */
  readonly k: number;
  /** Registers across. */
  readonly vectors: number;
  /** How many lanes there are to read, at least one in the last register; the others become anything. */
  readonly lanes: number;
  /** Floats from one row of the source to the next, as it lies in memory. */
  readonly row: number;
  /** Panels beside each other that are packed together, where their lanes lie side by side; or one. */
  readonly together?: number;
  /** Floats from one step along k to the next, and from one panel to the next, as they are packed. */
  readonly packed?: { readonly step: number; readonly panel: number };
}

const FLOAT = 4;
const QUAD = 4;
/** Steps along k that memory is asked for ahead. */
const PREFETCH_STEPS = 8;

/**
 * Emits a subroutine that packs a panel whose lanes lie side by side. It uses {@linkcode PACK_FROM},
 * {@linkcode PACK_TO}, R10, RAX and two vector registers.
 */
export function emitPackRows({ assembler, vector, unit }: Emitter, panel: Panel): void {
  const { k, vectors, lanes, row, together = 1 } = panel;
  const [mask, value] = [0, 1];
  const width = vectors * unit.lanes;
  const packed = panel.packed ?? { step: width, panel: k * width };
  const isCut = lanes < width;
  if (isCut) vector.setMask(lanes - (vectors - 1) * unit.lanes, mask);
  const copy = (step: number, index: number) => {
    for (let v = 0; v < vectors; v++) {
      const column = v * unit.lanes;
      const from = { base: PACK_FROM, offset: FLOAT * (step * row + index * lanes + column) };
      if (isCut && v === vectors - 1) vector.loadMasked(value, from, { mask });
      else vector.load(value, from);
      const to = FLOAT * (index * packed.panel + step * packed.step + column);
      vector.store({ base: PACK_TO, offset: to }, value);
    }
  };
  const steps = (count: number) => {
    for (let step = 0; step < count; step++) {
      for (let column = 0; column < together * lanes; column += LINE) {
        const ahead = FLOAT * ((step + PREFETCH_STEPS) * row + column);
        assembler.prefetch({ base: PACK_FROM, offset: ahead });
      }
      for (let index = 0; index < together; index++) copy(step, index);
    }
  };
  assembler.repeat({ counter: R10, count: Math.floor(k / QUAD) }, () => {
    steps(QUAD);
    assembler.add(PACK_FROM, FLOAT * QUAD * row);
    assembler.add(PACK_TO, FLOAT * QUAD * packed.step);
  });
  steps(k % QUAD);
  assembler.return();
}

/**
 * Emits a subroutine that copies one column, of which each value is a row further than the one before it. It
 * uses {@linkcode PACK_FROM}, {@linkcode PACK_TO}, R10 and a vector register.
 */
export function emitPackColumn(
  { assembler, vector }: Emitter,
  { k, row }: Pick<Panel, "k" | "row">,
): void {
  const steps = (count: number) => {
    for (let step = 0; step < count; step++) {
      const from = { base: PACK_FROM, offset: FLOAT * step * row };
      vector.copyScalar({ base: PACK_TO, offset: FLOAT * step }, from, { through: 0 });
    }
  };
  assembler.repeat({ counter: R10, count: Math.floor(k / QUAD) }, () => {
    steps(QUAD);
    assembler.add(PACK_FROM, FLOAT * QUAD * row);
    assembler.add(PACK_TO, FLOAT * QUAD);
  });
  steps(k % QUAD);
  assembler.return();
}

/**
 * Emits a subroutine that packs a panel whose lanes lie `row` floats apart, which transposes it. It
 * uses {@linkcode PACK_FROM}, {@linkcode PACK_TO}, R10, R13 and the first twenty vector registers, or
 * twelve of sixteen.
 *
 * Lanes beyond the panel read its last row once more: their sums are never stored.
 */
export function emitPackColumns({ assembler, vector, unit }: Emitter, panel: Panel): void {
  const { k, vectors, lanes, row } = panel;
  const width = vectors * unit.lanes;
  const packedStep = panel.packed?.step ?? width;
  const source = (lane: number, step: number) => ({
    base: PACK_FROM,
    offset: FLOAT * (Math.min(lane, lanes - 1) * row + step),
  });
  const target = (lane: number, step: number) => ({
    base: PACK_TO,
    offset: FLOAT * (step * packedStep + lane),
  });
  if (k < QUAD) {
    for (let step = 0; step < k; step++) {
      for (let lane = 0; lane < width; lane++) {
        vector.copyScalar(target(lane, step), source(lane, step), { through: 0 });
      }
    }
    assembler.return();
    return;
  }
  const registers = (first: number) => Array.from({ length: QUAD }, (_, i) => first + i);
  const quads = (count: number) => {
    const columns = registers(QUAD * count);
    for (let first = 0; first < width; first += unit.lanes) {
      // Row by row, so that a line of memory is done with before another takes its place in the cache.
      for (const r of registers(0)) {
        for (let quad = 0; quad < count; quad++) {
          const [to, step] = [QUAD * quad + r, QUAD * quad];
          vector.loadQuad(to, source(first + r, step));
          for (let index = 1; index < unit.lanes / QUAD; index++) {
            vector.insertQuad(to, source(first + QUAD * index + r, step), { index });
          }
        }
      }
      for (let quad = 0; quad < count; quad++) {
        vector.transposeQuads(registers(QUAD * quad), columns);
        columns.forEach((from, i) => vector.store(target(first, QUAD * quad + i), from));
      }
    }
    assembler.add(PACK_FROM, FLOAT * QUAD * count);
    assembler.add(PACK_TO, FLOAT * QUAD * count * packedStep);
  };
  const together = unit.lanes / QUAD;
  const whole = Math.floor(k / QUAD);
  assembler.repeat({ counter: R13, count: Math.floor(whole / together) }, () => quads(together));
  if (whole % together > 0) quads(whole % together);
  if (k % QUAD > 0) {
    // The last four steps again, some of them for the second time: nothing beyond k is read.
    const back = QUAD - k % QUAD;
    assembler.add(PACK_FROM, -FLOAT * back);
    assembler.add(PACK_TO, -FLOAT * back * packedStep);
    quads(1);
  }
  assembler.return();
}
