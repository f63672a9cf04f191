// Broken files by the thousand: bytes changed, cut, doubled and inserted, and JSON with values replaced by others that a
// reader may not expect. The same seed breaks the same way.

import { Random } from "../../../lib/random.ts";

const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  -1,
  0,
  1,
  2,
  7,
  0.5,
  1e9,
  2 ** 53,
  1e308,
  "",
  "a",
  "F32",
  "I8",
  "BF16",
  "__proto__",
  "llama",
  "cl100k",
  [],
  [0],
  [1, 2],
  [0, 1e12],
  [2 ** 40, 2 ** 40],
  {},
  { kind: "linear" },
  { dtype: "F32", shape: [1], data_offsets: [0, 4] },
];

/** Bytes with one to four changes. */
export function mutatedBytes(bytes: Uint8Array, random: Random): Uint8Array {
  let result: Uint8Array = bytes.slice();
  for (let changes = 1 + random.integer(4); changes > 0; changes--) {
    const at = random.integer(result.length + 1);
    const length = Math.min(random.integer(16), result.length - at);
    switch (random.integer(6)) {
      case 0:
        result = result.slice(0, at);
        break;
      case 1:
        result = joined(result.subarray(0, at), result.subarray(at + length));
        break;
      case 2:
        result = joined(result.subarray(0, at + length), result.subarray(at));
        break;
      default:
        // Most of what can go wrong is in the header.
        if (result.length > 0) {
          const place = random.integer(2) === 0 ? random.integer(Math.min(64, result.length)) : at;
          result[Math.min(place, result.length - 1)] = random.integer(256);
        }
    }
  }
  return result;
}

/** JSON with one to three of its values replaced, left out or moved. */
export function mutatedJson(value: unknown, random: Random): unknown {
  let result = structuredClone(value);
  for (let changes = 1 + random.integer(3); changes > 0; changes--) {
    result = changed(result, random);
  }
  return result;
}

function changed(value: unknown, random: Random): unknown {
  const keys = typeof value === "object" && value !== null ? Object.keys(value) : [];
  if (keys.length === 0 || random.integer(6) === 0) return random.pick(VALUES);
  const copy = Array.isArray(value) ? [...value] : { ...value as object };
  const key = random.pick(keys);
  const choice = random.integer(12);
  if (choice === 0) Reflect.deleteProperty(copy, key);
  else if (choice === 1) Reflect.set(copy, random.pick(keys), Reflect.get(copy, key));
  else if (choice === 2 && !Array.isArray(copy)) {
    Reflect.set(copy, String(random.pick(VALUES)), Reflect.get(copy, key));
  } else Reflect.set(copy, key, changed(Reflect.get(copy, key), random));
  return copy;
}

/** A safetensors file with its header changed, and the length before it right. */
export function withHeader(bytes: Uint8Array, change: (header: unknown) => unknown): Uint8Array {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  const text = new TextEncoder().encode(JSON.stringify(change(header)) ?? "");
  const lead = new Uint8Array(new BigUint64Array([BigInt(text.length)]).buffer);
  return joined(lead, text, bytes.subarray(8 + length));
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}
