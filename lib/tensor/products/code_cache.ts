// Generated code by the numbers it was generated for. A step of a small model looks code up a hundred times, so
// keys are compared as numbers: strings of them would have to be made first.

import type { LoadedCode } from "./executable_memory.ts";

interface Entry {
  readonly key: readonly number[];
  readonly code: LoadedCode;
  /** When it was last asked for. */
  used: number;
}

/** Keeps code, and gives back the memory of what has not been used for longest. */
export class CodeCache {
  readonly #most: number;
  readonly #byHash = new Map<number, Entry[]>();
  #size = 0;
  #clock = 0;

  /** @param most how many pieces of code are kept */
  constructor(most: number) {
    this.#most = most;
  }

  /** The code for `key`, made by `make` if it is not there. Keys are all of one length. */
  get(key: readonly number[], make: () => LoadedCode): LoadedCode {
    const hash = hashOf(key);
    const entries = this.#byHash.get(hash);
    const found = entries?.find((entry) => isSame(entry.key, key));
    if (found !== undefined) {
      found.used = ++this.#clock;
      return found.code;
    }
    const code = make();
    if (this.#size >= this.#most) this.#dropOldest();
    const entry = { key, code, used: ++this.#clock };
    this.#byHash.set(hash, [...this.#byHash.get(hash) ?? [], entry]);
    this.#size++;
    return code;
  }

  /** Gives back the memory of all code. */
  dispose(): void {
    for (const entries of this.#byHash.values()) for (const { code } of entries) code.free();
    this.#byHash.clear();
    this.#size = 0;
  }

  #dropOldest(): void {
    const all = [...this.#byHash.values()].flat();
    const oldest = all.reduce((a, b) => a.used < b.used ? a : b);
    const hash = hashOf(oldest.key);
    this.#byHash.set(hash, this.#byHash.get(hash)!.filter((entry) => entry !== oldest));
    oldest.code.free();
    this.#size--;
  }
}

function hashOf(key: readonly number[]): number {
  let hash = 0;
  for (let i = 0; i < key.length; i++) {
    hash = Math.imul(hash ^ key[i], 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
