// tiktoken's rank files: a line a token, its bytes in base64 and its rank, which is its id. The split and the
// special tokens are not in the file.

import { ConfigError, FormatError } from "../errors.ts";
import { type BpeParts, NO_ID } from "./bpe_json.ts";
import type { Merge } from "./bpe_train.ts";
import { byteString } from "./merge_rules.ts";
import { checkSpecialTokens } from "./special_tokens.ts";
import { isSplitName, type SplitName } from "./split.ts";

/** What a rank file does not say. */
export interface TiktokenOptions {
  /** How text is cut into pieces: `"cl100k"`, the default, for GPT-4's file, `"gpt2"` for GPT-2's. */
  split?: SplitName;
  /** The id of each special token. */
  specialTokens?: Readonly<Record<string, number>>;
}

/** The longest token, in bytes; the longest of GPT-4 has 128. */
const LONGEST_TOKEN = 1024;

/**
 * The parts of the tokenizer in a rank file.
 *
 * @throws {ConfigError} if an option is not allowed
 * @throws {FormatError} if a line is no token and rank, a token or rank comes twice, or a byte is missing
 */
export function partsFromTiktoken(
  file: string,
  { split = "cl100k", specialTokens = {} }: TiktokenOptions = {},
): BpeParts {
  if (!isSplitName(split)) {
    throw new ConfigError(
      `The split ${JSON.stringify(split)} is not known: choose "gpt2", "cl100k" or "smollm".`,
    );
  }
  checkSpecialTokens(Object.keys(specialTokens));
  for (const [token, id] of Object.entries(specialTokens)) {
    if (isRank(id)) continue;
    throw new ConfigError(
      `The id of the special token ${JSON.stringify(token)} is ${id}: give a whole number from 0.`,
    );
  }
  const ranks = readRanks(file);
  const byteIds = Uint32Array.from({ length: 256 }, (_, byte) => {
    const rank = ranks.get(String.fromCharCode(byte));
    if (rank !== undefined) return rank;
    throw new FormatError(
      `The rank file has no token for the byte ${byte}, so not every text could be encoded.`,
    );
  });
  return {
    byteIds,
    merges: mergesOf(ranks),
    specialTokens: new Map(Object.entries(specialTokens)),
    split,
    merging: "ranks",
  };
}

/** The rank file for tokens, special tokens left out. */
export function tiktokenFile(
  { byteIds, merges }: Pick<BpeParts, "byteIds" | "merges">,
  tokenBytes: readonly Uint8Array[],
): string {
  const bytes = [...byteIds].filter((id) => id !== NO_ID);
  const ids = new Set([...bytes, ...merges.map(({ id }) => id)]);
  return [...ids].sort((a, b) => a - b)
    .map((id) => `${btoa(byteString(tokenBytes[id]))} ${id}\n`).join("");
}

/** The rank of each token; a token is a string with a character for each of its bytes. */
function readRanks(file: string): Map<string, number> {
  const ranks = new Map<string, number>();
  const taken = new Set<number>();
  for (const [index, line] of file.split(/\r?\n/).entries()) {
    if (line === "") continue;
    const [, base64, digits] = /^([A-Za-z0-9+/]+={0,2}) (\d{1,8})$/.exec(line) ?? [];
    const token = base64 === undefined ? undefined : decoded(base64);
    const rank = Number(digits);
    if (token === undefined || !isRank(rank)) {
      throw new FormatError(
        `Line ${index + 1} of the rank file is ${
          JSON.stringify(line.slice(0, 40))
        }, but must be a ` +
          "token in base64, a space and its rank.",
      );
    }
    if (token.length > LONGEST_TOKEN) {
      throw new FormatError(
        `The token in line ${index + 1} of the rank file has ${token.length} bytes; at most ` +
          `${LONGEST_TOKEN} can be read.`,
      );
    }
    if (ranks.has(token) || taken.has(rank)) {
      throw new FormatError(
        `Line ${index + 1} of the rank file gives a token or a rank that an earlier line gives.`,
      );
    }
    ranks.set(token, rank);
    taken.add(rank);
  }
  return ranks;
}

function decoded(base64: string): string | undefined {
  try {
    return atob(base64);
  } catch { // a length that no bytes have
    return undefined;
  }
}

/** All ways to make each token of two others, by rank. */
function mergesOf(ranks: ReadonlyMap<string, number>): Merge[] {
  const merges: Merge[] = [];
  for (const [token, id] of ranks) {
    const before = merges.length;
    for (let cut = 1; cut < token.length; cut++) {
      const left = ranks.get(token.slice(0, cut));
      const right = ranks.get(token.slice(cut));
      if (left !== undefined && right !== undefined) merges.push({ left, right, id });
    }
    if (token.length > 1 && merges.length === before) {
      throw new FormatError(
        `The token of rank ${id} in the rank file is no two other tokens joined, so this is not ` +
          "byte-pair encoding.",
      );
    }
  }
  return merges.sort((a, b) => a.id - b.id);
}

function isRank(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 2 ** 26;
}
