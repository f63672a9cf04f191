// A byte-level BPE tokenizer as a JSON value, and the checks that make one trustworthy: whatever passes
// here encodes every text and decodes every id.

import { FormatError } from "../errors.ts";
import type { Merge } from "./bpe_train.ts";
import { isMerging, type Merging } from "./merge_rules.ts";
import { isSplitName, type SplitName } from "./split.ts";

/** A `BpeTokenizer` as JSON. */
export interface BpeJson {
  format: "dials-tokenizer";
  version: 1;
  kind: "bpe";
  /** The pattern that pieces are split by. */
  split: SplitName;
  /** The order of merging; `"merges"` where it is not named. */
  merging?: Merging;
  /** The id of each special token. */
  specialTokens: Record<string, number>;
  /** The id of each of the 256 bytes; null for one that the vocabulary lacks. */
  bytes: (number | null)[];
  /** `[left, right, id]` of each merge, in the order of their learning. */
  merges: [number, number, number][];
}

/** What a byte-level BPE consists of. */
export interface BpeParts {
  /** The id of each byte; `NO_ID` for one that the vocabulary lacks. */
  readonly byteIds: Uint32Array;
  /** In the order of their learning. */
  readonly merges: readonly Merge[];
  /** The id of each special token. */
  readonly specialTokens: ReadonlyMap<string, number>;
  /** How text is cut into pieces. */
  readonly split: SplitName;
  /** The order of merging. */
  readonly merging: Merging;
}

/** In place of the id of a byte that has none. */
export const NO_ID = 0xffffffff;

/** Most ids that may stand for nothing, below those of special tokens: real files leave a few free. */
const MOST_UNUSED_IDS = 1024;

/** Bytes of all tokens together, at most: forty merges could otherwise make a token of a terabyte. */
const MOST_TOKEN_BYTES = 2 ** 28;

/** The parts as JSON. */
export function bpeToJson(parts: BpeParts): BpeJson {
  const { byteIds, merges, specialTokens, split, merging } = parts;
  return {
    format: "dials-tokenizer",
    version: 1,
    kind: "bpe",
    split,
    merging,
    specialTokens: Object.fromEntries(specialTokens),
    bytes: Array.from(byteIds, (id) => id === NO_ID ? null : id),
    merges: merges.map(({ left, right, id }) => [left, right, id]),
  };
}

/**
 * The parts that JSON describes. That they fit together is for `tokenBytesOf` to check.
 *
 * @throws {FormatError} if a member is missing or of another type
 */
export function bpeFromJson(json: unknown): BpeParts {
  const { split, merging = "merges", specialTokens, bytes, merges } = (json ?? {}) as Partial<
    BpeJson
  >;
  if (!isSplitName(split)) {
    throw new FormatError(
      `The tokenizer's split is ${JSON.stringify(split)}; it must be "gpt2", "cl100k" or "smollm".`,
    );
  }
  if (!isMerging(merging)) {
    throw new FormatError(
      `The tokenizer's merging is ${JSON.stringify(merging)}; it must be "merges", "wholePieces" ` +
        'or "ranks".',
    );
  }
  const isByteId = (id: unknown) => id === null || isId(id);
  if (!(Array.isArray(bytes) && bytes.length === 256 && bytes.every(isByteId))) {
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
    byteIds: Uint32Array.from(bytes, (id) => id ?? NO_ID),
    merges: merges.map(([left, right, id]) => ({ left, right, id })),
    specialTokens: new Map(Object.entries(specialTokens)),
    split,
    merging,
  };
}

/**
 * The bytes of each token, in the order of the ids; none for an id that stands for nothing.
 *
 * @throws {FormatError} if two tokens have one id, ids are left unused in number or elsewhere than below
 * special tokens, a merge uses a token that is never made, or tokens grow beyond all measure
 */
export function tokenBytesOf(
  { byteIds, merges, specialTokens }: Pick<BpeParts, "byteIds" | "merges" | "specialTokens">,
): Uint8Array[] {
  const tokens: Uint8Array[] = [];
  let size = 0;
  const define = (id: number, bytes: Uint8Array, what: string): void => {
    if (tokens[id] !== undefined) {
      throw new FormatError(`The tokenizer gives the id ${id} to ${what} and to another token.`);
    }
    tokens[id] = bytes;
    size += bytes.length;
    if (size > MOST_TOKEN_BYTES) {
      throw new FormatError(
        `The tokenizer's tokens are more than ${MOST_TOKEN_BYTES} bytes long together: that is no ` +
          "vocabulary of text.",
      );
    }
  };
  const encoder = new TextEncoder();
  for (const [text, id] of specialTokens) {
    define(id, encoder.encode(text), `the special token ${JSON.stringify(text)}`);
  }
  const specialIds = new Set(specialTokens.values());
  byteIds.forEach((id, byte) => {
    if (id !== NO_ID) define(id, Uint8Array.of(byte), `the byte ${byte}`);
  });

  // Files do not list every merge after those that make its parts: a merge may wait for a part.
  const waiting = new Map<number, number[]>();
  const isReady = (id: number): boolean => tokens[id] !== undefined && !specialIds.has(id);
  const make = (rank: number): void => {
    const { left, right, id } = merges[rank];
    const missing = [left, right].find((part) => !isReady(part));
    if (missing !== undefined) {
      const others = waiting.get(missing);
      if (others === undefined) waiting.set(missing, [rank]);
      else others.push(rank);
      return;
    }
    const bytes = concatenated(tokens[left], tokens[right]);
    const isShared = isReady(id) && equal(tokens[id], bytes);
    if (!isShared) define(id, bytes, `merge ${rank}`);
  };
  for (const first of merges.keys()) {
    for (const ready = [first]; ready.length > 0;) {
      const rank = ready.pop()!;
      make(rank);
      if (!isReady(merges[rank].id)) continue;
      ready.push(...waiting.get(merges[rank].id) ?? []);
      waiting.delete(merges[rank].id);
    }
  }
  for (const [part, [rank]] of waiting) {
    throw new FormatError(
      `Merge ${rank} uses the id ${part}, which is no byte and made by no merge that can be made.`,
    );
  }
  fillUnused(tokens, merges.reduce((highest, { id }) => Math.max(highest, id), 0));
  return tokens;
}

/** Gives unused ids no bytes, where they are few and all above the last ordinary token. */
function fillUnused(tokens: Uint8Array[], lastOrdinary: number): void {
  let unused = 0;
  for (let id = 0; id < tokens.length; id++) {
    if (tokens[id] !== undefined) continue;
    tokens[id] = new Uint8Array(0);
    unused++;
    if (id < lastOrdinary || unused > MOST_UNUSED_IDS) {
      throw new FormatError(
        `The tokenizer's highest id is ${
          tokens.length - 1
        }, but nothing has the id ${id}: ids must ` +
          `go from 0 on without a gap; only below special tokens up to ${MOST_UNUSED_IDS} may be free.`,
      );
    }
  }
}

function concatenated(left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(left.length + right.length);
  bytes.set(left);
  bytes.set(right, left.length);
  return bytes;
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
