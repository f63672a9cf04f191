// A byte-level BPE tokenizer as a JSON value, and the checks that make one trustworthy: whatever passes
// here encodes every text and decodes every id.

import { FormatError } from "../errors.ts";
import type { Merge } from "./bpe_train.ts";

/** A `BpeTokenizer` as JSON. */
export interface BpeJson {
  format: "dials-tokenizer";
  version: 1;
  kind: "bpe";
  /** The pattern that pieces are split by. */
  split: "gpt2";
  /** The id of each special token. */
  specialTokens: Record<string, number>;
  /** The id of each of the 256 bytes. */
  bytes: number[];
  /** `[left, right, id]` of each merge, in the order of their learning. */
  merges: [number, number, number][];
}

/** What a byte-level BPE consists of. */
export interface BpeParts {
  /** The id of each byte. */
  readonly byteIds: Uint32Array;
  /** In the order of their learning. */
  readonly merges: readonly Merge[];
  /** The id of each special token. */
  readonly specialTokens: ReadonlyMap<string, number>;
}

/** The parts as JSON. */
export function bpeToJson({ byteIds, merges, specialTokens }: BpeParts): BpeJson {
  return {
    format: "dials-tokenizer",
    version: 1,
    kind: "bpe",
    split: "gpt2",
    specialTokens: Object.fromEntries(specialTokens),
    bytes: [...byteIds],
    merges: merges.map(({ left, right, id }) => [left, right, id]),
  };
}

/**
 * The parts that JSON describes. That they fit together is for `tokenBytesOf` to check.
 *
 * @throws {FormatError} if a member is missing or of another type
 */
export function bpeFromJson(json: unknown): BpeParts {
  const { split, specialTokens, bytes, merges } = (json ?? {}) as Partial<BpeJson>;
  if (split !== "gpt2") {
    throw new FormatError(
      `The tokenizer's split is ${JSON.stringify(split)}; the one there is is "gpt2".`,
    );
  }
  if (!(Array.isArray(bytes) && bytes.length === 256 && bytes.every(isId))) {
    throw new FormatError('A BPE tokenizer needs "bytes", an array of the ids of the 256 bytes.');
  }
  if (!(Array.isArray(merges) && merges.every(isTriple))) {
    throw new FormatError('A BPE tokenizer needs "merges", an array of [left, right, id].');
  }
  if (
    typeof specialTokens !== "object" || specialTokens === null || Array.isArray(specialTokens) ||
    !Object.values(specialTokens).every(isId)
  ) {
    throw new FormatError(
      'A BPE tokenizer needs "specialTokens", an object of the ids of its special tokens.',
    );
  }
  return {
    byteIds: Uint32Array.from(bytes),
    merges: merges.map(([left, right, id]) => ({ left, right, id })),
    specialTokens: new Map(Object.entries(specialTokens)),
  };
}

/**
 * The bytes of each token, in the order of the ids.
 *
 * @throws {FormatError} if two tokens have one id, an id below the highest stands for nothing, or a
 * merge uses a token that comes into being only later
 */
export function tokenBytesOf({ byteIds, merges, specialTokens }: BpeParts): Uint8Array[] {
  const tokens: Uint8Array[] = [];
  const define = (id: number, bytes: Uint8Array, what: string): void => {
    if (tokens[id] !== undefined) {
      throw new FormatError(`The tokenizer gives the id ${id} to ${what} and to another token.`);
    }
    tokens[id] = bytes;
  };
  const encoder = new TextEncoder();
  for (const [text, id] of specialTokens) {
    define(id, encoder.encode(text), `the special token ${JSON.stringify(text)}`);
  }
  const specialIds = new Set(specialTokens.values());
  byteIds.forEach((id, byte) => define(id, Uint8Array.of(byte), `the byte ${byte}`));
  for (const [rank, { left, right, id }] of merges.entries()) {
    for (const part of [left, right]) {
      if (tokens[part] === undefined || specialIds.has(part)) {
        throw new FormatError(
          `Merge ${rank} uses the id ${part}, which is no byte and made by no merge before it.`,
        );
      }
    }
    const bytes = new Uint8Array(tokens[left].length + tokens[right].length);
    bytes.set(tokens[left]);
    bytes.set(tokens[right], tokens[left].length);
    const shared = tokens[id] !== undefined && !specialIds.has(id) && equal(tokens[id], bytes);
    if (!shared) define(id, bytes, `merge ${rank}`);
  }
  const defined = specialTokens.size + 256 + countIds(merges);
  if (tokens.length !== defined) {
    throw new FormatError(
      `The tokenizer's highest id is ${
        tokens.length - 1
      }, but it defines only ${defined} tokens: ` +
        "ids must go from 0 on without a gap.",
    );
  }
  return tokens;
}

function countIds(merges: readonly Merge[]): number {
  return new Set(merges.map(({ id }) => id)).size;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Ids fit into 26 bits: far above any vocabulary, and a broken file cannot ask for all memory. */
function isId(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 26;
}

function isTriple(value: unknown): value is [number, number, number] {
  return Array.isArray(value) && value.length === 3 && value.every(isId);
}
