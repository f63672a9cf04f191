// Counting the pieces of a text that arrives: the first blocks here, those of a long text in workers, whose
// counts are added up in the order of the blocks.

import { breathe } from "../interrupt.ts";
import { PieceCounter, type PieceCounts } from "./piece_counts.ts";
import type { SplitName } from "./split.ts";
import { TextBlocks, type TextParts } from "./text_blocks.ts";
import { readParts, type TextSource } from "./text_source.ts";
import { answerInOrder, defaultWorkers } from "./worker_pool.ts";

/** What `countFrom` is told. */
export interface CountFromOptions {
  split: SplitName;
  parts: TextParts;
  /** How many workers count; undefined for as many as pay. */
  workers?: number;
  /** Called after each block with the number of UTF-16 units read so far. */
  onCharacters?: (read: number) => void;
  signal?: AbortSignal;
}

/** UTF-16 units that are counted without workers: shorter texts are done before workers have warmed up. */
const COUNTED_HERE = 16 * 2 ** 20;

/** UTF-16 units that a worker is handed at once. */
const WORKER_SHARE = 2 ** 20;

/**
 * Counts the pieces of a source. The counts are the same however many workers there are.
 *
 * @throws {ConfigError} if a part is no string
 * @throws the signal's reason, once it is aborted
 */
export async function countFrom(
  source: TextSource,
  { split, parts, workers, onCharacters, signal }: CountFromOptions,
): Promise<PieceCounts> {
  const counter = new PieceCounter(split);
  const blocks = blocksFrom(source, { parts, signal });
  const threads = workers ?? defaultWorkers({ free: 1 }); // reading and cutting is a core's work
  const countedHere = threads === 0 ? Infinity : workers === undefined ? COUNTED_HERE : 0;
  let read = 0;
  const pass = (block: readonly string[]): void => {
    read += block.reduce((sum, { length }) => sum + length, 0);
    onCharacters?.(read);
  };
  try {
    while (read < countedHere) {
      const next = await blocks.next();
      if (next.done) return counter.counts;
      counter.count(next.value);
      pass(next.value);
      await breathe();
      signal?.throwIfAborted();
    }
    const replies = answerInOrder<string[], PieceCounts>(gathered(blocks), {
      url: new URL("./count_worker.ts", import.meta.url),
      workers: threads,
      setup: split,
      signal,
    });
    for await (const { request, reply } of replies) {
      counter.add(reply);
      pass(request);
    }
    return counter.counts;
  } finally {
    await blocks.return(undefined);
  }
}

/** Blocks joined to lists that are worth handing to a worker. */
async function* gathered(blocks: AsyncIterable<string[]>): AsyncGenerator<string[]> {
  let texts: string[] = [];
  let length = 0;
  for await (const block of blocks) {
    texts.push(...block);
    length += block.reduce((sum, { length }) => sum + length, 0);
    if (length < WORKER_SHARE) continue;
    yield texts;
    texts = [];
    length = 0;
  }
  if (texts.length > 0) yield texts;
}

async function* blocksFrom(
  source: TextSource,
  { parts, signal }: { parts: TextParts; signal?: AbortSignal },
): AsyncGenerator<string[]> {
  const blocks = new TextBlocks(parts);
  for await (const part of readParts(source, signal)) yield* blocks.add(part);
  yield* blocks.rest();
}
