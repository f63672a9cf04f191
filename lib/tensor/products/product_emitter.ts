// One product of a batch: loops over runs along k, strips of B, bands of A, panels of B and row blocks, around
// calls of the subroutines that pack and multiply.

import { type Label, R10, R12, R14, R15, RAX, RBX, RCX, RDI, RDX, RSI, RSP } from "./assembler.ts";
import { type ActivationLoop, emitActivationLoop, ROWS_LEFT } from "./activation_loop.ts";
import { COLUMN_BLOCKS_TOGETHER, emitColumnKernel } from "./column_kernel.ts";
import type { Copies } from "./copying.ts";
import { BLOCK_C, emitMicroKernel, type MicroKernel, SLOTS } from "./micro_kernel.ts";
import {
  emitPackColumn,
  emitPackColumns,
  emitPackRows,
  PACK_FROM,
  PACK_TO,
  type Panel,
} from "./packing.ts";
import {
  type Band,
  type Depth,
  packedASize,
  packedAStart,
  packedBlockSize,
  type Plan,
  type ProductShape,
  type Strip,
} from "./plan.ts";
import {
  type CopyingSpread,
  cutRuns,
  endsOf,
  rowsOf,
  type Spread,
  spreadCopying,
  spreadFetching,
} from "./spread.ts";
import { Subroutines } from "./subroutines.ts";
import { BLOCK_A, type Emitter, PANEL_B } from "./sums.ts";

const FLOAT = 4;

/** Matrices A, B and C of this batch, and the scratch buffer. */
export const A = RDI, B = RSI, C = RDX, SCRATCH = RCX;
/** The panel of B, as it lies in B, and the columns of C that it makes. */
const PANEL_SOURCE = R12, PANEL_C = R14;
const PANELS_LEFT = R15, BLOCKS_LEFT = RBX;
/** Floats of C, 1 MiB, from which much of it has left the second-level cache before it is needed. */
const FAR_SIZE = 2 ** 18;
/** Row blocks of A that are packed together, so that more of each row in memory is read at once. */
const BLOCKS_TOGETHER = 8;
/** Where the panel of B lies, or will lie, packed. */
const PACKED = { base: RSP, offset: SLOTS.packed };
/** Where the next panel will lie, and from and to where its next row is copied. */
const OTHER_PACKED = { base: RSP, offset: SLOTS.otherPacked };
const NEXT_FROM = { base: RSP, offset: SLOTS.nextFrom };
const NEXT_TO = { base: RSP, offset: SLOTS.nextTo };

/** Emits one product of the batch. */
export class ProductEmitter {
  readonly subroutines: Subroutines;
  readonly #shape: ProductShape;
  readonly #plan: Plan;
  readonly #emitter: Emitter;

  constructor(shape: ProductShape, plan: Plan, emitter: Emitter) {
    this.#shape = shape;
    this.#plan = plan;
    this.#emitter = emitter;
    this.subroutines = new Subroutines(emitter);
  }

  emit(): void {
    const { bands, depths, strips } = this.#plan;
    for (const depth of depths) {
      for (const strip of strips) {
        for (const band of bands) this.#band({ band, depth, strip });
      }
    }
  }

