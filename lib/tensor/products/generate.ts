// Generates the code of a kernel: loops over batches, panels of B and row blocks of A, around calls of
// the subroutines that pack and multiply. See Goto & van de Geijn 2008, "Anatomy of High-Performance
// Matrix Multiplication", and Heinecke et al. 2016, "LIBXSMM", for the idea of one code per shape.

import { Assembler, type Label, R12, R14, R15, RAX, RBX, RCX, RDI, RDX, RSI } from "./assembler.ts";
import { type CallingConvention, emitFunction, hostConvention } from "./calling_convention.ts";
import { type KernelSpec, packedASize, tile } from "./kernel_spec.ts";
import { BLOCK_A, BLOCK_C, emitMicroKernel, type Emitter, PANEL_B } from "./micro_kernel.ts";
import { emitPackColumns, emitPackRows, PACK_FROM, PACK_TO, type Panel } from "./packing.ts";
import { type InstructionSet, VECTOR_UNITS, VectorAssembler } from "./vector_instructions.ts";

const FLOAT = 4;

/** The function's arguments: matrices A, B and C of this batch, and the scratch buffer. */
const A = RDI, B = RSI, C = RDX, SCRATCH = RCX;
/** The panel of B, as it lies in B, and the columns of C that it makes. */
const PANEL_SOURCE = R12, PANEL_C = R14;
const BATCHES_LEFT = R15, BLOCKS_LEFT = RBX;

/** How a kernel's code is to be written. */
export interface Target {
  readonly set: InstructionSet;
  readonly convention?: CallingConvention;
}

/**
 * The machine code of a kernel: a function of the addresses of A, B, C and of a scratch buffer of
 * `scratchSize` floats, aligned to 64 bytes.
 */
export function generateKernel(
  spec: KernelSpec,
  { set, convention = hostConvention() }: Target,
): Uint8Array<ArrayBuffer> {
  const assembler = new Assembler();
  const vector = new VectorAssembler(assembler, set);
  const emitter = { assembler, vector, unit: VECTOR_UNITS[set] };
  const subroutines = new Subroutines(emitter);
  emitFunction(assembler, {
    convention,
    body() {
      assembler.repeat({ counter: BATCHES_LEFT, count: spec.batch }, () => {
        emitProduct(spec, { emitter, subroutines });
        assembler.add(A, FLOAT * spec.strideA);
        assembler.add(B, FLOAT * spec.strideB);
        assembler.add(C, FLOAT * spec.strideC);
      });
      vector.leave();
    },
  });
  subroutines.emit();
  vector.finish();
  return assembler.finish();
}

interface Parts {
  readonly emitter: Emitter;
  readonly subroutines: Subroutines;
}

/** One product of the batch. */
function emitProduct(spec: KernelSpec, parts: Parts): void {
  const { emitter: { assembler, unit } } = parts;
  const tiling = tile(spec, unit);
  if (spec.packA) emitPackA(spec, parts);
  assembler.move(PANEL_SOURCE, B);
  assembler.move(PANEL_C, C);
  const width = tiling.vectors * unit.lanes;
  const panelsLeft = RAX;
  assembler.repeat({ counter: panelsLeft, count: tiling.fullPanels }, () => {
    assembler.push(panelsLeft);
    emitPanel(spec, { ...parts, columns: width });
    assembler.add(PANEL_SOURCE, FLOAT * width * (spec.transposeB ? spec.rowB : 1));
    assembler.add(PANEL_C, FLOAT * width);
    assembler.pop(panelsLeft);
  });
  if (tiling.lastColumns > 0) emitPanel(spec, { ...parts, columns: tiling.lastColumns });
}

