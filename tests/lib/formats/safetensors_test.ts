import { assertEquals, assertThrows } from "@std/assert";
import { FormatError } from "../../../lib/errors.ts";
import { formatSafetensors, parseSafetensors } from "../../../lib/formats/safetensors.ts";
import { Random } from "../../../lib/random.ts";

const file = {
  tensors: new Map([
    ["weight", { shape: [2, 3], values: new Float32Array([1, -2, 3.5, 0, 1e-30, 7]) }],
    ["bias", { shape: [], values: new Float32Array([42]) }],
    ["nothing", { shape: [0, 4], values: new Float32Array() }],
  ]),
  metadata: { note: "ünïcode" },
};

/** A file with this header and so many bytes of numbers. */
function fileWith(header: unknown, dataBytes: number): Uint8Array {
  const text = new TextEncoder().encode(
    typeof header === "string" ? header : JSON.stringify(header),
  );
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

function refused(bytes: Uint8Array, sentence: string): void {
  assertThrows(() => parseSafetensors(bytes, "x.safetensors"), FormatError, sentence);
}

Deno.test("a safetensors file comes back as it was written", () => {
  assertEquals(parseSafetensors(formatSafetensors(file), "x"), file);
});

Deno.test("a safetensors file cut off anywhere is refused", () => {
  const bytes = formatSafetensors(file);
  for (let length = 0; length < bytes.length; length++) {
    refused(bytes.slice(0, length), "x.safetensors is not a whole safetensors file");
  }
});

Deno.test("a header longer than the file is refused before memory is taken", () => {
  const bytes = formatSafetensors(file);
  new DataView(bytes.buffer).setBigUint64(0, 2n ** 60n, true);
  refused(bytes, "its header should have");
});

Deno.test("a header that is not a JSON object is refused", () => {
  refused(fileWith("{oops", 0), "its header is not a JSON object");
  refused(fileWith("[]", 0), "its header is not a JSON object");
});

Deno.test("a tensor whose bytes do not fit its shape is refused", () => {
  refused(
    fileWith({ a: { dtype: "F32", shape: [3], data_offsets: [0, 8] } }, 8),
    "a of shape (3) should take 12 bytes, but has 8",
  );
});

Deno.test("overlapping tensors are refused", () => {
  const entry = (from: number, to: number) => ({
    dtype: "F32",
    shape: [2],
    data_offsets: [from, to],
  });
  refused(fileWith({ a: entry(0, 8), b: entry(4, 12) }, 12), "two of its tensors overlap");
});

Deno.test("bytes that belong to no tensor are refused", () => {
  refused(
    fileWith({ a: { dtype: "F32", shape: [1], data_offsets: [0, 4] } }, 8),
    "bytes of no tensor",
  );
});

Deno.test("numbers in a format that no parameters come in are refused by name", () => {
  refused(fileWith({ a: { dtype: "I64", shape: [1], data_offsets: [0, 8] } }, 8), "stored as I64");
});

Deno.test("a number format that does not exist is refused", () => {
  refused(fileWith({ a: { dtype: "F31", shape: [1], data_offsets: [0, 4] } }, 4), "is malformed");
});

Deno.test("ten thousand mutated files are each read or refused with a sentence", () => {
  const random = new Random(1, "mutations");
  const whole = formatSafetensors(file);
  for (let i = 0; i < 10_000; i++) {
    const bytes = whole.slice();
    for (let n = random.integer(4); n >= 0; n--) {
      bytes[random.integer(bytes.length)] = random.integer(256);
    }
    try {
      parseSafetensors(bytes, "x");
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
    }
  }
});
