// The shipped corpus: documents from the life of Merrowick, a harbour town that does not exist. The world
// is fixed; a seed decides which documents are told, in an endless row of which a corpus is the beginning.

import { ConfigError } from "../../lib/errors.ts";
import { Random } from "../../lib/random.ts";
import { fillCast } from "./language/casting.ts";
import { Teller } from "./language/teller.ts";
import { KINDS } from "./kinds/mod.ts";
import type { Kind } from "./kinds/kind.ts";
import { POOLS } from "./plots/pools.ts";
import type { Fact } from "./world/facts.ts";

export { type World, world } from "./world/mod.ts";
export type { Fact } from "./world/facts.ts";

/** What stands after every document: a blank line, which no document has inside. */
export const separator = "\n\n";

/** The smallest corpus, in bytes. */
export const MIN_BYTES = 100_000;
/** The largest corpus, in bytes. */
export const MAX_BYTES = 100_000_000;

/** One text with a beginning and an end. */
export interface Document {
  /** "story", "diary", "letter" and so on. */
  readonly kind: string;
  readonly title?: string;
  /** The whole text in ASCII, its title included; a newline ends a paragraph. */
  readonly text: string;
  /** What the text says about the world, as triples that agree with `world.facts`. */
  readonly facts: readonly Fact[];
}

/** How much of a corpus, and which. */
export interface CorpusOptions {
  /** At least so many bytes, from 100,000 to 100,000,000. */
  readonly bytes: number;
  /** Any integer; the same seed gives the same bytes. */
  readonly seed: number;
}

/**
 * The documents of one seed, without end, no two alike.
 *
 * @example
 * ```ts
 * for (const { text } of documents(1).take(20)) console.log(text + "\n");
 * ```
 */
export function* documents(seed: number): Generator<Document> {
  const random = new Random(seed, "harbour");
  const teller = new Teller(random, POOLS);
  const told = new Set<number>();
  while (true) {
    const document = tell(teller, pickKind(random));
    const print = fingerprint(document.text);
    if (told.has(print)) continue;
    told.add(print);
    yield document;
  }
}

/**
 * The corpus in chunks of whole documents, each followed by the separator. A larger corpus of the same
 * seed begins with the smaller one.
 *
 * @throws {ConfigError} if `bytes` is out of range or `seed` is not an integer
 */
export function* corpusChunks({ bytes, seed }: CorpusOptions): Generator<string> {
  expectSize(bytes, seed);
  let size = 0;
  let chunk = "";
  for (const { text } of documents(seed)) {
    chunk += text + separator;
    const done = size + chunk.length >= bytes;
    if (done || chunk.length >= CHUNK) {
      size += chunk.length;
      yield chunk;
      chunk = "";
    }
    if (done) return;
  }
}

/**
 * The corpus as one string; beyond some tens of megabytes, rather take {@linkcode corpusChunks}.
 *
 * @throws {ConfigError} if `bytes` is out of range or `seed` is not an integer
 */
export function corpusText(options: CorpusOptions): string {
  return [...corpusChunks(options)].join("");
}

/** About how many characters go into one chunk. */
const CHUNK = 65_536;

function expectSize(bytes: number, seed: number): void {
  if (!Number.isInteger(bytes) || bytes < MIN_BYTES || bytes > MAX_BYTES) {
    throw new ConfigError(
      `A corpus of ${bytes} bytes was asked for: choose a whole number from 100,000 to 100,000,000.`,
    );
  }
  if (!Number.isSafeInteger(seed)) {
    throw new ConfigError(`The corpus seed is ${seed}: choose a whole number.`);
  }
}

const TOTAL_WEIGHT = KINDS.reduce((sum, kind) => sum + kind.weight, 0);

function pickKind(random: Random): Kind {
  let left = random.uniform() * TOTAL_WEIGHT;
  for (const kind of KINDS) {
    left -= kind.weight;
    if (left < 0) return kind;
  }
  return KINDS[0];
}

function tell(teller: Teller, kind: Kind): Document {
  const { cast, script } = teller.random.pick(kind.plans);
  teller.begin();
  fillCast(teller, cast);
  teller.tell(script);
  const { title, text, facts } = teller.finish();
  return title === undefined
    ? { kind: kind.name, text, facts }
    : { kind: kind.name, title, text, facts };
}

/** 53 bits that stand for a text: a million texts collide with a chance below one in ten thousand. */
function fingerprint(text: string): number {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul(b ^ c, 0x85ebca6b);
  }
  return (a >>> 0) * 0x20_0000 + (b >>> 11);
}