/** Packs the row blocks of A, one behind the other, to the begin of the scratch buffer. */
function emitPackA(spec: KernelSpec, { emitter: { assembler, unit }, subroutines }: Parts): void {
  const { k, rowA: row, transposeA } = spec;
  const [source, target] = [PANEL_SOURCE, PANEL_C]; // free before the panels begin
  assembler.move(source, A);
  assembler.move(target, SCRATCH);
  for (const { rows, count } of tile(spec, unit).rowBlocks) {
    assembler.repeat({ counter: BLOCKS_LEFT, count }, () => {
      assembler.move(PACK_FROM, source);
      assembler.move(PACK_TO, target);
      const panel: Panel = { k, vectors: 1, lanes: rows, row };
      assembler.call(subroutines.pack(panel, { transposes: !transposeA }));
      assembler.add(source, FLOAT * rows * (transposeA ? 1 : row));
      assembler.add(target, FLOAT * k * unit.lanes);
    });
  }
}

/** All blocks of C above each other in one panel. */
function emitPanel(
  spec: KernelSpec,
  { emitter: { assembler, unit }, subroutines, columns }: Parts & { columns: number },
): void {
  const { k, transposeA, transposeB, packA } = spec;
  const vectors = Math.ceil(columns / unit.lanes);
  const isCut = columns % unit.lanes > 0;
  const isPacked = spec.packB || transposeB || isCut;
  if (isPacked) {
    assembler.address(PANEL_B, { base: SCRATCH, offset: FLOAT * packedASize(spec, unit) });
    assembler.move(PACK_FROM, PANEL_SOURCE);
    assembler.move(PACK_TO, PANEL_B);
    const panel: Panel = { k, vectors, lanes: columns, row: spec.rowB };
    assembler.call(subroutines.pack(panel, { transposes: transposeB }));
  } else {
    assembler.move(PANEL_B, PANEL_SOURCE);
  }
  assembler.move(BLOCK_A, packA ? SCRATCH : A);
  assembler.move(BLOCK_C, PANEL_C);
  const rowToRow = transposeA ? 1 : spec.rowA;
  for (const { rows, count } of tile(spec, unit).rowBlocks) {
    const label = subroutines.multiply({
      rows,
      vectors,
      k,
      strideA: packA
        ? { row: 1, column: unit.lanes }
        : { row: rowToRow, column: transposeA ? spec.rowA : 1 },
      rowB: isPacked ? vectors * unit.lanes : spec.rowB,
      rowC: spec.rowC,
      lastLanes: isCut ? columns % unit.lanes : undefined,
      accumulate: spec.accumulate,
    });
    assembler.repeat({ counter: BLOCKS_LEFT, count }, () => {
      assembler.call(label);
      assembler.add(BLOCK_A, FLOAT * (packA ? k * unit.lanes : rows * rowToRow));
      assembler.add(BLOCK_C, FLOAT * rows * spec.rowC);
    });
  }
}

/** The subroutines that a kernel calls; each is emitted once, behind the function. */
class Subroutines {
  readonly #emitter: Emitter;
  readonly #wanted = new Map<string, { label: Label; emit: () => void }>();

  constructor(emitter: Emitter) {
    this.#emitter = emitter;
  }

  pack(panel: Panel, { transposes }: { transposes: boolean }): Label {
    const emit = transposes ? emitPackColumns : emitPackRows;
    return this.#want(`${emit.name} ${JSON.stringify(panel)}`, () => emit(this.#emitter, panel));
  }

  multiply(kernel: Parameters<typeof emitMicroKernel>[1]): Label {
    return this.#want(
      `multiply ${JSON.stringify(kernel)}`,
      () => emitMicroKernel(this.#emitter, kernel),
    );
  }

  emit(): void {
    for (const { label, emit } of this.#wanted.values()) {
      this.#emitter.assembler.place(label);
      emit();
    }
  }

  #want(key: string, emit: () => void): Label {
    const known = this.#wanted.get(key);
    if (known) return known.label;
    const label = this.#emitter.assembler.label();
    this.#wanted.set(key, { label, emit });
    return label;
  }
}
