// Text that arrives in parts, from an array, a generator, a file or the network.

import { ConfigError } from "../errors.ts";
import { orAborted } from "../interrupt.ts";

/**
 * Text in parts, at hand or arriving. A file is
 * `(await Deno.open(path)).readable.pipeThrough(new TextDecoderStream())`.
 */
export type TextSource = string | Iterable<string> | AsyncIterable<string>;

/**
 * The parts of a source. A source that lets itself be waited for does not keep an abort waiting.
 *
 * @throws {ConfigError} if a part is no string
 * @throws the signal's reason, once it is aborted
 */
export async function* readParts(
  source: TextSource,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  const iterator = iteratorOf(typeof source === "string" ? [source] : source);
  try {
    while (true) {
      signal?.throwIfAborted();
      const { done, value } = await orAborted(iterator.next(), signal);
      if (done) return;
      checkPart(value);
      yield value;
    }
  } finally {
    // Not awaited: a generator that waits for data would answer only once they come.
    Promise.resolve(iterator.return?.()).catch(() => {});
  }
}

/** @throws {ConfigError} if a part of a text is no string */
export function checkPart(part: unknown): asserts part is string {
  if (typeof part === "string") return;
  const what = part instanceof Uint8Array ? "bytes" : `a ${typeof part}`;
  throw new ConfigError(
    `A source of text gave ${what} where strings are read: for a file or a response, put ` +
      "`.pipeThrough(new TextDecoderStream())` behind its stream.",
  );
}

function iteratorOf(
  source: Iterable<string> | AsyncIterable<string>,
): Iterator<string> | AsyncIterator<string> {
  return Symbol.asyncIterator in source
    ? source[Symbol.asyncIterator]()
    : source[Symbol.iterator]();
}
