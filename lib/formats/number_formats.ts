// How numbers lie in files: each format's size, and its numbers as float32 and back. bfloat16 is float32 without
// its lower half; float16 and the others are what typed arrays hold.

import { FormatError } from "../errors.ts";

/** Number formats that parameters can be written in. */
export type WeightFormat = "F32" | "F16" | "BF16";

/** Bytes of one number, by the names safetensors has for formats. */
export const NUMBER_BYTES: Readonly<Record<string, number>> = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E4M3: 1,
  F8_E5M2: 1,
  U16: 2,
  I16: 2,
  F16: 2,
  BF16: 2,
  U32: 4,
  I32: 4,
  F32: 4,
  U64: 8,
  I64: 8,
  F64: 8,
};

/**
 * The numbers that little-endian `bytes` hold, as float32.
 *
 * @throws {FormatError} if the format is none that parameters come in
 */
export function decodeNumbers(bytes: Uint8Array, format: string): Float32Array {
  const aligned = bytes.slice(); // a copy, since numbers in a file need not lie at a multiple of their size
  switch (format) {
    case "F32":
      return new Float32Array(aligned.buffer);
    case "F64":
      return new Float32Array(new Float64Array(aligned.buffer));
    case "F16":
      return new Float32Array(new Float16Array(aligned.buffer));
    case "BF16":
      return fromBfloat16(new Uint16Array(aligned.buffer));
    case "I8":
      return new Float32Array(new Int8Array(aligned.buffer));
    default:
      throw new FormatError(
        `Numbers are stored as ${format}, but F32, F16, BF16, F64 and I8 are read.`,
      );
  }
}

/** `values` in little-endian bytes; rounded to the nearest number of the format. */
export function encodeNumbers(values: Float32Array, format: WeightFormat): Uint8Array {
  switch (format) {
    case "F32":
      return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    case "F16":
      return new Uint8Array(new Float16Array(values).buffer);
    case "BF16":
      return new Uint8Array(toBfloat16(values).buffer);
  }
}

function fromBfloat16(halves: Uint16Array): Float32Array {
  const bits = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) bits[i] = halves[i] << 16;
  return new Float32Array(bits.buffer);
}

/** Rounds to the nearest, of two equally near to the even one. */
function toBfloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < halves.length; i++) {
    const whole = bits[i];
    halves[i] = Number.isNaN(values[i])
      ? (whole >>> 16) | 0x40
      : (whole + 0x7fff + ((whole >>> 16) & 1)) >>> 16;
  }
  return halves;
}
