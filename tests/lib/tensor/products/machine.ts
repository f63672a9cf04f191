// What tests of generated code share: what this machine can run, and memory with guards in it.

import { assert } from "@std/assert";
import type { Random } from "../../../../lib/random.ts";
import { readCpuFeatures } from "../../../../lib/tensor/products/cpu_features.ts";
import type { Memory } from "../../../../lib/tensor/products/caller.ts";
import {
  type CodeLoader,
  openCodeLoader,
} from "../../../../lib/tensor/products/executable_memory.ts";
import type { Region } from "../../../../lib/tensor/products/product.ts";
import type { InstructionSet } from "../../../../lib/tensor/products/vector_instructions.ts";

/** The instruction sets of this machine; none, with a printed sentence, where code cannot run. */
export function available(): { load: CodeLoader; sets: InstructionSet[] } {
  try {
    const load = openCodeLoader();
    const { avx512f, avx2, fma } = readCpuFeatures(load);
    const sets: InstructionSet[] = [];
    if (avx512f) sets.push("AVX-512");
    if (avx2 && fma) sets.push("AVX2");
    if (sets.length === 0) console.log("Generated code is not tested: no AVX2 here.");
    return { load, sets };
  } catch (error) {
    console.log(`Generated code is not tested: ${(error as Error).message}.`);
    return { load: () => assert(false) as never, sets: [] };
  }
}

const GUARD = 64;
const GUARD_VALUE = -12345.5;

/** A region with its values and what watches the memory around it. */
export interface Guarded {
  readonly region: Region;
  readonly view: Float32Array;
  isIntact(): boolean;
}

/** Memory in which regions lie at random alignments, between guards. */
export class GuardedMemory implements Memory {
  readonly buffer: ArrayBufferLike;
  readonly #random: Random;
  readonly #start: number;
  #top: number;

  /** @param place where in another memory it begins, in bytes; without it, it is one of its own */
  constructor(
    random: Random,
    { buffer, start }: { buffer: ArrayBufferLike; start: number } = {
      buffer: new SharedArrayBuffer(32 * 2 ** 20),
      start: 0,
    },
  ) {
    this.#random = random;
    this.buffer = buffer;
    this.#start = start / 4;
    this.#top = this.#start;
  }

  /** Forgets every region. */
  clear(): void {
    this.#top = this.#start;
  }

  /** A region of `size` random floats. */
  take(size: number): Guarded {
    const start = this.#top + GUARD + this.#random.integer(16);
    const end = start + size;
    this.#top = end + GUARD;
    const all = new Float32Array(this.buffer, 0);
    all.fill(GUARD_VALUE, start - GUARD, end + GUARD);
    const view = all.subarray(start, end);
    for (let i = 0; i < size; i++) view[i] = this.#random.normal();
    const isGuard = (value: number) => value === GUARD_VALUE;
    return {
      region: { address: 4 * start, length: size },
      view,
      isIntact: () =>
        all.subarray(start - GUARD, start).every(isGuard) &&
        all.subarray(end, end + GUARD).every(isGuard),
    };
  }
}

/** Three runs of a million floats between pages that nobody may touch. The pages are kept for good. */
export function fencedMemory(): { memory: Memory; starts: readonly number[]; bytes: number } {
  const PAGE = 4096, SIZE = 1024 * PAGE, NONE = 0, READ_WRITE = 3, PRIVATE_ANONYMOUS = 0x22;
  const { symbols } = Deno.dlopen("libc.so.6", {
    mmap: { parameters: ["pointer", "usize", "i32", "i32", "i32", "i64"], result: "pointer" },
    mprotect: { parameters: ["pointer", "usize", "i32"], result: "i32" },
  });
  const total = 3 * (SIZE + PAGE) + PAGE;
  const start = symbols.mmap(null, BigInt(total), NONE, PRIVATE_ANONYMOUS, -1, 0n)!;
  const starts = [0, 1, 2].map((i) => PAGE + i * (SIZE + PAGE));
  for (const at of starts) {
    const inside = Deno.UnsafePointer.offset(start, at)!;
    assert(symbols.mprotect(inside, BigInt(SIZE), READ_WRITE) === 0);
  }
  const buffer = Deno.UnsafePointerView.getArrayBuffer(start, total);
  return { memory: { buffer }, starts, bytes: SIZE };
}
