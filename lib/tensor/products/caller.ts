// Calls generated code: with the addresses of its operands, which lie in one memory, and with a scratch
// buffer.

import type { LoadedCode } from "./executable_memory.ts";
import type { Region } from "./product.ts";

/**
 * What code is called with, in bytes from the first of its two addresses: the scratch buffer's address
 * in 64 bits, and where the operands begin, in bytes from the second address, each in 32 bits.
 */
export const ARGUMENTS = { scratch: 0, operands: 8, mostOperands: 10 } as const;

/** A WebAssembly memory, or what looks like one. */
export interface Memory {
  readonly buffer: ArrayBufferLike;
}

/** What one thread calls its code with. */
export class Caller {
  readonly #memory: Memory;
  readonly #block = new ArrayBuffer(ARGUMENTS.operands + 4 * ARGUMENTS.mostOperands);
  readonly #operands = new Uint32Array(this.#block, ARGUMENTS.operands);
  readonly #blockAddress = addressOf(this.#operands) - BigInt(ARGUMENTS.operands);
  #buffer: ArrayBufferLike | undefined;
  #memoryAddress = 0n;
  #scratch = new Float32Array(0);

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** How much the memory holds. */
  bytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** Lets the scratch buffer hold at least `floats`. It begins at a multiple of 64 bytes. */
  reserve(floats: number): void {
    if (this.#scratch.length >= floats) return;
    this.#scratch = alignedFloats(floats);
    new BigUint64Array(this.#block)[ARGUMENTS.scratch / 8] = addressOf(this.#scratch);
  }

  /** Where the memory lies in this process. It can have moved when it has another buffer. */
  address(): bigint {
    const { buffer } = this.#memory;
    if (buffer !== this.#buffer) {
      this.#memoryAddress = addressOf(new Uint8Array(buffer));
      this.#buffer = buffer;
    }
    return this.#memoryAddress;
  }

  /** Calls code with its operands, all of which have been checked. */
  call(code: LoadedCode, operands: readonly (Region | undefined)[]): void {
    for (let i = 0; i < operands.length; i++) this.#operands[i] = operands[i]?.address ?? 0;
    code.call(this.#blockAddress, this.address());
  }
}

function addressOf(view: ArrayBufferView): bigint {
  return Deno.UnsafePointer.value(Deno.UnsafePointer.of(view as Uint8Array<ArrayBuffer>));
}

/** A buffer that begins at a multiple of 64 bytes, a cache line. */
function alignedFloats(length: number): Float32Array<ArrayBuffer> {
  const buffer = new ArrayBuffer(4 * length + 64);
  return new Float32Array(buffer, Number(-addressOf(new Uint8Array(buffer)) & 63n), length);
}
