// The safetensors format: eight bytes that give the length of a JSON header, the header, and the
// numbers. Nothing in a file is believed before it was checked against the file's own size.
//
// Read here: F32. Format: https://huggingface.co/docs/safetensors

import { FormatError } from "../errors.ts";

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

const LENGTH_BYTES = 8;
/** No header of ours comes near; the format's own reader stops here too. */
const LONGEST_HEADER = 100_000_000;

/**
 * The tensors in `bytes`.
 *
 * @param name the file's name, for the error
 * @throws {FormatError} if the bytes are cut off, or the header claims what they do not hold
 */
export function parseSafetensors(bytes: Uint8Array, name: string): TensorFile {
  const fail = (what: string): never => {
    throw new FormatError(`${name} is not a whole safetensors file: ${what}.`);
  };
  if (bytes.length < LENGTH_BYTES) fail(`it has ${bytes.length} bytes`);
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = Number(data.getBigUint64(0, true));
  const start = LENGTH_BYTES + headerLength;
  if (headerLength > LONGEST_HEADER || start > bytes.length) {
    fail(`its header should have ${headerLength} bytes, but the file has ${bytes.length}`);
  }
  const header = parseHeader(bytes.subarray(LENGTH_BYTES, start)) ??
    fail("its header is not a JSON object");

  const available = bytes.length - start;
  const tensors = new Map<string, StoredTensor>();
  const spans: [number, number][] = [];
  let metadata: Record<string, string> = {};
  for (const [key, entry] of Object.entries(header)) {
    if (key === "__metadata__") {
      metadata = isTextRecord(entry) ? entry : fail("its metadata is not text by key");
      continue;
    }
    const info = tensorInfo(entry) ?? fail(`the entry of ${key} is malformed`);
    if (info.dtype !== "F32") fail(`${key} is stored as ${info.dtype}, but only F32 is read`);
    const [from, to] = info.offsets;
    if (to > available) {
      fail(
        `${key} should end at byte ${start + to}, but the file has ${bytes.length}; it was cut off`,
      );
    }
    const size = info.shape.reduce((product, n) => product * n, 1);
    if (to - from !== 4 * size) {
      fail(`${key} of shape (${info.shape}) should take ${4 * size} bytes, but has ${to - from}`);
    }
    spans.push([from, to]);
    // A copy, since the file's numbers need not lie at a multiple of four bytes.
    const copy = bytes.slice(start + from, start + to);
    tensors.set(key, { shape: info.shape, values: new Float32Array(copy.buffer) });
  }
  spans.sort(([a, aEnd], [b, bEnd]) => a - b || aEnd - bEnd);
  let end = 0;
  for (const [from, to] of spans) {
    if (from !== end) fail(from < end ? "two of its tensors overlap" : "it has bytes of no tensor");
    end = to;
  }
  if (end !== available) fail("it has bytes of no tensor");
  return { tensors, metadata };
}

/** The bytes of a file with these tensors, in their order. */
export function formatSafetensors({ tensors, metadata }: TensorFile): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = {};
  if (Object.keys(metadata).length > 0) header.__metadata__ = metadata;
  let offset = 0;
  for (const [name, { shape, values }] of tensors) {
    const end = offset + values.byteLength;
    header[name] = { dtype: "F32", shape, data_offsets: [offset, end] };
    offset = end;
  }
  let text = new TextEncoder().encode(JSON.stringify(header));
  const padding = (8 - text.length % 8) % 8; // so that the numbers begin at a multiple of eight
  text = new Uint8Array([...text, ...new Array(padding).fill(0x20)]);

  const bytes = new Uint8Array(LENGTH_BYTES + text.length + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, LENGTH_BYTES);
  let at = LENGTH_BYTES + text.length;
  for (const { values } of tensors.values()) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return bytes;
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
  if (typeof dtype !== "string" || !isCounts(shape) || !isCounts(offsets)) return undefined;
  if (offsets.length !== 2 || offsets[0] > offsets[1]) return undefined;
  return { dtype, shape, offsets: [offsets[0], offsets[1]] };
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
