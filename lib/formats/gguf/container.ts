// The GGUF container: a count of entries and arrays, the entries by key, where each array lies, and the arrays, each at
// a multiple of 32 bytes. Specification: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md

import { concatenated } from "../safetensors.ts";

/** What an entry can be; whole numbers are unsigned, others float32. */
export type GgufValue =
  | { readonly uint32: number }
  | { readonly float32: number }
  | { readonly bool: boolean }
  | { readonly string: string }
  | { readonly strings: readonly string[] }
  | { readonly int32s: readonly number[] };

/** How numbers are stored: as they are, rounded to float16, or in blocks of 32 that share a scale. */
export type GgufFormat = "F32" | "F16" | "Q8_0";

/** An array to be written. */
export interface GgufTensor {
  readonly name: string;
  readonly format: GgufFormat;
  /** Row-major, the longest step first; GGUF itself lists it the other way round. */
  readonly shape: readonly number[];
  values(): Float32Array;
}

const MAGIC = 0x46554747; // "GGUF" in little-endian
const VERSION = 3;
const ALIGNMENT = 32;
/** Numbers in a block of Q8_0. */
export const BLOCK = 32;

const VALUE_TYPES = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 } as const;

const FORMATS: Readonly<Record<GgufFormat, { id: number; bytes(count: number): number }>> = {
  F32: { id: 0, bytes: (count) => 4 * count },
  F16: { id: 1, bytes: (count) => 2 * count },
  Q8_0: { id: 8, bytes: (count) => count / BLOCK * (BLOCK + 2) },
};

/** The bytes of a file with these entries and arrays, part by part. */
export function* ggufParts(
  entries: ReadonlyMap<string, GgufValue>,
  tensors: readonly GgufTensor[],
): Generator<Uint8Array> {
  const head = [uint32(MAGIC), uint32(VERSION), uint64(tensors.length), uint64(entries.size)];
  for (const [key, value] of entries) head.push(text(key), ...valueParts(value));
  let offset = 0;
  for (const { name, format, shape } of tensors) {
    const { id, bytes } = FORMATS[format];
    head.push(text(name), uint32(shape.length), ...shape.toReversed().map(uint64));
    head.push(uint32(id), uint64(offset));
    offset += aligned(bytes(sizeOf(shape)));
  }
  yield padded(concatenated(head));
  for (const { format, values } of tensors) yield padded(encode(values(), format));
}

function encode(values: Float32Array, format: GgufFormat): Uint8Array {
  switch (format) {
    case "F32":
      return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    case "F16":
      return new Uint8Array(new Float16Array(values).buffer);
    case "Q8_0":
      return toBlocks(values);
  }
}

/** Blocks of 32 numbers: their scale in float16, then each as a multiple of it from −127 to 127. */
function toBlocks(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(FORMATS.Q8_0.bytes(values.length));
  const view = new DataView(bytes.buffer);
  for (let from = 0, at = 0; from < values.length; from += BLOCK, at += BLOCK + 2) {
    const block = values.subarray(from, from + BLOCK);
    const scale = block.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) / 127;
    view.setFloat16(at, scale, true);
    for (const [i, value] of block.entries()) {
      view.setInt8(at + 2 + i, scale === 0 ? 0 : Math.round(value / scale));
    }
  }
  return bytes;
}

function valueParts(value: GgufValue): Uint8Array[] {
  if ("uint32" in value) return [uint32(VALUE_TYPES.uint32), uint32(value.uint32)];
  if ("float32" in value) return [uint32(VALUE_TYPES.float32), float32(value.float32)];
  if ("bool" in value) return [uint32(VALUE_TYPES.bool), Uint8Array.of(value.bool ? 1 : 0)];
  if ("string" in value) return [uint32(VALUE_TYPES.string), text(value.string)];
  const [type, list] = "strings" in value
    ? [VALUE_TYPES.string, value.strings.map(text)]
    : [VALUE_TYPES.int32, value.int32s.map(int32)];
  return [uint32(VALUE_TYPES.array), uint32(type), uint64(list.length), concatenated(list)];
}

function text(value: string): Uint8Array {
  const bytes = new TextEncoder().encode(value);
  return concatenated([uint64(bytes.length), bytes]);
}

function uint32(value: number): Uint8Array {
  return new Uint8Array(Uint32Array.of(value).buffer);
}

function int32(value: number): Uint8Array {
  return new Uint8Array(Int32Array.of(value).buffer);
}

function float32(value: number): Uint8Array {
  return new Uint8Array(Float32Array.of(value).buffer);
}

function uint64(value: number): Uint8Array {
  return new Uint8Array(BigUint64Array.of(BigInt(value)).buffer);
}

function padded(bytes: Uint8Array): Uint8Array {
  const whole = aligned(bytes.length);
  if (whole === bytes.length) return bytes;
  const longer = new Uint8Array(whole);
  longer.set(bytes);
  return longer;
}

function aligned(size: number): number {
  return Math.ceil(size / ALIGNMENT) * ALIGNMENT;
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}
