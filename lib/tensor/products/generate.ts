// Generates the code of a product: loops over batches, strips of B, bands of A, panels of B and row blocks, around
// calls of the subroutines that pack and multiply. See Goto & van de Geijn 2008, "Anatomy of High-Performance
// Matrix Multiplication", and Heinecke et al. 2016, "LIBXSMM", for the idea of one code per shape.

import {
  Assembler,
  type Label,
  R10,
  R12,
  R14,
  R15,
  RBX,
  RCX,
  RDI,
  RDX,
  type Register,
  RSI,
  RSP,
} from "./assembler.ts";
import { type ActivationLoop, emitActivationLoop, ROWS_LEFT } from "./activation_loop.ts";
import { ARGUMENTS } from "./caller.ts";
import { type CallingConvention, emitFunction, hostConvention } from "./calling_convention.ts";
import { BLOCK_C, emitMicroKernel, type MicroKernel, SLOTS } from "./micro_kernel.ts";
import { emitPackColumns, emitPackRows, PACK_FROM, PACK_TO, type Panel } from "./packing.ts";
import {
  type Band,
  type Depth,
  packedASize,
  type Plan,
  type ProductShape,
  type Strip,
} from "./plan.ts";
import { Subroutines } from "./subroutines.ts";
import { BLOCK_A, type Emitter, PANEL_B } from "./sums.ts";
import { type InstructionSet, VECTOR_UNITS, VectorAssembler } from "./vector_instructions.ts";

const FLOAT = 4;

/** The operands in the order in which the code is called with them. */
const OPERANDS = ["a", "b", "c", "bias", "kept"] as const;

/** Matrices A, B and C of this batch, and the scratch buffer. */
const A = RDI, B = RSI, C = RDX, SCRATCH = RCX;
/** The panel of B, as it lies in B, and the columns of C that it makes. */
const PANEL_SOURCE = R12, PANEL_C = R14;
const PANELS_LEFT = R15, BLOCKS_LEFT = RBX;
/** Floats of C, 8 MiB, from which most of it has left the second-level cache before it is needed. */
const FAR_SIZE = 2 ** 21;
/** Where the panel of B lies, or will lie, packed. */
const PACKED = { base: RSP, offset: SLOTS.packed };

/** How code is to be written. */
export interface Target {
  readonly set: InstructionSet;
  readonly convention?: CallingConvention;
}

/** The machine code of a product, to be called with what {@linkcode OPERANDS} tells of. */
export function generateProduct(
  shape: ProductShape,
  plan: Plan,
  { set, convention = hostConvention() }: Target,
): Uint8Array<ArrayBuffer> {
  const assembler = new Assembler();
  const vector = new VectorAssembler(assembler, set);
  const emitter = { assembler, vector, unit: VECTOR_UNITS[set] };
  const product = new ProductEmitter(shape, plan, emitter);
  emitFunction(assembler, {
    convention,
    body() {
      assembler.add(RSP, -SLOTS.size);
      emitArguments(shape, assembler);
      emitBatches(shape, assembler, () => product.emit());
      assembler.add(RSP, SLOTS.size);
      vector.leave();
    },
  });
  product.subroutines.emit();
  vector.finish();
  return assembler.finish();
}

/** Puts the addresses of the operands into their registers and slots. */
function emitArguments({ bias, keepsInput }: ProductShape, assembler: Assembler): void {
  const [given, base] = [R10, RBX];
  assembler.move(given, RDI);
  assembler.move(base, RSI);
  const address = (to: Register, name: (typeof OPERANDS)[number]) => {
    const offset = ARGUMENTS.operands + 4 * OPERANDS.indexOf(name);
    assembler.load32(to, { base: given, offset });
    assembler.addRegister(to, base);
  };
  address(A, "a");
  address(B, "b");
  address(C, "c");
  if (bias) {
    address(SCRATCH, "bias");
    assembler.store64({ base: RSP, offset: SLOTS.bias }, SCRATCH);
  }
  if (keepsInput) {
    address(SCRATCH, "kept");
    assembler.subtractRegister(SCRATCH, C);
    assembler.store64({ base: RSP, offset: SLOTS.kept }, SCRATCH);
  }
  assembler.load64(SCRATCH, { base: given, offset: ARGUMENTS.scratch });
}

/** The loop over the batch. */
function emitBatches(shape: ProductShape, assembler: Assembler, body: () => void): void {
  if (shape.batch === 1) return body();
  const left = { base: RSP, offset: SLOTS.batchesLeft };
  assembler.moveConstant(R10, shape.batch);
  assembler.store64(left, R10);
  const start = assembler.here();
  body();
  assembler.add(A, FLOAT * shape.strideA);
  assembler.add(B, FLOAT * shape.strideB);
  assembler.add(C, FLOAT * shape.strideC);
  assembler.addToMemory(left, -1);
  assembler.jumpIfNotZero(start);
}

