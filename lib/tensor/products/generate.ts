// Generates the code of a product: a function around the loop over its batch. See Goto & van de Geijn 2008,
// "Anatomy of High-Performance Matrix Multiplication", and Heinecke et al. 2016, "LIBXSMM", for the idea of one
// code per shape.

import { Assembler, R10, RBX, RDI, type Register, RSI, RSP } from "./assembler.ts";
import { ARGUMENTS } from "./caller.ts";
import { type CallingConvention, emitFunction, hostConvention } from "./calling_convention.ts";
import { SLOTS } from "./micro_kernel.ts";
import type { Plan, ProductShape } from "./plan.ts";
import { A, B, C, ProductEmitter, SCRATCH } from "./product_emitter.ts";
import { type InstructionSet, VECTOR_UNITS, VectorAssembler } from "./vector_instructions.ts";

const FLOAT = 4;

/** The operands in the order in which the code is called with them. */
const OPERANDS = ["a", "b", "c", "bias", "kept"] as const;

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
