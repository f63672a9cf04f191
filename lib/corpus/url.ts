// A corpus from the web. Everything that can go wrong on the way ends in one sentence about the URL.

import { CorpusError } from "../errors.ts";
import type { Corpus } from "./corpus.ts";
import { tooLarge } from "./file.ts";
import { textFromBytes } from "./text_bytes.ts";

/** How long a server may be silent. */
const PATIENCE_SECONDS = 30;

/**
 * The text behind an http(s) URL.
 *
 * @throws {CorpusError} if the server does not answer, answers with an error or with more than
 * `maximumBytes`, or the answer is empty or not UTF-8 text
 * @throws the signal's reason, once it is aborted
 */
export async function loadUrl(
  url: URL,
  { maximumBytes, signal }: { maximumBytes: number; signal?: AbortSignal },
): Promise<Corpus> {
  const bytes = await download(url, { maximumBytes, signal });
  const lastPart = decodeURIComponent(url.pathname).split("/").findLast((part) => part !== "");
  return {
    name: lastPart ?? url.host,
    source: url.href,
    text: textFromBytes(bytes, `The text at ${url.href}`),
  };
}

async function download(
  url: URL,
  { maximumBytes, signal }: { maximumBytes: number; signal?: AbortSignal },
): Promise<Uint8Array> {
  const silence = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stillHere = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), PATIENCE_SECONDS * 1000);
  };
  try {
    stillHere();
    const signals = signal === undefined ? [silence.signal] : [silence.signal, signal];
    const response = await fetch(url, { signal: AbortSignal.any(signals) });
    if (!response.ok) {
      await response.body?.cancel();
      throw new CorpusError(
        `${url.href} answers ${response.status} ${response.statusText}`.trimEnd() +
          ": check the address.",
      );
    }
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let length = 0;
    for await (const chunk of response.body ?? []) {
      stillHere();
      length += chunk.length;
      if (length > maximumBytes) throw tooLarge(`The text at ${url.href}`, maximumBytes);
      chunks.push(chunk);
    }
    return await new Blob(chunks).bytes();
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof CorpusError) throw error;
    const why = silence.signal.aborted
      ? `nothing came for ${PATIENCE_SECONDS} seconds`
      : innermostMessage(error as Error);
    throw new CorpusError(
      `${url.href} does not answer (${why}): check the address and the network.`,
    );
  } finally {
    clearTimeout(timer);
  }
}

/** What went wrong, as in "connection refused": it comes last in the innermost cause's message. */
function innermostMessage(error: Error): string {
  if (error.cause instanceof Error) return innermostMessage(error.cause);
  return error.message.split(": ").at(-1)!;
}
