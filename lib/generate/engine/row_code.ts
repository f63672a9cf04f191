// Generates the machine code of a product of a few rows with a packed matrix. The sums of a block of columns stay in
// registers while the code runs along the inputs: one vector of columns each, for one row and several blocks, or for
// several rows and one block.

import {
  Assembler,
  type Label,
  R10,
  R11,
  R12,
  R13,
  R14,
  R15,
  R8,
  R9,
  RAX,
  RBP,
  RBX,
  RCX,
  RDI,
  RDX,
  type Register,
  RSI,
  RSP,
} from "../../tensor/products/assembler.ts";
import { emitFunction, hostConvention } from "../../tensor/products/calling_convention.ts";
import {
  type InstructionSet,
  VECTOR_UNITS,
  VectorAssembler,
} from "../../tensor/products/vector_instructions.ts";
import { BLOCK, type Precision, SCALE_GROUP } from "./packed_matrix.ts";

/**
 * What the code is called with, in bytes from the first of its two addresses. Where operands begin is told in bytes
 * from the second address. The inputs come as `steps` of four, or of a scale's group, and the `rest`. The code moves
 * on `x`, `w` and `y` by a step for each of the `heads`, and counts those down.
 */
export const ROW_ARGUMENTS = {
  x: 0,
  w: 4,
  y: 8,
  blockStride: 12,
  scales: 16,
  scaleStride: 20,
  steps: 24,
  rest: 28,
  turns: 32,
  heads: 36,
  stepX: 40,
  stepW: 44,
  stepY: 48,
} as const;

/** What a piece of code is for. Strides count floats. */
export interface RowShape {
  readonly precision: Precision;
  readonly rows: number;
  readonly strideX: number;
  readonly strideY: number;
  /** Blocks of columns in one turn; more than one only for a single row. */
  readonly blocks: number;
}

/** The largest shapes that fit the registers of an instruction set. */
export function mostRows(set: InstructionSet, precision: Precision): number {
  if (precision === "int8") return set === "AVX-512" ? 4 : 2;
  return set === "AVX-512" ? 8 : 6;
}

/** Blocks that a single row is multiplied with in one turn, where there are as many. */
export function mostBlocks(set: InstructionSet, precision: Precision): number {
  if (set === "AVX-512") return 2;
  return precision === "int8" ? 1 : 2;
}

const FLOAT = 4;
const UNROLL = 4;

const [X, W, Y, BLOCK_STRIDE, STEPS, REST, TURNS] = [R8, R9, R10, R11, R12, R13, R14];
const [IN_X, COUNTER] = [R15, RBP];
/** Where the code is in each block; all of a group's scales lie behind `SCALES`. */
const IN_W: readonly Register[] = [RAX, RBX, RCX, RDX];
const [SCALES, SCALE_STRIDE] = [RDI, RSI];

/** The machine code of a shape. */
export function rowCode(shape: RowShape, set: InstructionSet): Uint8Array<ArrayBuffer> {
  const assembler = new Assembler();
  const vector = new VectorAssembler(assembler, set);
  emitFunction(assembler, {
    convention: hostConvention(),
    body() {
      assembler.push(RDI);
      assembler.push(RSI);
      const head = assembler.here();
      emitArguments(assembler);
      new RowEmitter(shape, set, { assembler, vector }).emit();
      assembler.load64(RDI, { base: RSP, offset: 8 });
      assembler.load64(RSI, { base: RSP, offset: 0 });
      emitSteps(assembler);
      assembler.jumpIfNotZero(head);
      assembler.add(RSP, 16);
      vector.leave();
    },
  });
  vector.finish();
  return assembler.finish();
}

function emitArguments(assembler: Assembler): void {
  const given = RDI;
  const load = (to: Register, name: keyof typeof ROW_ARGUMENTS) =>
    assembler.load32(to, { base: given, offset: ROW_ARGUMENTS[name] });
  load(X, "x");
  load(W, "w");
  load(Y, "y");
  for (const address of [X, W, Y]) assembler.addRegister(address, RSI);
  load(BLOCK_STRIDE, "blockStride");
  load(STEPS, "steps");
  load(REST, "rest");
  load(TURNS, "turns");
  load(RAX, "scales");
  load(RBX, "scaleStride");
  assembler.addRegister(RAX, RSI);
  assembler.move(SCALES, RAX);
  assembler.move(SCALE_STRIDE, RBX);
}

