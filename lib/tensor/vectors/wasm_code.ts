// Translates a kernel to WebAssembly: a function of the address of its argument block, as machine code
// gets it. A row's rest is done one float at a time, in the first lane.

import type { Local, WasmFunction as Function } from "../products/wasm_encoder.ts";
import { WasmFunction } from "../products/wasm_encoder.ts";
import type { Binary, Integer, KernelCode, Shift, Step, Vector } from "./code.ts";
import { ARGUMENTS_START } from "./machine_code.ts";

const LANES = 4;

/** Instructions of one byte. */
const LOAD32 = 0x28,
  ADD32 = 0x6a,
  MULTIPLY32 = 0x6c,
  AND32 = 0x71,
  SHIFT32 = 0x74,
  SHIFT_RIGHT32 = 0x76;
const IS_ZERO32 = 0x45, BELOW32 = 0x49, SUBTRACT32 = 0x6b;
const BLOCK = 0x02, LOOP = 0x03, END = 0x0b, BRANCH_IF = 0x0d, EMPTY = 0x40;

/** Vector instructions. */
const LOAD_FIRST = 92, STORE_FIRST = 90; // v128.load32_zero, v128.store32_lane
const CONSTANT = 12, SHUFFLE = 13, REPEAT_INTEGER = 17, AND = 78, XOR = 81, SELECT = 82;
const ADD = 228,
  SUBTRACT = 229,
  MULTIPLY = 230,
  DIVIDE = 231,
  ROOT = 227,
  ADD_BITS = 174,
  MULTIPLY_BITS = 181;
const PSEUDO_MIN = 234, PSEUDO_MAX = 235; // of (b, a), what the machine's min and max give for (a, b)
const RELAXED_MULTIPLY_ADD = 0x105, RELAXED_MULTIPLY_SUBTRACT = 0x106;

const BINARY: Readonly<Record<Exclude<Binary, "max" | "min">, number>> = {
  add: ADD,
  subtract: SUBTRACT,
  multiply: MULTIPLY,
  divide: DIVIDE,
  addBits: ADD_BITS,
  multiplyBits: MULTIPLY_BITS,
  and: AND,
  xor: XOR,
};

const SHIFTS: Readonly<Record<Shift, number>> = { left: 171, right: 173, rightSigned: 172 };

/** Translates `kernel`; `relaxed` says whether to multiply and add in one instruction. */
export function wasmCode(kernel: KernelCode, { relaxed }: { relaxed: boolean }): Function {
  const translation = new Translation(relaxed);
  for (const step of kernel.steps) translation.translate(step);
  return translation.code;
}

class Translation {
  readonly code = new WasmFunction(1);
  readonly #relaxed: boolean;
  readonly #block: Local;
  readonly #vectors = new Map<number, Local>();
  readonly #integers = new Map<number, Local>();

