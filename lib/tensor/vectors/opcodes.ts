// The vector instructions that kernels are translated to.

import type { Opcode } from "../products/vector_encoding.ts";
import type { Binary, Shift } from "./code.ts";

export const MOVE: Opcode = { map: 1, prefix: 0, code: 0x28 }; // vmovaps
export const LOAD: Opcode = { map: 1, prefix: 0, code: 0x10 }; // vmovups
export const STORE: Opcode = { map: 1, prefix: 0, code: 0x11 };
export const STORE_FIRST: Opcode = { map: 1, prefix: 2, code: 0x11 }; // vmovss
export const LOAD_MASKED: Opcode = { map: 2, prefix: 1, code: 0x2c }; // vmaskmovps
export const STORE_MASKED: Opcode = { map: 2, prefix: 1, code: 0x2e };
export const BINARY: Readonly<Record<Binary, Opcode>> = {
  add: { map: 1, prefix: 0, code: 0x58 },
  subtract: { map: 1, prefix: 0, code: 0x5c },
  multiply: { map: 1, prefix: 0, code: 0x59 },
  divide: { map: 1, prefix: 0, code: 0x5e },
  max: { map: 1, prefix: 0, code: 0x5f },
  min: { map: 1, prefix: 0, code: 0x5d },
  addBits: { map: 1, prefix: 1, code: 0xfe }, // vpaddd
  multiplyBits: { map: 2, prefix: 1, code: 0x40 }, // vpmulld
  and: { map: 1, prefix: 1, code: 0xdb }, // vpand, vpandd
  xor: { map: 1, prefix: 1, code: 0xef }, // vpxor, vpxord
};
export const ROOT: Opcode = { map: 1, prefix: 0, code: 0x51 }; // vsqrtps
export const SHIFT: Opcode = { map: 1, prefix: 1, code: 0x72 };
/** What stands in the register's place of a shift. */
export const SHIFTS: Readonly<Record<Shift, number>> = { left: 6, right: 2, rightSigned: 4 };
export const REPEAT_INTEGER: Opcode = { map: 2, prefix: 1, code: 0x7c }; // vpbroadcastd, AVX-512 only
export const MOVE_INTEGER: Opcode = { map: 1, prefix: 1, code: 0x6e }; // vmovd
export const REPEAT_FIRST: Opcode = { map: 2, prefix: 1, code: 0x58 }; // vpbroadcastd
export const AND: Opcode = { map: 1, prefix: 0, code: 0x54 }; // vandps
export const BLEND: Opcode = { map: 3, prefix: 1, code: 0x4a }; // vblendvps
export const ADD_PRODUCT: Opcode = { map: 2, prefix: 1, code: 0xb8 }; // vfmadd231ps
export const SUBTRACT_PRODUCT: Opcode = { map: 2, prefix: 1, code: 0xbc };
export const MULTIPLY_THEN_ADD: Opcode = { map: 2, prefix: 1, code: 0xa8 }; // vfmadd213ps
export const MULTIPLY_THEN_SUBTRACT: Opcode = { map: 2, prefix: 1, code: 0xac };
export const SWAP_QUADS: Opcode = { map: 3, prefix: 1, code: 0x43 }; // vshuff32x4
export const SWAP_HALVES: Opcode = { map: 3, prefix: 1, code: 0x06 }; // vperm2f128
export const SWAP_IN_QUADS: Opcode = { map: 3, prefix: 1, code: 0x04 }; // vpermilps