/** Moves the operands on to the next head, and ends with the count of those that are left. */
function emitSteps(assembler: Assembler): void {
  const move = (name: "x" | "w" | "y", step: "stepX" | "stepW" | "stepY") => {
    const place = { base: RDI, offset: ROW_ARGUMENTS[name] };
    assembler.load32(RAX, place);
    assembler.load32(RBX, { base: RDI, offset: ROW_ARGUMENTS[step] });
    assembler.addRegister(RAX, RBX);
    assembler.store32(place, RAX);
  };
  move("x", "stepX");
  move("w", "stepW");
  move("y", "stepY");
  const heads = { base: RDI, offset: ROW_ARGUMENTS.heads };
  assembler.load32(RAX, heads);
  assembler.add(RAX, -1);
  assembler.store32(heads, RAX); // a store leaves the flags as they are
}

class RowEmitter {
  readonly #shape: RowShape;
  readonly #assembler: Assembler;
  readonly #vector: VectorAssembler;
  readonly #lanes: number;
  /** Vectors of columns that have their sums in registers at the same time, for each row. */
  readonly #vectors: number;
  /** How often a block is gone through, until all its columns have had their turn. */
  readonly #passes: number;
  /** The first register that holds no sum. */
  readonly #spare: number;

  constructor(
    shape: RowShape,
    set: InstructionSet,
    { assembler, vector }: { assembler: Assembler; vector: VectorAssembler },
  ) {
    this.#shape = shape;
    this.#assembler = assembler;
    this.#vector = vector;
    this.#lanes = VECTOR_UNITS[set].lanes;
    const inBlock = BLOCK / this.#lanes;
    this.#vectors = shape.rows === 1 ? shape.blocks * inBlock : 2;
    this.#passes = shape.rows === 1 ? 1 : inBlock / 2;
    const sums = shape.rows * this.#vectors;
    this.#spare = shape.precision === "int8" ? 2 * sums : sums;
  }

  emit(): void {
    const { blocks, precision } = this.#shape;
    const assembler = this.#assembler;
    assembler.countDown(TURNS, () => {
      for (let pass = 0; pass < this.#passes; pass++) {
        if (precision === "int8") this.#emitBytes(pass);
        else this.#emitFloats(pass);
        this.#emitStores(pass);
      }
      for (let i = 0; i < blocks; i++) assembler.addRegister(W, BLOCK_STRIDE);
      if (precision === "int8") {
        for (let i = 0; i < blocks; i++) assembler.addRegister(SCALES, SCALE_STRIDE);
      }
      assembler.add(Y, FLOAT * BLOCK * blocks);
    });
  }

