// Fused attention by generated code: finds, or makes, the code of a shape and calls it.

import { Caller, type Memory } from "../products/caller.ts";
import { CodeCache } from "../products/code_cache.ts";
import type { CodeLoader, LoadedCode } from "../products/executable_memory.ts";
import type { InstructionSet } from "../products/vector_instructions.ts";
import {
  type AttentionCode,
  BACKWARD_OPERANDS,
  FORWARD_OPERANDS,
  generateBackward,
  generateForward,
} from "./generate.ts";
import {
  type AttentionShape,
  type BackwardOperands,
  checkAttention,
  type ForwardOperands,
} from "./shape.ts";

/** How many shapes are kept; a model in training has two. */
const MOST_SHAPES = 64;

/** What computes attention on one memory. Each thread has an instance of its own. */
export interface FusedAttention {
  /** @throws {ShapeError} if a size cannot be, or an operand is not where or as long as it must be */
  forward(shape: AttentionShape, operands: ForwardOperands): void;
  /** @throws {ShapeError} if a size cannot be, or an operand is not where or as long as it must be */
  backward(shape: AttentionShape, operands: BackwardOperands): void;
}

/** Attention in machine code that is generated for each shape, once, and kept. */
export class GeneratedAttention implements FusedAttention {
  readonly #set: InstructionSet;
  readonly #load: CodeLoader;
  readonly #caller: Caller;
  readonly #compiled = new CodeCache(MOST_SHAPES);

  constructor(
    { set, load, memory }: { set: InstructionSet; load: CodeLoader; memory: Memory },
  ) {
    this.#set = set;
    this.#load = load;
    this.#caller = new Caller(memory);
  }

  forward(shape: AttentionShape, operands: ForwardOperands): void {
    const written = ["output", "statistics"];
    checkAttention(operands, shape, { written, bytes: this.#caller.bytes() });
    const code = this.#code(shape, generateForward);
    this.#caller.call(code, FORWARD_OPERANDS.map((name) => operands[name]));
  }

  backward(shape: AttentionShape, operands: BackwardOperands): void {
    const written = ["queryGradient", "keyGradient", "valueGradient"];
    checkAttention(operands, shape, { written, bytes: this.#caller.bytes() });
    const code = this.#code(shape, generateBackward);
    this.#caller.call(code, BACKWARD_OPERANDS.map((name) => operands[name]));
  }

  /** Gives back the memory of all generated code. */
  dispose(): void {
    this.#compiled.dispose();
  }

  #code(shape: AttentionShape, generate: typeof generateForward): LoadedCode {
    const { batch, context, heads, groups, width, rowQuery, rowKey, rowValue } = shape;
    const isForward = Number(generate === generateForward);
    const key = [isForward, batch, context, heads, groups, width, rowQuery, rowKey, rowValue];
    return this.#compiled.get(key, () => this.#compile(generate(shape, { set: this.#set })));
  }

  #compile({ code, scratch }: AttentionCode): LoadedCode {
    this.#caller.reserve(scratch);
    return this.#load(code);
  }
}
