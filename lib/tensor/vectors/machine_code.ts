// Translates a kernel to machine code: a function of the address of its argument block, in which word 0
// and 1 are the address of the memory that pointers count from, and the arguments follow.

import { Assembler, type Label, type Memory } from "../products/assembler.ts";
import {
  type CallingConvention,
  emitFunction,
  hostConvention,
} from "../products/calling_convention.ts";
import {
  BROADCAST,
  type LastOperand,
  type Opcode,
  VectorEncoding,
} from "../products/vector_encoding.ts";
import type { InstructionSet } from "../products/vector_instructions.ts";
import type { KernelCode, Step, Vector } from "./code.ts";
import { IntegerInstructions } from "./integer_instructions.ts";
import { BLOCK, Integers, OTHER_PASSING, PASSING } from "./integers.ts";
import { lifetimes } from "./lifetimes.ts";
import {
  ADD_PRODUCT,
  AND,
  BINARY,
  BLEND,
  LOAD,
  LOAD_MASKED,
  MOVE,
  MOVE_INTEGER,
  MULTIPLY_THEN_ADD,
  MULTIPLY_THEN_SUBTRACT,
  REPEAT_FIRST,
  REPEAT_INTEGER,
  ROOT,
  SHIFT,
  SHIFTS,
  STORE,
  STORE_FIRST,
  STORE_MASKED,
  SUBTRACT_PRODUCT,
  SWAP_HALVES,
  SWAP_IN_QUADS,
  SWAP_QUADS,
} from "./opcodes.ts";
import { Registers } from "./registers.ts";

