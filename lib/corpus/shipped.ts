// The corpora that come with Dials, made on the spot from a seed.

import type { Corpus } from "./corpus.ts";

/** The names of the shipped corpora. */
export const SHIPPED_CORPORA = ["harbour"] as const;

/** The name of a shipped corpus. */
export type ShippedCorpus = typeof SHIPPED_CORPORA[number];

/** Whether `name` is a shipped corpus. */
export function isShipped(name: string): name is ShippedCorpus {
  return (SHIPPED_CORPORA as readonly string[]).includes(name);
}

/**
 * A shipped corpus of at least `size` bytes, whole documents.
 *
 * @throws {ConfigError} if `size` is not a whole number from 100,000 to 100,000,000, or `seed` not a whole
 * number
 */
export async function loadShipped(
  name: ShippedCorpus,
  { size, seed }: { size: number; seed: number },
): Promise<Corpus> {
  const { corpusChunks, separator } = await import("../../data/harbour/mod.ts");
  const text = [...corpusChunks({ bytes: size, seed })].join("");
  return { name, source: `the shipped corpus "${name}", seed ${seed}`, text, separator };
}
