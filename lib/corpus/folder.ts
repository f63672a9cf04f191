// A corpus from all text files below a folder, in the order of their paths, so that the same folder is
// the same corpus everywhere.

import * as std from "@std/path";
import { CorpusError } from "../errors.ts";
import type { Corpus } from "./corpus.ts";
import { displayPath, lastPart, readBytes, tooLarge } from "./file.ts";
import { binaryOffset } from "./text_bytes.ts";

/** What is put between two files. */
const SEPARATOR = "\n\n";

/**
 * The texts of all files below a folder, with an empty line between two. Hidden files and folders, links, and
 * files that are not UTF-8 text are skipped, and `source` says how many.
 *
 * @throws {CorpusError} if there is no text, or more than `maximumBytes`
 */
export async function loadFolder(
  path: string | URL,
  { maximumBytes, signal }: { maximumBytes: number; signal?: AbortSignal },
): Promise<Corpus> {
  const root = path instanceof URL ? std.fromFileUrl(path) : path;
  const found: Found = { files: [], skipped: 0 };
  await collectFiles(root, found);
  found.files.sort();

  const texts: string[] = [];
  let bytesLeft = maximumBytes;
  for (const file of found.files) {
    signal?.throwIfAborted();
    const bytes = await readBytes(file, { maximumBytes });
    if (binaryOffset(bytes) !== undefined) {
      found.skipped++;
      continue;
    }
    bytesLeft -= bytes.length + SEPARATOR.length;
    if (bytesLeft < 0) throw tooLarge(`The folder ${displayPath(path)}`, maximumBytes);
    const text = new TextDecoder().decode(bytes).trimEnd();
    if (text !== "") texts.push(text);
  }
  const skipped = describeSkipped(found.skipped);
  if (texts.length === 0) {
    throw new CorpusError(
      `The folder ${displayPath(path)} holds no text${skipped}: put UTF-8 text files into it.`,
    );
  }
  const files = texts.length === 1 ? "1 text file" : `${texts.length} text files`;
  return {
    name: lastPart(path),
    source: `${files} below ${displayPath(path)}${skipped}`,
    text: texts.join(SEPARATOR),
    separator: SEPARATOR,
  };
}

interface Found {
  files: string[];
  skipped: number;
}

async function collectFiles(folder: string, found: Found): Promise<void> {
  try {
    for await (const entry of Deno.readDir(folder)) {
      if (entry.name.startsWith(".") || entry.isSymlink) found.skipped++;
      else if (entry.isDirectory) await collectFiles(std.join(folder, entry.name), found);
      else if (entry.isFile) found.files.push(std.join(folder, entry.name));
    }
  } catch (error) {
    if (error instanceof CorpusError) throw error;
    throw new CorpusError(`The folder ${folder} cannot be read: ${(error as Error).message}.`);
  }
}

function describeSkipped(skipped: number): string {
  return skipped === 0 ? "" : ` (${skipped} hidden, linked or binary skipped)`;
}