/** Bytes of the argument block before the first argument. */
export const ARGUMENTS_START = 8;

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
  readonly #integers: Integers;
  /** For AVX2: eight times −1, then eight times 0. */
  readonly #masks: Label;
  /** The numbers of the lanes. */
  readonly #numbers: Label;
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
    this.#integers = new Integers(assembler, integers);
    this.#masks = assembler.label();
    this.#numbers = assembler.label();
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
    this.#encoding.finish();
    assembler.place(this.#numbers);
    for (let lane = 0; lane < this.#lanes; lane++) assembler.int32(lane);
    assembler.place(this.#masks);
    if (!this.#isWide) { for (let lane = 0; lane < 16; lane++) assembler.int32(lane < 8 ? -1 : 0); }
  }

  #translate(step: Step): void {
    const [integer, assembler] = [this.#integer, this.#assembler];
    switch (step.step) {
      case "pointer":
        return this.#integers.compute(step.to, (to) => {
          assembler.load32(to, this.#argument(step.word));
          integer.addMemory64(to, BLOCK, 0);
        });
      case "count":
        return this.#integers.compute(
          step.to,
          (to) => assembler.load32(to, this.#argument(step.word)),
        );
      case "number":
        return this.#vector(BROADCAST, this.#v(step.to), {
          memory: this.#argument(step.word),
          bytes: 4,
        });
      case "copy":
        return this.#integers.compute(
          step.to,
          (to) => assembler.move(to, this.#integers.in(step.from, to)),
        );
      case "bytes":
        return this.#integers.compute(step.to, (to) => {
          assembler.move(to, this.#integers.in(step.from, to));
          integer.shiftLeft(to, 2);
        });
      case "product":
        return this.#integers.compute(step.to, (to) => {
          assembler.move(to, this.#integers.in(step.a, to));
          integer.multiply(to, this.#integers.in(step.b, OTHER_PASSING));
        });
      case "set":
        return this.#integers.compute(step.to, (to) => assembler.moveConstant(to, step.value));
      case "advance":
        return this.#integers.change(step.to, (to) => {
          if (typeof step.by === "number") assembler.add(to, step.by);
          else assembler.addRegister(to, this.#integers.in(step.by, OTHER_PASSING));
        });
      case "loadInteger":
        return this.#integers.compute(
          step.to,
          (to) => assembler.load32(to, { base: this.#integers.in(step.from, to), offset: 0 }),
        );
      case "repeat":
        this.#integers.compute(step.counter, (counter) => {
          assembler.move(counter, this.#integers.in(step.count, counter));
          integer.test(counter);
        });
        return this.#openLoop("zero");
      case "endRepeat":
        this.#integers.change(step.counter, (counter) => integer.decrement(counter));
        return this.#closeLoop("notZero");
      case "whole":
        this.#integers.compute(step.index, (index) => assembler.moveConstant(index, 0));
        this.#integers.compute(step.end, (end) => {
          assembler.move(end, this.#integers.in(step.count, end));
          integer.shiftLeft(end, 2);
          integer.and(end, -4 * this.#lanes);
        });
        return this.#openLoop("zero");
      case "endWhole":
        this.#integers.change(step.index, (index) => assembler.add(index, 4 * this.#lanes));
        integer.compare(this.#integers.in(step.index), this.#integers.in(step.end, OTHER_PASSING));
        return this.#closeLoop("below");
      case "rest":
        assembler.move(OTHER_PASSING, this.#integers.in(step.count, OTHER_PASSING));
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
        return this.#vector(BROADCAST, this.#v(step.to), {
          memory: { base: this.#integers.in(step.from), offset: 0 },
          bytes: 4,
        });
      case "storeFirst":
        return this.#encoding.append({
          opcode: STORE_FIRST,
          reg: this.#v(step.from),
          operand: { memory: { base: this.#integers.in(step.to), offset: 0 }, bytes: 4 },
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
      case "root": {
        const a = this.#v(step.a);
        const to = this.#vectors.reusing([step.a.register], step.to.register);
        return this.#vector(ROOT, to, { vector: a });
      }
      case "shift": {
        const a = this.#v(step.a);
        const to = this.#vectors.reusing([step.a.register], step.to.register);
        return this.#encoding.append({
          opcode: SHIFT,
          reg: SHIFTS[step.direction],
          vvvv: to,
          operand: { vector: a },
          immediate: step.bits,
        });
      }
      case "places":
        return this.#places(step);
      case "fused":
        return this.#fused(step);
      case "assign":
        if (step.from.constant === undefined) {
          return this.#vector(MOVE, this.#v(step.to), { vector: this.#v(step.from) });
        }
        return this.#vector(this.#isWide ? BROADCAST : LOAD, this.#v(step.to), step.from.constant);
      case "gather":
        return this.#gather(step);
      case "across":
        return this.#across(step);
    }
  }

  /** The index counts bytes. */
  #places({ to, index }: Extract<Step, { step: "places" }>): void {
    const reg = this.#v(to);
    const operand = { vector: this.#integers.in(index) };
    if (this.#isWide) {
      this.#vector(REPEAT_INTEGER, reg, operand);
    } else {
      this.#encoding.append({ opcode: MOVE_INTEGER, reg, operand, bits: 128 });
      this.#vector(REPEAT_FIRST, reg, { vector: reg });
    }
    this.#encoding.append({
      opcode: SHIFT,
      reg: SHIFTS.right,
      vvvv: reg,
      operand: { vector: reg },
      immediate: 2,
    });
    const numbers = { label: this.#numbers };
    this.#encoding.append({ opcode: BINARY.addBits, reg, vvvv: reg, operand: numbers });
  }

  #load({ to, from, index, lanes }: Extract<Step, { step: "load" }>): void {
    const operand = {
      base: this.#integers.in(from),
      index: this.#integers.in(index, OTHER_PASSING),
    };
    const reg = this.#v(to);
    if (lanes === "all") return this.#vector(LOAD, reg, operand);
    if (this.#isWide) {
      return this.#encoding.append({ opcode: LOAD, reg, operand, masking: "zero" });
    }
    this.#encoding.append({ opcode: LOAD_MASKED, reg, vvvv: this.#mask, operand });
  }

  #store({ to, from, index, lanes }: Extract<Step, { step: "store" }>): void {
    const operand = { base: this.#integers.in(to), index: this.#integers.in(index, OTHER_PASSING) };
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
    this.#assembler.addressOf(PASSING, this.#masks);
    this.#assembler.add(PASSING, 32);
    this.#integer.shiftLeft(OTHER_PASSING, 2);
    this.#assembler.subtractRegister(PASSING, OTHER_PASSING);
    this.#vector(LOAD, this.#mask, { memory: { base: PASSING, offset: 0 } });
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

  #vector(opcode: Opcode, reg: number, operand: LastOperand): void {
    this.#encoding.append({ opcode, reg, operand });
  }

  #operand(value: Vector): LastOperand {
    return value.constant === undefined ? { vector: this.#v(value) } : value.constant;
  }

  #argument(word: number): Memory {
    return { base: BLOCK, offset: ARGUMENTS_START + 4 * word };
  }

  #v({ register }: Vector): number {
    return this.#vectors.of(register);
  }
}
