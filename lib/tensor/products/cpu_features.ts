// What the processor can do, asked of itself: CPUID and XGETBV, run as generated code.

import { Assembler, RAX, RBX, RCX, RDI } from "./assembler.ts";
import { emitFunction, hostConvention } from "./calling_convention.ts";
import type { CodeLoader } from "./executable_memory.ts";
import type { InstructionSet } from "./vector_instructions.ts";

/** The features of a processor that generated products ask for. */
export interface CpuFeatures {
  readonly avx2: boolean;
  readonly fma: boolean;
  readonly avx512f: boolean;
}

/**
 * Asks the processor. A feature counts only where the operating system also keeps its registers.
 *
 * @see Intel, "64 and IA-32 Architectures Software Developer's Manual", volume 1, chapters 14 and 15
 */
export function readCpuFeatures(load: CodeLoader): CpuFeatures {
  const answers = new Uint32Array(new ArrayBuffer(16)); // not in the heap, where things are moved
  const code = load(identifyCode());
  try {
    const address = Deno.UnsafePointer.value(Deno.UnsafePointer.of(answers));
    code.call(address, address);
  } finally {
    code.free();
  }
  const [highestLeaf, leaf1, leaf7, savedState] = answers;
  const keepsYmm = (savedState & 0x06) === 0x06;
  const keepsZmm = (savedState & 0xe6) === 0xe6;
  const hasLeaf7 = highestLeaf >= 7;
  return {
    fma: keepsYmm && bit(leaf1, 12),
    avx2: keepsYmm && hasLeaf7 && bit(leaf7, 5),
    avx512f: keepsZmm && hasLeaf7 && bit(leaf7, 16),
  };
}

/** The best instruction set that `features` allow, or undefined. */
export function bestInstructionSet(features: CpuFeatures): InstructionSet | undefined {
  if (features.avx512f) return "AVX-512";
  return features.avx2 && features.fma ? "AVX2" : undefined;
}

function bit(value: number, index: number): boolean {
  return (value >>> index & 1) === 1;
}

/** Writes [highest leaf, leaf 1 ECX, leaf 7 EBX, low half of XCR0] to its first argument. */
function identifyCode(): Uint8Array<ArrayBuffer> {
  const assembler = new Assembler();
  const cpuid = (leaf: number) => {
    assembler.moveConstant(RAX, leaf);
    assembler.moveConstant(RCX, 0);
    assembler.bytes(0x0f, 0xa2);
  };
  const answer = (index: number, from: number) =>
    assembler.store32({ base: RDI, offset: 4 * index }, from);
  emitFunction(assembler, {
    convention: hostConvention(),
    body() {
      cpuid(0);
      answer(0, RAX);
      cpuid(1);
      answer(1, RCX);
      // XGETBV exists only where leaf 1 has bit 27 (OSXSAVE) set: bt ecx, 27; jnc over it.
      assembler.bytes(0x0f, 0xba, 0xe1, 27);
      const unsupported = assembler.label();
      assembler.bytes(0x0f, 0x83);
      assembler.distanceTo(unsupported);
      assembler.moveConstant(RCX, 0);
      assembler.bytes(0x0f, 0x01, 0xd0);
      answer(3, RAX);
      assembler.place(unsupported);
      cpuid(7);
      answer(2, RBX);
    },
  });
  return assembler.finish();
}