  /** All panels of a strip in one band at one depth. */
  #band({ band, depth, strip }: { band: Band; depth: Depth; strip: Strip }): void {
    const { assembler, unit } = this.#emitter;
    const { rowA, rowB, rowC, transposeA, transposeB, bias } = this.#shape;
    const { packA, packB, keepsA, vectors } = this.#plan;
    const { start, panels, lastColumns } = strip;
    const startA = FLOAT *
      (transposeA ? depth.start * rowA + band.start : band.start * rowA + depth.start);
    if (packA && (strip === this.#plan.strips[0] || !keepsA)) this.#packA(band, depth, startA);
    assembler.address(PANEL_SOURCE, {
      base: B,
      offset: FLOAT *
        (transposeB ? start * rowB + depth.start : depth.start * rowB + start),
    });
    assembler.address(PANEL_C, { base: C, offset: FLOAT * (band.start * rowC + start) });
    const width = vectors * unit.lanes;
    const packedPanel = FLOAT * depth.size * width;
    const behindA = FLOAT * packedASize(this.#plan, unit);
    assembler.address(R10, { base: SCRATCH, offset: behindA });
    assembler.store64(PACKED, R10);
    assembler.add(R10, packedPanel);
    assembler.store64(OTHER_PACKED, R10);
    if (bias) assembler.addToMemory({ base: RSP, offset: SLOTS.bias }, FLOAT * start);
    const isFirst = band === this.#plan.bands[0]; // the others find what the first has packed
    const packsB = packB && isFirst;
    const fetching = packsB && transposeB ? spreadFetching(band.blocks, width) : undefined;
    const copying = packsB && !transposeB ? spreadCopying(band.blocks, depth.size) : undefined;
    const spread = fetching ?? copying;
    const panel = (options: { packsB: boolean; copying?: CopyingSpread; fetching?: Spread }) => {
      this.#panel({ band, depth, startA, columns: width, ...options });
      if (packB) this.#movePacked(packedPanel);
      assembler.add(PANEL_SOURCE, FLOAT * width * (transposeB ? rowB : 1));
      assembler.add(PANEL_C, FLOAT * width);
      if (bias) assembler.addToMemory({ base: RSP, offset: SLOTS.bias }, FLOAT * width);
    };
    // The first panel is copied by its own first block, each other one by the blocks of the one before it. What is
    // transposed they only ask for, and it is packed when its turn comes.
    if (spread === undefined || panels < 2) {
      assembler.repeat({ counter: PANELS_LEFT, count: panels }, () => panel({ packsB }));
    } else {
      panel({ packsB, copying, fetching });
      assembler.repeat(
        { counter: PANELS_LEFT, count: panels - 2 },
        () => panel({ packsB: transposeB, copying, fetching }),
      );
      panel({ packsB: transposeB });
    }
    if (lastColumns === 1) this.#column({ band, depth, startA, packsB: isFirst });
    else if (lastColumns > 0) this.#panel({ band, depth, startA, columns: lastColumns, packsB });
    if (bias) {
      const moved = FLOAT * (start + width * panels);
      assembler.addToMemory({ base: RSP, offset: SLOTS.bias }, -moved);
    }
  }

  /** Goes to where the next panel is packed. */
  #movePacked(packedPanel: number): void {
    const { assembler } = this.#emitter;
    if (this.#plan.bands.length > 1) {
      assembler.addToMemory(PACKED, packedPanel);
      assembler.addToMemory(OTHER_PACKED, packedPanel);
      return;
    }
    // One band alone packs its panels to two places, which stay in the nearest caches.
    assembler.load64(R10, PACKED);
    assembler.load64(RAX, OTHER_PACKED);
    assembler.store64(PACKED, RAX);
    assembler.store64(OTHER_PACKED, R10);
  }

  /** Packs the row blocks of A, one behind the other, into the scratch buffer. */
  #packA(band: Band, depth: Depth, startA: number): void {
    const { assembler, unit } = this.#emitter;
    const { rowA: row, transposeA } = this.#shape;
    const [source, target] = [PANEL_SOURCE, PANEL_C]; // free before the panels begin
    assembler.address(source, { base: A, offset: startA });
    const start = FLOAT * packedAStart(this.#plan, band, unit);
    const packedBlock = packedBlockSize(this.#plan, depth, unit);
    assembler.address(target, { base: SCRATCH, offset: start });
    for (const { rows, count } of band.blocks) {
      const blocks = (together: number) => {
        assembler.move(PACK_FROM, source);
        assembler.move(PACK_TO, target);
        const packed = { step: this.#plan.stepA, panel: packedBlock };
        const panel: Panel = { k: depth.size, vectors: 1, lanes: rows, row, together, packed };
        assembler.call(this.#pack(panel, { transposes: !transposeA }));
        assembler.add(source, FLOAT * together * rows * (transposeA ? 1 : row));
        assembler.add(target, FLOAT * together * packedBlock);
      };
      const most = transposeA ? Math.min(BLOCKS_TOGETHER, count) : 1;
      this.#together(count, most, blocks);
    }
  }

  /** All blocks of C above each other in one panel. */
  #panel({ band, depth, startA, columns, packsB, copying, fetching }: {
    band: Band;
    depth: Depth;
    startA: number;
    columns: number;
    /** Whether this panel of B is packed, and not found packed if the plan wants that. */
    packsB: boolean;
    /** How the next panel is copied, or asked for where it lies transposed, if it is. */
    copying?: CopyingSpread;
    fetching?: Spread;
  }): void {
    const { assembler, unit } = this.#emitter;
    const { m, n, transposeB, rowB } = this.#shape;
    const { packB } = this.#plan;
    const spread = fetching ?? copying;
    const vectors = Math.ceil(columns / unit.lanes);
    const copiesPanel = packsB && !transposeB;
    if (packsB && transposeB) {
      assembler.move(PACK_FROM, PANEL_SOURCE);
      assembler.load64(PACK_TO, PACKED);
      const panel: Panel = { k: depth.size, vectors, lanes: columns, row: rowB };
      assembler.call(this.#pack(panel, { transposes: true }));
    }
    if (spread) {
      const next = FLOAT * columns * (transposeB ? rowB : 1);
      assembler.address(R10, { base: PANEL_SOURCE, offset: next });
      assembler.store64(NEXT_FROM, R10);
      assembler.load64(R10, OTHER_PACKED);
      assembler.store64(NEXT_TO, R10);
    }
    if (packB && !copiesPanel) assembler.load64(PANEL_B, PACKED);
    else assembler.move(PANEL_B, PANEL_SOURCE);
    this.#firstBlock(band, startA);
    const strideA = this.#strideA();
    const fetchesC = m * n > FAR_SIZE;
    const writes = this.#writes(depth, columns % unit.lanes);
    const kernel = { vectors, k: depth.size, ...writes, fetchesC, strideA };
    const inPlace = { rowB, panelLanes: columns % unit.lanes || undefined };
    const inScratch = { rowB: vectors * unit.lanes };
    const ends = [...copiesPanel ? [1] : [], ...spread ? endsOf(spread) : []];
    for (const { first, rows, count } of cutRuns(band.blocks, ends)) {
      const copiesHere = copiesPanel && first === 0;
      const nextRows = spread ? rowsOf(spread, first) : 0;
      const next = { from: SLOTS.nextFrom, row: rowB, rows: nextRows };
      const copies: Copies = {
        panel: copiesHere ? { slot: SLOTS.packed } : undefined,
        next: copying && nextRows > 0
          ? { ...next, to: SLOTS.nextTo, rounds: copying.rounds }
          : undefined,
        lines: fetching && nextRows > 0 ? next : undefined,
      };
      assembler.repeat({ counter: BLOCKS_LEFT, count }, () => {
        const panel = packB && !copiesHere ? inScratch : inPlace;
        assembler.call(this.#multiply({ ...kernel, rows, ...panel, copies }));
        this.#activate({ ...kernel, rows, depth });
        this.#nextBlock(rows, depth);
        if (nextRows > 0) {
          assembler.addToMemory(NEXT_FROM, FLOAT * nextRows * rowB);
          if (copying) assembler.addToMemory(NEXT_TO, FLOAT * nextRows * vectors * unit.lanes);
        }
      });
      if (copiesHere) assembler.load64(PANEL_B, PACKED);
    }
  }

  /** All blocks of C above each other in a panel of one column. */
  #column({ band, depth, startA, packsB }: {
    band: Band;
    depth: Depth;
    startA: number;
    /** Whether the column of B is packed, where its values have to lie side by side and do not. */
    packsB: boolean;
  }): void {
    const { assembler } = this.#emitter;
    const { transposeB, rowB } = this.#shape;
    const strideA = this.#strideA();
    const isPacked = strideA.column === 1 && !transposeB;
    assembler.move(PANEL_B, PANEL_SOURCE);
    if (isPacked) assembler.load64(PANEL_B, PACKED);
    if (isPacked && packsB && depth.size > 0) {
      assembler.move(PACK_FROM, PANEL_SOURCE);
      assembler.move(PACK_TO, PANEL_B);
      const column = { k: depth.size, row: rowB };
      const emit = () => emitPackColumn(this.#emitter, column);
      assembler.call(this.subroutines.want([emitPackColumn.name, column], emit));
    }
    const stepB = transposeB || isPacked ? 1 : rowB;
    const writes = this.#writes(depth, 1);
    this.#firstBlock(band, startA);
    for (const { rows, count } of band.blocks) {
      const blocks = (together: number) => {
        const blockA = this.#blockA(rows, depth);
        const kernel = { rows, together, blockA, k: depth.size, strideA, rowB: stepB, ...writes };
        const emit = () => emitColumnKernel(this.#emitter, kernel);
        assembler.call(this.subroutines.want([emitColumnKernel.name, kernel], emit));
        this.#activate({ vectors: 1, rows: together * rows, depth, ...writes });
        this.#nextBlock(rows, depth, { blocks: together });
      };
      const most = strideA.column === 1 ? 1 : Math.min(COLUMN_BLOCKS_TOGETHER, count);
      this.#together(count, most, blocks);
    }
  }

  /** From one row of a block of A to the next, and from one column to the next. */
  #strideA(): { row: number; column: number } {
    const { transposeA, rowA } = this.#shape;
    if (this.#plan.packA) return { row: 1, column: this.#plan.stepA };
    return transposeA ? { row: 1, column: rowA } : { row: rowA, column: 1 };
  }

  /** Goes to the band's first block of A, and of C in this panel. */
  #firstBlock(band: Band, startA: number): void {
    const { assembler, unit } = this.#emitter;
    const packed = { base: SCRATCH, offset: FLOAT * packedAStart(this.#plan, band, unit) };
    assembler.address(BLOCK_A, this.#plan.packA ? packed : { base: A, offset: startA });
    assembler.move(BLOCK_C, PANEL_C);
  }

  /** Emits what is done to `count` blocks, `most` of them together, and then to those that are left. */
  #together(count: number, most: number, emit: (blocks: number) => void): void {
    this.#emitter.assembler.repeat(
      { counter: BLOCKS_LEFT, count: Math.floor(count / most) },
      () => emit(most),
    );
    if (count % most > 0) emit(count % most);
  }

  /** From one block of A to the one below it, in floats. */
  #blockA(rows: number, depth: Depth): number {
    return this.#plan.packA
      ? packedBlockSize(this.#plan, depth, this.#emitter.unit)
      : rows * this.#strideA().row;
  }

  /** Goes on to the blocks below. */
  #nextBlock(rows: number, depth: Depth, { blocks = 1 } = {}): void {
    const { assembler } = this.#emitter;
    assembler.add(BLOCK_A, FLOAT * blocks * this.#blockA(rows, depth));
    assembler.add(BLOCK_C, FLOAT * blocks * rows * this.#shape.rowC);
  }

  /** What becomes of the sums at this depth. */
  #writes(depth: Depth, lastLanes: number) {
    const { accumulate, bias, keepsInput, rowC } = this.#shape;
    const isLast = this.#isLast(depth);
    return {
      rowC,
      lastLanes: lastLanes > 0 ? lastLanes : undefined,
      addsC: accumulate || depth.start > 0,
      addsBias: bias && isLast,
      isKept: keepsInput && isLast,
    };
  }

  #isLast({ start, size }: Depth): boolean {
    return start + size === this.#shape.k;
  }

  /** Applies the activation to a block that has just been written. */
  #activate(
    { rows, depth, ...block }: Omit<ActivationLoop, "activation"> & { rows: number; depth: Depth },
  ): void {
    const { activation } = this.#shape;
    if (activation === "none" || !this.#isLast(depth)) return;
    const { assembler } = this.#emitter;
    assembler.moveConstant(ROWS_LEFT, rows);
    assembler.call(this.#activationLoop({ ...block, activation }));
  }

  #pack(panel: Panel, { transposes }: { transposes: boolean }): Label {
    const emit = transposes ? emitPackColumns : emitPackRows;
    return this.subroutines.want([emit.name, panel], () => emit(this.#emitter, panel));
  }

  #multiply(kernel: MicroKernel): Label {
    return this.subroutines.want(
      ["multiply", kernel],
      () => emitMicroKernel(this.#emitter, kernel),
    );
  }

  #activationLoop({ activation, vectors, rowC, lastLanes, isKept }: ActivationLoop): Label {
    const loop = { activation, vectors, rowC, lastLanes, isKept };
    return this.subroutines.want(
      ["activate", loop],
      () => emitActivationLoop(this.#emitter, loop),
    );
  }
}