/** Emits one product of the batch. */
class ProductEmitter {
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
    for (const strip of strips) {
      for (const depth of depths) {
        for (const band of bands) this.#band({ band, depth, strip });
      }
    }
  }

  /** All panels of a strip in one band at one depth. */
  #band({ band, depth, strip }: { band: Band; depth: Depth; strip: Strip }): void {
    const { assembler, unit } = this.#emitter;
    const { rowA, rowB, rowC, transposeA, transposeB, bias } = this.#shape;
    const { packA, packB, vectors } = this.#plan;
    const { start, panels, lastColumns } = strip;
    const startA = FLOAT *
      (transposeA ? depth.start * rowA + band.start : band.start * rowA + depth.start);
    if (packA) this.#packA(band, depth, startA);
    assembler.address(PANEL_SOURCE, {
      base: B,
      offset: FLOAT *
        (transposeB ? start * rowB + depth.start : depth.start * rowB + start),
    });
    assembler.address(PANEL_C, { base: C, offset: FLOAT * (band.start * rowC + start) });
    if (packB) {
      assembler.address(R10, {
        base: SCRATCH,
        offset: FLOAT * packedASize(this.#plan, unit),
      });
      assembler.store64(PACKED, R10);
    }
    if (bias) assembler.addToMemory({ base: RSP, offset: SLOTS.bias }, FLOAT * start);
    const width = vectors * unit.lanes;
    assembler.repeat({ counter: PANELS_LEFT, count: panels }, () => {
      this.#panel({ band, depth, startA, columns: width });
      // One band alone packs its panels to the same place, which stays in the nearest cache.
      if (packB && this.#plan.bands.length > 1) {
        assembler.addToMemory(PACKED, FLOAT * depth.size * width);
      }
      assembler.add(PANEL_SOURCE, FLOAT * width * (transposeB ? rowB : 1));
      assembler.add(PANEL_C, FLOAT * width);
      if (bias) assembler.addToMemory({ base: RSP, offset: SLOTS.bias }, FLOAT * width);
    });
    if (lastColumns > 0) this.#panel({ band, depth, startA, columns: lastColumns });
    if (bias) {
      const moved = FLOAT * (start + width * panels);
      assembler.addToMemory({ base: RSP, offset: SLOTS.bias }, -moved);
    }
  }

  /** Packs the row blocks of A, one behind the other, to the begin of the scratch buffer. */
  #packA({ blocks }: Band, depth: Depth, startA: number): void {
    const { assembler, unit } = this.#emitter;
    const { rowA: row, transposeA } = this.#shape;
    const [source, target] = [PANEL_SOURCE, PANEL_C]; // free before the panels begin
    assembler.address(source, { base: A, offset: startA });
    assembler.move(target, SCRATCH);
    for (const { rows, count } of blocks) {
      assembler.repeat({ counter: BLOCKS_LEFT, count }, () => {
        assembler.move(PACK_FROM, source);
        assembler.move(PACK_TO, target);
        const panel: Panel = { k: depth.size, vectors: 1, lanes: rows, row };
        assembler.call(this.#pack(panel, { transposes: !transposeA }));
        assembler.add(source, FLOAT * rows * (transposeA ? 1 : row));
        assembler.add(target, FLOAT * depth.size * unit.lanes);
      });
    }
  }

  /** All blocks of C above each other in one panel. */
  #panel({ band, depth, startA, columns }: {
    band: Band;
    depth: Depth;
    startA: number;
    columns: number;
  }): void {
    const { assembler, unit } = this.#emitter;
    const { transposeA, transposeB, rowA, rowB, rowC } = this.#shape;
    const { packA, packB, bands } = this.#plan;
    const vectors = Math.ceil(columns / unit.lanes);
    const packsHere = packB && band === bands[0]; // the other bands find what the first has packed
    const copies = packsHere && !transposeB;
    if (packsHere && transposeB) {
      assembler.move(PACK_FROM, PANEL_SOURCE);
      assembler.load64(PACK_TO, PACKED);
      const panel: Panel = { k: depth.size, vectors, lanes: columns, row: rowB };
      assembler.call(this.#pack(panel, { transposes: true }));
    }
    if (packB && !copies) assembler.load64(PANEL_B, PACKED);
    else assembler.move(PANEL_B, PANEL_SOURCE);
    if (packA) assembler.move(BLOCK_A, SCRATCH);
    else assembler.address(BLOCK_A, { base: A, offset: startA });
    assembler.move(BLOCK_C, PANEL_C);
    const rowToRow = transposeA ? 1 : rowA;
    const kernel = { vectors, ...this.#writes(depth, columns % unit.lanes) };
    const inPlace = { rowB, panelLanes: columns % unit.lanes || undefined };
    const inScratch = { rowB: vectors * unit.lanes };
    let isFirst = true;
    for (const { rows, count } of band.blocks) {
      const block = (options: Pick<MicroKernel, "rowB" | "panelLanes" | "copyTo">) => {
        const strideA = packA
          ? { row: 1, column: unit.lanes }
          : { row: rowToRow, column: transposeA ? rowA : 1 };
        assembler.call(
          this.#multiply({ ...kernel, rows, k: depth.size, strideA, ...options }),
        );
        this.#activate({ ...kernel, rows, depth });
        assembler.add(BLOCK_A, FLOAT * (packA ? depth.size * unit.lanes : rows * rowToRow));
        assembler.add(BLOCK_C, FLOAT * rows * rowC);
      };
      const isCopying = isFirst && copies;
      if (isCopying) {
        block({ ...inPlace, copyTo: SLOTS.packed });
        assembler.load64(PANEL_B, PACKED);
      }
      assembler.repeat(
        { counter: BLOCKS_LEFT, count: count - Number(isCopying) },
        () => block(packB ? inScratch : inPlace),
      );
      isFirst = false;
    }
  }

  /** What becomes of the sums at this depth. */
  #writes(depth: Depth, lastLanes: number) {
    const { m, n, accumulate, bias, keepsInput, rowC } = this.#shape;
    const isLast = this.#isLast(depth);
    return {
      rowC,
      lastLanes: lastLanes > 0 ? lastLanes : undefined,
      fetchesC: m * n > FAR_SIZE,
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
