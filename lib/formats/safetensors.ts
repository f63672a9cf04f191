// The safetensors format: eight bytes that give the length of a JSON header, the header, and the
// numbers. Nothing in a file is believed before it was checked against the file's own size.
// Format: https://huggingface.co/docs/safetensors

import { FormatError } from "../errors.ts";
import { openFile } from "./file.ts";
import { decodeNumbers, encodeNumbers, NUMBER_BYTES } from "./number_formats.ts";

/** One array in a file. */
export interface StoredTensor {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float32Array;
}

/** What a safetensors file holds. */
export interface TensorFile {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** Free text by key. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Where and how one array lies in a file. */
export interface TensorEntry {
  /** The number format, as `F32`. */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Bytes from the file's beginning. */
  readonly start: number;
  readonly end: number;
}

/** What a file's header says, checked against its size. */
export interface TensorIndex {
  readonly entries: ReadonlyMap<string, TensorEntry>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A file whose arrays are read one by one. */
export interface TensorReader extends TensorIndex, AsyncDisposable {
  /**
   * The array `name`.
   *
   * @throws {FormatError} if there is none, or its numbers are in a format that is not read
   */
  read(name: string): Promise<StoredTensor>;
}

/** An array to be written: its bytes are made when it is their turn. */
export interface TensorToWrite {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  bytes(): Uint8Array;
}

const LENGTH_BYTES = 8;
/** No header of ours comes near; the format's own reader stops here too. */
const LONGEST_HEADER = 100_000_000;

/**
 * Opens the file `path` and checks its header against its size; no array is read yet.
 *
 * @throws {FormatError} if there is no such file, it is cut off, or its header claims what it does not hold
 */
export async function openSafetensors(path: string): Promise<TensorReader> {
  const file = await openFile(path);
  try {
    const lead = await file.read(0, Math.min(file.size, LENGTH_BYTES));
    const length = headerLength(lead, file.size, path);
    const header = await file.read(LENGTH_BYTES, LENGTH_BYTES + length);
    const index = parseIndex(header, file.size, path);
    return {
      ...index,
      async read(name) {
        const entry = index.entries.get(name);
        if (!entry) throw new FormatError(`${path} has no tensor ${name}.`);
        return decode(await file.read(entry.start, entry.end), entry, `${name} of ${path}`);
      },
      [Symbol.asyncDispose]: () => Promise.resolve(file.close()),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

/**
 * Everything in the file `path`.
 *
 * @throws {FormatError} if there is no such file, it is cut off, or its header claims what it does not hold
 */
export async function readSafetensors(path: string): Promise<TensorFile> {
  await using reader = await openSafetensors(path);
  const tensors = new Map<string, StoredTensor>();
  for (const name of reader.entries.keys()) tensors.set(name, await reader.read(name));
  return { tensors, metadata: reader.metadata };
}

/**
 * The tensors in `bytes`.
 *
 * @param name the file's name, for the error
 * @throws {FormatError} if the bytes are cut off, or the header claims what they do not hold
 */
export function parseSafetensors(bytes: Uint8Array, name: string): TensorFile {
  const length = headerLength(bytes, bytes.length, name);
  const header = bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
  const { entries, metadata } = parseIndex(header, bytes.length, name);
  const tensors = new Map<string, StoredTensor>();
  for (const [key, entry] of entries) {
    tensors.set(key, decode(bytes.subarray(entry.start, entry.end), entry, `${key} of ${name}`));
  }
  return { tensors, metadata };
}

/** The bytes of a file with these tensors as float32, in their order. */
export function formatSafetensors({ tensors, metadata }: TensorFile): Uint8Array<ArrayBuffer> {
  const list = [...tensors].map(([name, { shape, values }]): TensorToWrite => (
    { name, dtype: "F32", shape, bytes: () => encodeNumbers(values, "F32") }
  ));
  return concatenated([...safetensorsParts(list, metadata)]);
}

/** The bytes of a file with these tensors, in their order, part by part. */
export function* safetensorsParts(
  tensors: readonly TensorToWrite[],
  metadata: Readonly<Record<string, string>>,
): Generator<Uint8Array> {
  const header: Record<string, unknown> = {};
  if (Object.keys(metadata).length > 0) header.__metadata__ = metadata;
  let offset = 0;
  for (const { name, dtype, shape } of tensors) {
    const end = offset + NUMBER_BYTES[dtype] * sizeOf(shape);
    header[name] = { dtype, shape, data_offsets: [offset, end] };
    offset = end;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const padded = Math.ceil(text.length / 8) * 8; // so that the numbers begin at a multiple of eight
  const lead = new Uint8Array(LENGTH_BYTES + padded).fill(0x20);
  new DataView(lead.buffer).setBigUint64(0, BigInt(padded), true);
  lead.set(text, LENGTH_BYTES);
  yield lead;
  for (const tensor of tensors) yield tensor.bytes();
}

/** The parts as one. */
export function concatenated(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function decode(bytes: Uint8Array, { dtype, shape }: TensorEntry, what: string): StoredTensor {
  try {
    return { shape, values: decodeNumbers(bytes, dtype) };
  } catch (error) {
    throw new FormatError(`${what} cannot be read: ${(error as Error).message}`);
  }
}

function headerLength(lead: Uint8Array, fileSize: number, name: string): number {
  if (lead.length < LENGTH_BYTES) fail(name, `it has ${lead.length} bytes`);
  const length = new DataView(lead.buffer, lead.byteOffset).getBigUint64(0, true);
  if (length > LONGEST_HEADER || LENGTH_BYTES + Number(length) > fileSize) {
    fail(name, `its header should have ${length} bytes, but the file has ${fileSize}`);
  }
  return Number(length);
}

/** The header's entries, each of which lies in the file, overlaps no other and is as long as its shape says. */
function parseIndex(bytes: Uint8Array, fileSize: number, name: string): TensorIndex {
  const header = parseHeader(bytes) ?? fail(name, "its header is not a JSON object");
  const start = LENGTH_BYTES + bytes.length;
  const entries = new Map<string, TensorEntry>();
  let metadata: Record<string, string> = {};
  for (const [key, value] of Object.entries(header)) {
    if (key === "__metadata__") {
      metadata = isTextRecord(value) ? value : fail(name, "its metadata is not text by key");
      continue;
    }
    const { dtype, shape, offsets } = tensorInfo(value) ??
      fail(name, `the entry of ${key} is malformed`);
    const [from, to] = offsets;
    if (start + to > fileSize) {
      fail(
        name,
        `${key} should end at byte ${start + to}, but the file has ${fileSize}; it was cut off`,
      );
    }
    const wanted = NUMBER_BYTES[dtype] * sizeOf(shape);
    if (to - from !== wanted) {
      fail(name, `${key} of shape (${shape}) should take ${wanted} bytes, but has ${to - from}`);
    }
    entries.set(key, { dtype, shape, start: start + from, end: start + to });
  }
  const inOrder = [...entries.values()].sort((a, b) => a.start - b.start || a.end - b.end);
  let end = start;
  for (const entry of inOrder) {
    if (entry.start !== end) {
      fail(name, entry.start < end ? "two of its tensors overlap" : "it has bytes of no tensor");
    }
    end = entry.end;
  }
  if (end !== fileSize) fail(name, "it has bytes of no tensor");
  return { entries, metadata };
}

function fail(name: string, what: string): never {
  throw new FormatError(`${name} is not a whole safetensors file: ${what}.`);
}

interface TensorInfo {
  dtype: string;
  shape: number[];
  offsets: [number, number];
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> | undefined {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined; // the caller says which file it was
  }
  return isRecord(header) ? header : undefined;
}

function tensorInfo(entry: unknown): TensorInfo | undefined {
  if (!isRecord(entry)) return undefined;
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== "string" || !Object.hasOwn(NUMBER_BYTES, dtype)) return undefined;
  if (!isCounts(shape) || !isCounts(offsets)) return undefined;
  if (offsets.length !== 2 || offsets[0] > offsets[1]) return undefined;
  return { dtype, shape, offsets: [offsets[0], offsets[1]] };
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTextRecord(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every((text) => typeof text === "string");
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}
