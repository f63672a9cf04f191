// How generated functions receive their arguments and what they must leave as it was: the System V
// convention (Linux, macOS, BSD) and that of Windows.

import {
  type Assembler,
  R12,
  R13,
  R14,
  R15,
  RAX,
  RBP,
  RBX,
  RCX,
  RDI,
  RDX,
  type Register,
  RSI,
  RSP,
} from "./assembler.ts";

/** A calling convention of x86-64. */
export type CallingConvention = "System V" | "Windows";

/** The convention of the system this process runs on. */
export function hostConvention(): CallingConvention {
  return Deno.build.os === "windows" ? "Windows" : "System V";
}

const KEPT: readonly Register[] = [RBX, RBP, R12, R13, R14, R15];
const KEPT_VECTORS = [6, 7, 8, 9, 10, 11, 12, 13, 14, 15]; // their low 128 bits, on Windows

/**
 * Emits a function of two addresses around `body`, which finds them in RDI and RSI under either
 * convention and may use every register but the stack pointer. It returns 0, and denormal floats are
 * taken for 0 in it.
 */
export function emitFunction(
  assembler: Assembler,
  { convention, body }: { convention: CallingConvention; body: () => void },
): void {
  const isWindows = convention === "Windows";
  const kept = isWindows ? [...KEPT, RDI, RSI] : KEPT;
  const vectors = isWindows ? KEPT_VECTORS : [];
  for (const register of kept) assembler.push(register);
  assembler.add(RSP, -16 * vectors.length);
  vectors.forEach((vector, i) => moveQuad(assembler, { opcode: 0x11, vector, offset: 16 * i }));
  flushDenormals(assembler);
  if (isWindows) {
    assembler.move(RDI, RCX);
    assembler.move(RSI, RDX);
  }
  body();
  restoreDenormals(assembler);
  vectors.forEach((vector, i) => moveQuad(assembler, { opcode: 0x10, vector, offset: 16 * i }));
  assembler.add(RSP, 16 * vectors.length);
  for (const register of kept.toReversed()) assembler.pop(register);
  assembler.moveConstant(RAX, 0);
  assembler.return();
}

/**
 * Lets results too small for a normal float be 0 until `restoreDenormals`: arithmetic with the denormal
 * floats between is a hundred times slower.
 */
function flushDenormals(assembler: Assembler): void {
  const FLUSH = 0x8040; // results and operands
  assembler.add(RSP, -16);
  controlRegister(assembler, { extension: STORE_CONTROL, offset: 0 });
  assembler.load32(RAX, { base: RSP, offset: 0 });
  assembler.bytes(0x0d); // or eax
  assembler.int32(FLUSH);
  assembler.store32({ base: RSP, offset: 4 }, RAX);
  controlRegister(assembler, { extension: LOAD_CONTROL, offset: 4 });
}

function restoreDenormals(assembler: Assembler): void {
  controlRegister(assembler, { extension: LOAD_CONTROL, offset: 0 });
  assembler.add(RSP, 16);
}

const LOAD_CONTROL = 2, STORE_CONTROL = 3;

/** `ldmxcsr` or `stmxcsr`. */
function controlRegister(
  assembler: Assembler,
  { extension, offset }: { extension: number; offset: number },
): void {
  assembler.bytes(0x0f, 0xae);
  assembler.modrm(extension, { base: RSP, offset });
}

/** `movups` between a vector register and the stack: opcode 0x10 loads, 0x11 stores. */
function moveQuad(
  assembler: Assembler,
  { opcode, vector, offset }: { opcode: 0x10 | 0x11; vector: number; offset: number },
): void {
  if (vector >= 8) assembler.bytes(0x44);
  assembler.bytes(0x0f, opcode);
  assembler.modrm(vector, { base: RSP, offset });
}
