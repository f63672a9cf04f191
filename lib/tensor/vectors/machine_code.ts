// Translates a kernel to machine code: a function of the address of its argument block, in which word 0
// and 1 are the address of the memory that pointers count from, and the arguments follow.

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
} from "../products/assembler.ts";
import {
  type CallingConvention,
  emitFunction,
  hostConvention,
} from "../products/calling_convention.ts";
import type { InstructionSet } from "../products/vector_instructions.ts";
import type { Binary, Integer, KernelCode, Step, Vector } from "./code.ts";
import type { Opcode, Operand } from "./encoding.ts";
import { BROADCAST, VectorEncoding } from "./encoding.ts";
import { IntegerInstructions } from "./integer_instructions.ts";
import { lifetimes } from "./lifetimes.ts";
import { type Place, places, Registers } from "./registers.ts";

/** Bytes of the argument block before the first argument. */
export const ARGUMENTS_START = 8;
/** Where integers are kept that have no register. */
const SLOTS_START = 128;
/** Bytes of the argument block: 30 arguments, 16 slots. */
export const BLOCK_BYTES = 256;

const BLOCK = RDI;
const INTEGER_REGISTERS: readonly Register[] = [
  ...[RBX, RDX, RSI, RBP, R8, R9, R10, R11, R12, R13, R14, R15],
];
/** RAX and RCX hold nothing from one step to the next. */
const PASSING = RAX, OTHER_PASSING = RCX;

const MOVE: Opcode = { map: 1, prefix: 0, code: 0x28 }; // vmovaps
const LOAD: Opcode = { map: 1, prefix: 0, code: 0x10 }; // vmovups
const STORE: Opcode = { map: 1, prefix: 0, code: 0x11 };
const STORE_FIRST: Opcode = { map: 1, prefix: 2, code: 0x11 }; // vmovss
const LOAD_MASKED: Opcode = { map: 2, prefix: 1, code: 0x2c }; // vmaskmovps
const STORE_MASKED: Opcode = { map: 2, prefix: 1, code: 0x2e };
const BINARY: Readonly<Record<Binary, Opcode>> = {
  add: { map: 1, prefix: 0, code: 0x58 },
  subtract: { map: 1, prefix: 0, code: 0x5c },
  multiply: { map: 1, prefix: 0, code: 0x59 },
  divide: { map: 1, prefix: 0, code: 0x5e },
  max: { map: 1, prefix: 0, code: 0x5f },
  min: { map: 1, prefix: 0, code: 0x5d },
  addBits: { map: 1, prefix: 1, code: 0xfe }, // vpaddd
};
const XOR: Opcode = { map: 1, prefix: 1, code: 0xef }; // vpxor, vpxord
const ROOT: Opcode = { map: 1, prefix: 0, code: 0x51 }; // vsqrtps
const SHIFT: Opcode = { map: 1, prefix: 1, code: 0x72 }; // vpslld, with 6 in the register's place
const AND: Opcode = { map: 1, prefix: 0, code: 0x54 }; // vandps
const BLEND: Opcode = { map: 3, prefix: 1, code: 0x4a }; // vblendvps
const ADD_PRODUCT: Opcode = { map: 2, prefix: 1, code: 0xb8 }; // vfmadd231ps
const SUBTRACT_PRODUCT: Opcode = { map: 2, prefix: 1, code: 0xbc };
const MULTIPLY_THEN_ADD: Opcode = { map: 2, prefix: 1, code: 0xa8 }; // vfmadd213ps
const MULTIPLY_THEN_SUBTRACT: Opcode = { map: 2, prefix: 1, code: 0xac };
const SWAP_QUADS: Opcode = { map: 3, prefix: 1, code: 0x43 }; // vshuff32x4
const SWAP_HALVES: Opcode = { map: 3, prefix: 1, code: 0x06 }; // vperm2f128
const SWAP_IN_QUADS: Opcode = { map: 3, prefix: 1, code: 0x04 }; // vpermilps

/** Translates `kernel` for an instruction set. */
export function machineCode(
  kernel: KernelCode,
  { set, convention = hostConvention() }: { set: InstructionSet; convention?: CallingConvention },
): Uint8Array<ArrayBuffer> {
  const assembler = new Assembler();
  const translation = new Translation(kernel, assembler, set);
  emitFunction(assembler, {
    convention,
    body() {
      translation.run();
      assembler.bytes(0xc5, 0xf8, 0x77); // vzeroupper
    },
  });
  translation.data();
  return assembler.finish();
}

