// Kernels ready to be run: compiled when they are first needed, and called with an argument block in the memory
// they work on.

import type { Arena } from "../arena/arena.ts";
import type { CodeLoader } from "../products/executable_memory.ts";
import type { InstructionSet } from "../products/vector_instructions.ts";
import { encodeModule } from "../products/wasm_encoder.ts";
import { KernelCode, type ParameterKind } from "./code.ts";
import { BLOCK_BYTES } from "./integers.ts";
import { ARGUMENTS_START, machineCode } from "./machine_code.ts";
import { wasmCode } from "./wasm_code.ts";

/** A kernel as it is defined: a name for people, and a function that says what it does. */
export interface KernelDefinition {
  readonly name: string;
  readonly write: (code: KernelCode) => void;
}

/** Runs kernels in one arena, in one kind of code. */
export interface KernelRunner {
  /**
   * Runs a kernel.
   *
   * @param values its arguments in their order: addresses in the arena, counts and numbers
   */
  run(kernel: KernelDefinition, values: readonly number[]): void;
}

/** Where arguments are written, and what calls the code that reads them. */
const MOST_ARGUMENTS = 30;

interface Compiled {
  readonly parameters: readonly ParameterKind[];
  readonly call: () => void;
}

/** What compiles a kernel for the argument block at `block`. */
type Compiler = (code: KernelCode, block: number) => () => void;

/** Runs kernels as machine code of an instruction set. */
export function machineKernels(
  arena: Arena,
  { set, load }: { set: InstructionSet; load: CodeLoader },
): KernelRunner {
  const base = baseAddress(arena);
  return new Kernels(arena, (code, block) => {
    const loaded = load(machineCode(code, { set }));
    const argument = base + BigInt(block);
    return () => loaded.call(argument, argument);
  }, base);
}

/** Runs kernels as WebAssembly; `relaxed` says whether to multiply and add in one instruction. */
export function wasmKernels(
  arena: Arena,
  { relaxed }: { relaxed: boolean },
): KernelRunner {
  return new Kernels(arena, (code, block) => {
    const bytes = encodeModule({ kernel: wasmCode(code, { relaxed }) });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
      host: { memory: arena.memory },
    });
    const kernel = exports.kernel as (block: number) => void;
    return () => kernel(block);
  });
}

class Kernels implements KernelRunner {
  readonly #compiled = new Map<KernelDefinition, Compiled>();
  readonly #compile: Compiler;
  readonly #block: number;
  readonly #integers: Int32Array;
  readonly #numbers: Float32Array;

  constructor(arena: Arena, compile: Compiler, base = 0n) {
    this.#compile = compile;
    this.#block = arena.allocate(BLOCK_BYTES);
    const words = MOST_ARGUMENTS;
    this.#integers = arena.integers(this.#block + ARGUMENTS_START, words);
    this.#numbers = arena.floats(this.#block + ARGUMENTS_START, words);
    arena.integers(this.#block, 2).set([Number(base & 0xffffffffn) | 0, Number(base >> 32n)]);
  }

  run(kernel: KernelDefinition, values: readonly number[]): void {
    const { parameters, call } = this.#compiled.get(kernel) ?? this.#compileKernel(kernel);
    if (values.length !== parameters.length) {
      throw new RangeError(
        `The kernel ${kernel.name} takes ${parameters.length} arguments, but got ${values.length}.`,
      );
    }
    for (let i = 0; i < values.length; i++) {
      if (parameters[i] === "number") this.#numbers[i] = values[i];
      else this.#integers[i] = values[i];
    }
    call();
  }

  #compileKernel(kernel: KernelDefinition): Compiled {
    const code = new KernelCode();
    kernel.write(code);
    const compiled = {
      parameters: code.parameters,
      call: this.#compile(code, this.#block),
    };
    this.#compiled.set(kernel, compiled);
    return compiled;
  }
}

/** Where the arena lies in the process; a shared memory never moves. */
function baseAddress({ memory }: Arena): bigint {
  const bytes = new Uint8Array(memory.buffer) as Uint8Array<ArrayBuffer>; // Deno takes shared ones too
  return Deno.UnsafePointer.value(Deno.UnsafePointer.of(bytes));
}