  #emitFloats(pass: number): void {
    const assembler = this.#assembler;
    this.#startPass(FLOAT * this.#lanes * 2 * pass);
    this.#zeroSums(0);
    const run = (count: Register, steps: number) => {
      const end = assembler.label();
      jumpIfZero(assembler, count, end);
      assembler.move(COUNTER, count);
      assembler.countDown(COUNTER, () => {
        for (let step = 0; step < steps; step++) this.#emitStep(step, FLOAT);
        this.#advance(steps, FLOAT);
      });
      assembler.place(end);
    };
    run(STEPS, UNROLL);
    run(REST, 1);
  }

  /** The sums of a group of inputs are whole numbers times x; they are scaled before they join the others. */
  #emitBytes(pass: number): void {
    const { rows, blocks } = this.#shape;
    const [assembler, vector, lanes] = [this.#assembler, this.#vector, this.#lanes];
    const sums = rows * this.#vectors;
    this.#startPass(lanes * 2 * pass);
    this.#zeroSums(0);
    assembler.push(SCALES);
    assembler.move(COUNTER, STEPS);
    assembler.countDown(COUNTER, () => {
      this.#zeroSums(sums);
      assembler.push(COUNTER);
      assembler.repeat({ counter: COUNTER, count: SCALE_GROUP / UNROLL }, () => {
        for (let step = 0; step < UNROLL; step++) this.#emitStep(step, 1);
        this.#advance(UNROLL, 1);
      });
      assembler.pop(COUNTER);
      const perBlock = this.#vectors / blocks;
      assembler.push(SCALES);
      for (let block = 0; block < blocks; block++) {
        for (let v = 0; v < perBlock; v++) {
          const offset = FLOAT * lanes * (v + 2 * pass);
          vector.load(this.#spare, { base: SCALES, offset });
          for (let row = 0; row < rows; row++) {
            const sum = row * this.#vectors + block * perBlock + v;
            vector.multiplyAdd(sum, sums + sum, this.#spare);
          }
        }
        if (block < blocks - 1) assembler.addRegister(SCALES, SCALE_STRIDE);
      }
      assembler.pop(SCALES);
      assembler.add(SCALES, FLOAT * BLOCK);
    });
    assembler.pop(SCALES);
  }

  #startPass(offset: number): void {
    const assembler = this.#assembler;
    assembler.move(IN_X, X);
    assembler.move(IN_W[0], W);
    assembler.add(IN_W[0], offset);
    for (let i = 1; i < this.#shape.blocks; i++) {
      assembler.move(IN_W[i], IN_W[i - 1]);
      assembler.addRegister(IN_W[i], BLOCK_STRIDE);
    }
  }

  #zeroSums(first: number): void {
    const sums = this.#shape.rows * this.#vectors;
    for (let i = first; i < first + sums; i++) this.#vector.zero(i);
  }

  /** One input: a row of W, and a number of each row of x. */
  #emitStep(step: number, bytes: number): void {
    const { rows, blocks, strideX, precision } = this.#shape;
    const vector = this.#vector;
    const first = precision === "int8" ? rows * this.#vectors : 0;
    const perBlock = this.#vectors / blocks;
    const w = (v: number) => this.#spare + 2 + v % 4;
    const load = (v: number) => {
      const base = IN_W[Math.floor(v / perBlock)];
      const offset = bytes * (step * BLOCK + v % perBlock * this.#lanes);
      if (precision === "int8") vector.loadBytes(w(v), { base, offset });
      else vector.load(w(v), { base, offset });
    };
    const value = (row: number) => this.#spare + (rows === 1 ? step : row) % 2;
    if (rows > 1) { for (let v = 0; v < this.#vectors; v++) load(v); }
    for (let row = 0; row < rows; row++) {
      const offset = FLOAT * (row * strideX + step);
      vector.broadcast(value(row), { base: IN_X, offset });
      for (let v = 0; v < this.#vectors; v++) {
        if (rows === 1) load(v);
        vector.multiplyAdd(first + row * this.#vectors + v, w(v), value(row));
      }
    }
  }

  #advance(steps: number, bytes: number): void {
    this.#assembler.add(IN_X, FLOAT * steps);
    for (let i = 0; i < this.#shape.blocks; i++) {
      this.#assembler.add(IN_W[i], bytes * BLOCK * steps);
    }
  }

  #emitStores(pass: number): void {
    const { rows, strideY } = this.#shape;
    for (let row = 0; row < rows; row++) {
      for (let v = 0; v < this.#vectors; v++) {
        const offset = FLOAT * (row * strideY + this.#lanes * (v + 2 * pass));
        this.#vector.store({ base: Y, offset }, row * this.#vectors + v);
      }
    }
  }
}

function jumpIfZero(assembler: Assembler, register: Register, label: Label): void {
  assembler.bytes(0x48 | (register >> 3) << 2 | register >> 3, 0x85); // test
  assembler.bytes(0xc0 | (register & 7) << 3 | (register & 7), 0x0f, 0x84);
  assembler.distanceTo(label);
}