class Translation {
  readonly #kernel: KernelCode;
  readonly #assembler: Assembler;
  readonly #integer: IntegerInstructions;
  readonly #encoding: VectorEncoding;
  readonly #isWide: boolean;
  readonly #lanes: number;
  readonly #vectors: Registers;
  readonly #places: readonly Place[];
  readonly #constants = new Map<number, Label>();
  /** For AVX2: eight times −1, then eight times 0. */
  readonly #masks: Label;
  readonly #loops: { start: Label; end: Label }[] = [];
  /** Registers that hold nothing from one step to the next, and AVX2's mask. */
  readonly #passing: number;
  readonly #mask: number;

  constructor(kernel: KernelCode, assembler: Assembler, set: InstructionSet) {
    this.#kernel = kernel;
    this.#assembler = assembler;
    this.#integer = new IntegerInstructions(assembler);
    this.#encoding = new VectorEncoding(assembler, set);
    this.#isWide = set === "AVX-512";
    this.#lanes = this.#isWide ? 16 : 8;
    const free = this.#isWide ? 30 : 14;
    [this.#passing, this.#mask] = [free, free + 1];
    const { vectors, integers } = lifetimes(kernel.steps);
    this.#vectors = new Registers(Array.from({ length: free }, (_, i) => i), vectors);
    this.#places = places(integers, INTEGER_REGISTERS);
    this.#masks = assembler.label();
  }

  run(): void {
    this.#kernel.steps.forEach((step, at) => {
      this.#vectors.at = at;
      this.#translate(step);
      this.#vectors.release();
    });
  }

  /** Appends what the code reads. */
  data(): void {
    const assembler = this.#assembler;
    for (const [value, label] of this.#constants) {
      assembler.place(label);
      const bits = new Int32Array(new Float32Array([value]).buffer)[0];
      for (let lane = 0; lane < (this.#isWide ? 1 : 8); lane++) assembler.int32(bits);
    }
    assembler.place(this.#masks);
    if (!this.#isWide) { for (let lane = 0; lane < 16; lane++) assembler.int32(lane < 8 ? -1 : 0); }
  }

  #translate(step: Step): void {
    const [integer, assembler] = [this.#integer, this.#assembler];
    switch (step.step) {
      case "pointer":
        return this.#compute(step.to, (to) => {
          integer.load32(to, BLOCK, this.#argument(step.word));
          integer.addMemory64(to, BLOCK, 0);
        });
      case "count":
        return this.#compute(
          step.to,
          (to) => integer.load32(to, BLOCK, this.#argument(step.word)),
        );
      case "number":
        assembler.address(PASSING, { base: BLOCK, offset: this.#argument(step.word) });
        return this.#vector(BROADCAST, this.#v(step.to), { memory: { base: PASSING } });
      case "copy":
        return this.#compute(step.to, (to) => assembler.move(to, this.#i(step.from, to)));
      case "bytes":
        return this.#compute(step.to, (to) => {
          assembler.move(to, this.#i(step.from, to));
          integer.shiftLeft(to, 2);
        });
      case "product":
        return this.#compute(step.to, (to) => {
          assembler.move(to, this.#i(step.a, to));
          integer.multiply(to, this.#i(step.b, OTHER_PASSING));
        });
      case "set":
        return this.#compute(step.to, (to) => assembler.moveConstant(to, step.value));
      case "advance":
        return this.#change(step.to, (to) => {
          if (typeof step.by === "number") assembler.add(to, step.by);
          else integer.add(to, this.#i(step.by, OTHER_PASSING));
        });
      case "loadInteger":
        return this.#compute(step.to, (to) => integer.load32(to, this.#i(step.from, to), 0));
      case "repeat":
        this.#compute(step.counter, (counter) => {
          assembler.move(counter, this.#i(step.count, counter));
          integer.test(counter);
        });
        return this.#openLoop("zero");
      case "endRepeat":
        this.#change(step.counter, (counter) => integer.decrement(counter));
        return this.#closeLoop("notZero");
      case "whole":
        this.#compute(step.index, (index) => assembler.moveConstant(index, 0));
        this.#compute(step.end, (end) => {
          assembler.move(end, this.#i(step.count, end));
          integer.shiftLeft(end, 2);
          integer.and(end, -4 * this.#lanes);
        });
        return this.#openLoop("zero");
      case "endWhole":
        this.#change(step.index, (index) => assembler.add(index, 4 * this.#lanes));
        integer.compare(this.#i(step.index), this.#i(step.end, OTHER_PASSING));
        return this.#closeLoop("below");
      case "rest":
        assembler.move(OTHER_PASSING, this.#i(step.count, OTHER_PASSING));
        integer.and(OTHER_PASSING, this.#lanes - 1);
        this.#openLoop("zero");
        return this.#setMask();
      case "endRest":
        return this.#closeLoop();
      case "load":
        return this.#load(step);
      case "store":
        return this.#store(step);
      case "broadcast":
        return this.#vector(BROADCAST, this.#v(step.to), { memory: { base: this.#i(step.from) } });
      case "storeFirst":
        return this.#encoding.append({
          opcode: STORE_FIRST,
          reg: this.#v(step.from),
          operand: { memory: { base: this.#i(step.to) } },
        });
      case "binary": {
        const [a, b] = [this.#v(step.a), this.#operand(step.b)];
        const to = this.#vectors.reusing([step.a.register, step.b.register], step.to.register);
        return this.#encoding.append({
          opcode: BINARY[step.operation],
          reg: to,
          vvvv: a,
          operand: b,
        });
      }
      case "unary": {
        const a = this.#v(step.a);
        const to = this.#vectors.reusing([step.a.register], step.to.register);
        if (step.operation === "root") return this.#vector(ROOT, to, { vector: a });
        return this.#encoding.append({
          opcode: SHIFT,
          reg: 6,
          vvvv: to,
          operand: { vector: a },
          immediate: 23,
        });
      }
      case "fused":
        return this.#fused(step);
      case "assign":
        if (step.from.constant === 0 || step.from.constant === undefined) {
          return this.#assign(this.#v(step.to), step.from);
        }
        return this.#vector(this.#isWide ? BROADCAST : LOAD, this.#v(step.to), {
          constant: this.#constant(step.from.constant),
        });
      case "gather":
        return this.#gather(step);
      case "across":
        return this.#across(step);
    }
  }

  #assign(to: number, from: Vector): void {
    if (from.constant === undefined) return this.#vector(MOVE, to, { vector: this.#v(from) });
    this.#encoding.append({ opcode: XOR, reg: to, vvvv: to, operand: { vector: to } });
  }

  #load({ to, from, index, lanes }: Extract<Step, { step: "load" }>): void {
    const operand = { memory: { base: this.#i(from), index: this.#i(index, OTHER_PASSING) } };
    const reg = this.#v(to);
    if (lanes === "all") return this.#vector(LOAD, reg, operand);
    if (this.#isWide) {
      return this.#encoding.append({ opcode: LOAD, reg, operand, masking: "zero" });
    }
    this.#encoding.append({ opcode: LOAD_MASKED, reg, vvvv: this.#mask, operand });
  }

  #store({ to, from, index, lanes }: Extract<Step, { step: "store" }>): void {
    const operand = { memory: { base: this.#i(to), index: this.#i(index, OTHER_PASSING) } };
    const reg = this.#v(from);
    if (lanes === "all") return this.#vector(STORE, reg, operand);
    if (this.#isWide) {
      return this.#encoding.append({ opcode: STORE, reg, operand, masking: "keep" });
    }
    this.#encoding.append({ opcode: STORE_MASKED, reg, vvvv: this.#mask, operand });
  }

  /** Of the three-operand forms, one overwrites the summand and one the first factor. */
  #fused({ isNegated, to, a, b, c }: Extract<Step, { step: "fused" }>): void {
    if (c.constant === undefined) {
      const operand = this.#operand(b);
      const factor = this.#v(a);
      const reg = to === c ? this.#v(to) : this.#takeOver(c, to);
      const opcode = isNegated ? SUBTRACT_PRODUCT : ADD_PRODUCT;
      return this.#encoding.append({ opcode, reg, vvvv: factor, operand });
    }
    const operand = this.#operand(c);
    const factor = this.#v(b);
    const reg = this.#takeOver(a, to);
    const opcode = isNegated ? MULTIPLY_THEN_SUBTRACT : MULTIPLY_THEN_ADD;
    this.#encoding.append({ opcode, reg, vvvv: factor, operand });
  }

  /** A register for `to` that holds `from`: its own, if nobody needs it any more. */
  #takeOver(from: Vector, to: Vector): number {
    const source = this.#v(from);
    const target = this.#vectors.reusing([from.register], to.register);
    if (target !== source) this.#vector(MOVE, target, { vector: source });
    return target;
  }

  #gather({ operation, to, from, lanes }: Extract<Step, { step: "gather" }>): void {
    const [reg, source] = [this.#v(to), this.#v(from)];
    const opcode = BINARY[operation];
    if (lanes === "all") {
      return this.#encoding.append({ opcode, reg, vvvv: reg, operand: { vector: source } });
    }
    if (this.#isWide) {
      return this.#encoding.append({
        opcode,
        reg,
        vvvv: reg,
        operand: { vector: source },
        masking: "keep",
      });
    }
    const passing = this.#passing;
    if (operation === "add") {
      const operand = { vector: source };
      this.#encoding.append({ opcode: AND, reg: passing, vvvv: this.#mask, operand });
      this.#encoding.append({ opcode, reg, vvvv: reg, operand: { vector: passing } });
    } else {
      this.#encoding.append({ opcode, reg: passing, vvvv: reg, operand: { vector: source } });
      this.#encoding.append({
        opcode: BLEND,
        reg,
        vvvv: reg,
        operand: { vector: passing },
        immediate: this.#mask << 4,
      });
    }
  }

  /** Halves the distance between what is combined, until every lane has met every other. */
  #across({ operation, to, from }: Extract<Step, { step: "across" }>): void {
    const source = this.#v(from);
    const reg = this.#vectors.reusing([from.register], to.register);
    const passing = this.#passing;
    const swaps = this.#isWide
      ? [[SWAP_QUADS, 0x4e], [SWAP_QUADS, 0xb1], [SWAP_IN_QUADS, 0x4e], [SWAP_IN_QUADS, 0xb1]]
      : [[SWAP_HALVES, 0x01], [SWAP_IN_QUADS, 0x4e], [SWAP_IN_QUADS, 0xb1]];
    let last = source;
    for (const [opcode, immediate] of swaps as [Opcode, number][]) {
      this.#encoding.append({
        opcode,
        reg: passing,
        vvvv: opcode === SWAP_IN_QUADS ? 0 : last,
        operand: { vector: last },
        immediate,
      });
      this.#encoding.append({
        opcode: BINARY[operation],
        reg,
        vvvv: last,
        operand: { vector: passing },
      });
      last = reg;
    }
  }

  /** The mask of the first lanes, as many as OTHER_PASSING says. */
  #setMask(): void {
    if (this.#isWide) {
      this.#assembler.moveConstant(PASSING, 1);
      this.#assembler.bytes(0xd3, 0xe0); // shl eax, cl
      this.#assembler.bytes(0xff, 0xc8); // dec eax
      this.#assembler.bytes(0xc5, 0xf8, 0x92, 0xc8); // kmovw k1, eax
      return;
    }
    this.#integer.addressOf(PASSING, this.#masks);
    this.#assembler.add(PASSING, 32);
    this.#integer.shiftLeft(OTHER_PASSING, 2);
    this.#integer.subtract(PASSING, OTHER_PASSING);
    this.#vector(LOAD, this.#mask, { memory: { base: PASSING } });
  }

  #openLoop(skipIf: "zero"): void {
    const loop = { start: this.#assembler.label(), end: this.#assembler.label() };
    this.#integer.jump(skipIf, loop.end);
    this.#assembler.place(loop.start);
    this.#loops.push(loop);
  }

  #closeLoop(again?: "notZero" | "below"): void {
    const { start, end } = this.#loops.pop()!;
    if (again !== undefined) this.#integer.jump(again, start);
    this.#assembler.place(end);
  }

  #vector(opcode: Opcode, reg: number, operand: Operand): void {
    this.#encoding.append({ opcode, reg, operand });
  }

  #operand(value: Vector): Operand {
    return value.constant === undefined
      ? { vector: this.#v(value) }
      : { constant: this.#constant(value.constant) };
  }

  #constant(value: number): Label {
    const known = this.#constants.get(value) ?? this.#assembler.label();
    this.#constants.set(value, known);
    return known;
  }

  #argument(word: number): number {
    return ARGUMENTS_START + 4 * word;
  }

  #v({ register }: Vector): number {
    return this.#vectors.of(register);
  }

  /** The register of an integer; one without is loaded into `passing`. */
  #i({ integer }: Integer, passing: Register = PASSING): Register {
    const place = this.#places[integer];
    if ("register" in place) return place.register;
    this.#integer.load64(passing, BLOCK, SLOTS_START + 8 * place.slot);
    return passing;
  }

  /** Lets `body` compute an integer in the register it gets, without use of what was in it. */
  #compute({ integer }: Integer, body: (to: Register) => void): void {
    const place = this.#places[integer];
    if ("register" in place) return body(place.register);
    body(PASSING);
    this.#integer.store64(BLOCK, SLOTS_START + 8 * place.slot, PASSING);
  }

  /** Lets `body` change an integer in the register it gets; moving it back changes no flag. */
  #change(value: Integer, body: (to: Register) => void): void {
    const register = this.#i(value);
    this.#compute(value, () => body(register));
  }
}
