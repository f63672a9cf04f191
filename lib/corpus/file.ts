// A corpus from one text file.

import { CorpusError } from "../errors.ts";
import type { Corpus } from "./corpus.ts";
import { textFromBytes } from "./text_bytes.ts";

/**
 * The text of a file.
 *
 * @throws {CorpusError} if it cannot be read, is larger than `maximumBytes`, empty or not UTF-8 text
 */
export async function loadFile(
  path: string | URL,
  { maximumBytes }: { maximumBytes: number },
): Promise<Corpus> {
  const bytes = await readBytes(path, { maximumBytes });
  return {
    name: lastPart(path),
    source: `the file ${displayPath(path)}`,
    text: textFromBytes(bytes, `The file ${displayPath(path)}`),
  };
}

/**
 * The bytes of a file.
 *
 * @throws {CorpusError} if it cannot be read or is larger than `maximumBytes`
 */
export async function readBytes(
  path: string | URL,
  { maximumBytes }: { maximumBytes: number },
): Promise<Uint8Array> {
  try {
    const { size } = await Deno.stat(path);
    if (size > maximumBytes) throw tooLarge(`The file ${displayPath(path)}`, maximumBytes);
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof CorpusError) throw error;
    throw new CorpusError(
      `The file ${displayPath(path)} cannot be read: ${(error as Error).message}.`,
    );
  }
}

/** The refusal of a source that holds more than is allowed. */
export function tooLarge(name: string, maximumBytes: number): CorpusError {
  return new CorpusError(
    `${name} holds more than ${maximumBytes.toLocaleString("en")} bytes: give a smaller one, ` +
      "or raise maximumBytes (to 500,000,000 at most).",
  );
}

/** The last part of a path, without slashes at its end. */
export function lastPart(path: string | URL): string {
  const parts = displayPath(path).split(/[\\/]/).filter((part) => part !== "");
  return parts.at(-1) ?? displayPath(path);
}

/** A path as a reader would write it. */
export function displayPath(path: string | URL): string {
  return path instanceof URL ? decodeURIComponent(path.pathname) : path;
}
