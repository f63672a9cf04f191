// Where text comes from: the shipped world, a file, a folder or a URL, all to the same plain value. What
// cannot be learned from is refused here, in one sentence, before anything is tokenized.

import { CorpusError } from "../errors.ts";
import { cellSignal } from "../interrupt.ts";
import type { Corpus } from "./corpus.ts";
import { loadFile } from "./file.ts";
import { loadFolder } from "./folder.ts";
import { isShipped, loadShipped, SHIPPED_CORPORA } from "./shipped.ts";
import { loadUrl } from "./url.ts";

/** How a corpus is loaded. */
export interface LoadCorpusOptions {
  /** How many bytes of a shipped corpus to make, from 100,000 to 100,000,000; whole documents. */
  size?: number;
  /** Which text a shipped corpus is: the same seed and size give the same bytes. */
  seed?: number;
  /** What a file, a folder or a download may hold at most, in bytes. */
  maximumBytes?: number;
  /** Stops a download with its reason; by default the running cell's interrupt. */
  signal?: AbortSignal;
}

/** 500 MB: about the longest string that JavaScript has. */
const MAXIMUM_BYTES = 500_000_000;

/**
 * The text behind a name.
 *
 * @param source a shipped corpus (`"harbour"`), a path of a text file or a folder of text files, or an http(s)
 * URL. A file that has a shipped corpus's name is reached as `./harbour`.
 * @throws {CorpusError} if there is no such source, it does not answer, is empty or is not UTF-8 text
 * @throws {ConfigError} if `size` or `seed` is out of range
 * @example
 * ```ts
 * const corpus = await loadCorpus("harbour", { size: 1_000_000, seed: 1 });
 * const mine = await loadCorpus("notes/diary.txt");
 * ```
 */
export async function loadCorpus(
  source: string | URL,
  {
    size = 1_000_000,
    seed = 1,
    maximumBytes = MAXIMUM_BYTES,
    signal = cellSignal(),
  }: LoadCorpusOptions = {},
): Promise<Corpus> {
  signal?.throwIfAborted();
  const name = String(source);
  if (isShipped(name)) return loadShipped(name, { size, seed });
  if (/^https?:/i.test(name)) return await loadUrl(parseUrl(name), { maximumBytes, signal });
  const path = /^file:/i.test(name) ? parseUrl(name) : name;
  const { isDirectory } = await statSource(path);
  return isDirectory
    ? await loadFolder(path, { maximumBytes, signal })
    : await loadFile(path, { maximumBytes });
}

function parseUrl(url: string): URL {
  if (!URL.canParse(url)) {
    throw new CorpusError(`"${url}" is not a URL: write it as https://host/path.`);
  }
  return new URL(url);
}

async function statSource(path: string | URL): Promise<Deno.FileInfo> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory)) {
      throw new CorpusError(`"${path}" cannot be read: ${(error as Error).message}.`);
    }
    throw new CorpusError(
      `There is no corpus "${path}": give the path of a text file or a folder, an http(s) URL, ` +
        `or the name of a shipped corpus (${SHIPPED_CORPORA.join(", ")}).`,
    );
  }
}
