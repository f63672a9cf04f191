// Encoding many texts, or long ones, on all cores. The ids are those of `encode`, whatever the number of
// workers: texts are cut only where no token is.

import { breathe, cellSignal } from "../interrupt.ts";
import { SpecialTokens } from "./special_tokens.ts";
import type { EncodeOptions, Tokenizer } from "./tokenizer.ts";
import { answerInOrder, checkWorkers, defaultWorkers } from "./worker_pool.ts";

/** How texts are encoded together. */
export interface EncodeAllOptions extends EncodeOptions {
  /**
   * How many workers share the work. By default one a core, up to eight, where there are several and the texts
   * have 32 MB or more together: shorter ones are done before workers have warmed up. The ids are the same.
   */
  workers?: number;
  /** Called now and then with the UTF-16 units encoded and to encode, special tokens not counted. */
  onProgress?: (progress: { done: number; total: number }) => void;
  /** Stops the work with its reason; by default the running cell's interrupt. */
  signal?: AbortSignal;
}

/** UTF-16 units in a portion, about: worth handing to a worker, and soon done. */
const PORTION_SIZE = 2 ** 20;

/** UTF-16 units below which workers cost more time than they save. */
const WORTH_WORKERS = 32 * 2 ** 20;

/**
 * The ids of each text, in the order of the texts.
 *
 * @throws {ConfigError} if the tokenizer has no id for a character, or `workers` is not a whole number from 0
 * @throws the signal's reason, once it is aborted
 * @example
 * ```ts
 * const [train, validation] = await encodeAll([trainText, validationText], tokenizer);
 * ```
 */
export async function encodeAll(
  texts: readonly string[],
  tokenizer: Tokenizer,
  { allowSpecial = false, workers, onProgress, signal = cellSignal() }: EncodeAllOptions = {},
): Promise<Uint32Array[]> {
  const total = texts.reduce((sum, text) => sum + text.length, 0);
  const threads = workers ?? (total < WORTH_WORKERS ? 0 : defaultWorkers({ free: 0 }));
  checkWorkers(threads);
  const portions = portionsOf(texts, tokenizer, allowSpecial);
  const ids: Uint32Array[][] = texts.map(() => []);
  let done = 0;
  const keep = ({ segments, length }: Portion, encoded: readonly Uint32Array[]): void => {
    let next = 0;
    for (const { text, content } of segments) {
      ids[text].push(typeof content === "number" ? Uint32Array.of(content) : encoded[next++]);
    }
    done += length;
    onProgress?.({ done, total });
  };

  if (threads === 0) {
    for (const portion of portions) {
      signal?.throwIfAborted();
      keep(portion, encodePortion(portion, tokenizer));
      await breathe();
    }
    signal?.throwIfAborted();
    return ids.map(joined);
  }
  const replies = answerInOrder<Portion, Uint32Array[]>(portions, {
    url: new URL("./encode_worker.ts", import.meta.url),
    workers: threads,
    setup: tokenizer.toJSON(),
    signal,
  });
  for await (const { request, reply } of replies) keep(request, reply);
  return ids.map(joined);
}

/** A stretch of a text, or a special token in it. */
export interface Segment {
  /** Which text it is of. */
  readonly text: number;
  readonly content: string | number;
}

/** Segments that are encoded in one go: about a megabyte of text. */
export interface Portion {
  readonly segments: readonly Segment[];
  /** In UTF-16 units. */
  readonly length: number;
}

/** The ids of each string in a portion. */
export function encodePortion({ segments }: Portion, tokenizer: Tokenizer): Uint32Array[] {
  return segments.map(({ content }) => content).filter((content) => typeof content === "string")
    .map((text) => tokenizer.encode(text));
}

function* portionsOf(
  texts: readonly string[],
  tokenizer: Tokenizer,
  allowSpecial: boolean,
): Generator<Portion> {
  const special = new SpecialTokens(tokenizer.specialTokens);
  let segments: Segment[] = [];
  let length = 0;
  for (const [text, whole] of texts.entries()) {
    for (const part of allowSpecial ? special.parts(whole) : [whole]) {
      for (const content of typeof part === "number" ? [part] : cutUp(part, tokenizer)) {
        segments.push({ text, content });
        length += typeof content === "string" ? content.length : 0;
        if (length < PORTION_SIZE) continue;
        yield { segments, length };
        segments = [];
        length = 0;
      }
    }
  }
  if (segments.length > 0) yield { segments, length };
}

/** A text in stretches of about a portion, cut only where no token is, however far that is. */
function* cutUp(text: string, tokenizer: Tokenizer): Generator<string> {
  let start = 0;
  for (let size = PORTION_SIZE; start + size < text.length;) {
    const cut = tokenizer.lastCut(text, { from: start, end: start + size });
    if (cut < 0) {
      size *= 2; // so that a text without a cut is looked through a few times, not once a portion
      continue;
    }
    yield text.slice(start, cut);
    start = cut;
    size = PORTION_SIZE;
  }
  if (start < text.length) yield text.slice(start);
}

function joined(parts: readonly Uint32Array[]): Uint32Array {
  if (parts.length === 1) return parts[0];
  const all = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