  constructor(relaxed: boolean) {
    this.#relaxed = relaxed;
    [this.#block] = this.code.parameters();
  }

  translate(step: Step): void {
    const { code } = this;
    switch (step.step) {
      case "pointer":
      case "count":
        code.get(this.#block).instruction(LOAD32, 2, ARGUMENTS_START + 4 * step.word);
        return this.#setInteger(step.to);
      case "number":
        code.get(this.#block).loadSplat(ARGUMENTS_START + 4 * step.word);
        return this.#set(step.to);
      case "copy":
        this.#getInteger(step.from);
        return this.#setInteger(step.to);
      case "bytes":
        this.#getInteger(step.from).constant(2).instruction(SHIFT32);
        return this.#setInteger(step.to);
      case "product":
        this.#getInteger(step.a);
        this.#getInteger(step.b).instruction(MULTIPLY32);
        return this.#setInteger(step.to);
      case "set":
        code.constant(step.value);
        return this.#setInteger(step.to);
      case "advance":
        this.#getInteger(step.to);
        if (typeof step.by === "number") code.constant(step.by);
        else this.#getInteger(step.by);
        code.instruction(ADD32);
        return this.#setInteger(step.to);
      case "loadInteger":
        this.#getInteger(step.from).instruction(LOAD32, 2, 0);
        return this.#setInteger(step.to);
      case "repeat":
        this.#getInteger(step.count);
        return this.#open(step.counter);
      case "endRepeat":
        return this.#countDown(step.counter);
      case "whole":
        code.constant(0);
        this.#setInteger(step.index);
        this.#getInteger(step.count).constant(-LANES).instruction(AND32);
        code.constant(2).instruction(SHIFT32);
        return this.#open(step.end);
      case "endWhole":
        this.#advance(step.index, 4 * LANES);
        this.#getInteger(step.index);
        this.#getInteger(step.end).instruction(BELOW32);
        return this.#close();
      case "rest":
        this.#getInteger(step.count).constant(LANES - 1).instruction(AND32);
        return this.#open(step.left);
      case "endRest":
        this.#advance(step.index, 4);
        return this.#countDown(step.left);
      case "load":
        this.#address(step.from, step.index);
        if (step.lanes === "all") code.load(0);
        else code.vectorInstruction(LOAD_FIRST, 2, 0);
        return this.#set(step.to);
      case "store":
        this.#address(step.to, step.index);
        this.#get(step.from);
        if (step.lanes === "all") code.store(0);
        else code.vectorInstruction(STORE_FIRST, 2, 0, 0);
        return;
      case "broadcast":
        this.#getInteger(step.from).loadSplat(0);
        return this.#set(step.to);
      case "storeFirst":
        this.#getInteger(step.to);
        this.#get(step.from).vectorInstruction(STORE_FIRST, 2, 0, 0);
        return;
      case "binary":
        this.#binary(step.operation, () => this.#get(step.a), () => this.#get(step.b));
        return this.#set(step.to);
      case "root":
        this.#get(step.a).vectorInstruction(ROOT);
        return this.#set(step.to);
      case "shift":
        this.#get(step.a).constant(step.bits).vectorInstruction(SHIFTS[step.direction]);
        return this.#set(step.to);
      case "places":
        this.#getInteger(step.index).constant(2).instruction(SHIFT_RIGHT32);
        code.vectorInstruction(REPEAT_INTEGER);
        code.vectorInstruction(CONSTANT, ...bytesOf(Int32Array.of(0, 1, 2, 3)));
        code.vectorInstruction(ADD_BITS);
        return this.#set(step.to);
      case "fused":
        return this.#fused(step);
      case "assign":
        this.#get(step.from);
        return this.#set(step.to);
      case "gather":
        return this.#gather(step);
      case "across":
        return this.#across(step);
    }
  }

  #binary(operation: Binary, a: () => void, b: () => void): void {
    if (operation === "max" || operation === "min") {
      b();
      a();
      this.code.vectorInstruction(operation === "max" ? PSEUDO_MAX : PSEUDO_MIN);
    } else {
      a();
      b();
      this.code.vectorInstruction(BINARY[operation]);
    }
  }

  #fused({ isNegated, to, a, b, c }: Extract<Step, { step: "fused" }>): void {
    const { code } = this;
    if (this.#relaxed) {
      this.#get(a);
      this.#get(b);
      this.#get(c);
      code.vectorInstruction(isNegated ? RELAXED_MULTIPLY_SUBTRACT : RELAXED_MULTIPLY_ADD);
    } else {
      this.#get(c);
      this.#get(a);
      this.#get(b).vectorInstruction(MULTIPLY);
      code.vectorInstruction(isNegated ? SUBTRACT : ADD);
    }
    this.#set(to);
  }

  /** Lanes behind the rest's single float do not count. */
  #gather({ operation, to, from, lanes }: Extract<Step, { step: "gather" }>): void {
    const { code } = this;
    const isFirst = [...new Array(4).fill(0xff), ...new Array(12).fill(0)];
    if (lanes === "all") {
      this.#binary(operation, () => this.#get(to), () => this.#get(from));
    } else {
      this.#binary(operation, () => this.#get(to), () => this.#get(from));
      this.#get(to);
      code.vectorInstruction(CONSTANT, ...isFirst).vectorInstruction(SELECT);
    }
    this.#set(to);
  }

  #across({ operation, to, from }: Extract<Step, { step: "across" }>): void {
    this.#get(from);
    this.#set(to);
    for (const distance of [2, 1]) {
      const lanes = [0, 1, 2, 3].map((lane) => lane ^ distance);
      const bytes = lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte));
      this.#binary(operation, () => this.#get(to), () => {
        this.#get(to);
        this.#get(to).vectorInstruction(SHUFFLE, ...bytes);
      });
      this.#set(to);
    }
  }

  /** Opens a loop that is left out if the value on the stack, which goes to `counter`, is 0. */
  #open(counter: Integer): void {
    this.#setInteger(counter);
    this.code.instruction(BLOCK, EMPTY);
    this.#getInteger(counter).instruction(IS_ZERO32).instruction(BRANCH_IF, 0);
    this.code.instruction(LOOP, EMPTY);
  }

  /** Closes a loop that goes on if the value on the stack is not 0. */
  #close(): void {
    this.code.instruction(BRANCH_IF, 0).instruction(END).instruction(END);
  }

  #countDown(counter: Integer): void {
    this.#getInteger(counter).constant(1).instruction(SUBTRACT32);
    this.#setInteger(counter);
    this.#getInteger(counter);
    this.#close();
  }

  #advance(integer: Integer, bytes: number): void {
    this.code.advance(this.#integer(integer), { bytes });
  }

  #address(pointer: Integer, index: Integer): void {
    this.#getInteger(pointer);
    this.#getInteger(index).instruction(ADD32);
  }

  #get({ register, constant }: Vector): Function {
    if (constant === undefined) return this.code.get(this.#vector(register));
    const lanes = "bits" in constant
      ? new Int32Array(LANES).fill(constant.bits)
      : new Float32Array(LANES).fill(constant.value);
    return this.code.vectorInstruction(CONSTANT, ...bytesOf(lanes));
  }

  #set({ register }: Vector): void {
    this.code.set(this.#vector(register));
  }

  #getInteger({ integer }: Integer): Function {
    return this.code.get(this.#integer({ integer }));
  }

  #setInteger({ integer }: Integer): void {
    this.code.set(this.#integer({ integer }));
  }

  #vector(register: number): Local {
    const known = this.#vectors.get(register) ?? this.code.vector();
    this.#vectors.set(register, known);
    return known;
  }

  #integer({ integer }: Integer): Local {
    const known = this.#integers.get(integer) ?? this.code.integer();
    this.#integers.set(integer, known);
    return known;
  }
}

function bytesOf({ buffer }: Int32Array | Float32Array): number[] {
  return [...new Uint8Array(buffer)];
}
