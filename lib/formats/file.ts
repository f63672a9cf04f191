// Reading and writing whole files: a reader gets one clear sentence when there is nothing to read,
// and a file that is written appears whole or not at all.

import { dirname } from "@std/path";
import { FormatError } from "../errors.ts";

/**
 * The bytes of the file at `path`.
 *
 * @throws {FormatError} if there is no such file, or it may not be read
 */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    throw cannotRead(path, error);
  }
}

/** A file of which any part can be read. */
export interface OpenFile {
  /** In bytes. */
  readonly size: number;
  /** The bytes from `start` up to `end`, both within the size. */
  read(start: number, end: number): Promise<Uint8Array>;
  close(): void;
}

/**
 * Opens the file at `path` to read parts of it.
 *
 * @throws {FormatError} if there is no such file, or it may not be read
 */
export async function openFile(path: string): Promise<OpenFile> {
  let file: Deno.FsFile;
  try {
    file = await Deno.open(path);
  } catch (error) {
    throw cannotRead(path, error);
  }
  const { size, isFile } = await file.stat();
  if (!isFile) {
    file.close();
    throw new FormatError(`${path} is not a file.`);
  }
  return {
    size,
    async read(start, end) {
      const bytes = new Uint8Array(end - start);
      await file.seek(start, Deno.SeekMode.Start);
      for (let filled = 0; filled < bytes.length;) {
        const count = await file.read(bytes.subarray(filled));
        if (count === null) throw new FormatError(`${path} became shorter while it was read.`);
        filled += count;
      }
      return bytes;
    },
    close: () => file.close(),
  };
}

/**
 * Writes bytes beside `path` and renames them into it; folders on the way are made.
 *
 * @param content all bytes, or parts of them that are made as they are written
 * @throws {FormatError} if that cannot be; what was at `path` is still there then
 */
export async function writeWhole(
  path: string,
  content: Uint8Array | Iterable<Uint8Array>,
): Promise<void> {
  const draft = `${path}.${crypto.randomUUID().slice(0, 8)}.part`;
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    await writeToDisk(draft, content instanceof Uint8Array ? [content] : content);
    await Deno.rename(draft, path);
  } catch (error) {
    await Deno.remove(draft).catch(() => {}); // the first error is the one to tell
    throw cannotWrite(path, (error as Error).message);
  }
}

/** Returns when the bytes are on the disk: a name given to them before could outlive them when power is lost. */
async function writeToDisk(path: string, parts: Iterable<Uint8Array>): Promise<void> {
  using file = await Deno.open(path, { write: true, createNew: true });
  for (const part of parts) {
    for (let rest = part; rest.length > 0;) rest = rest.subarray(await file.write(rest));
  }
  await file.syncData();
}

/**
 * Finds out whether a file at `path` can be written later, before hours are spent on what it shall hold.
 *
 * @throws {FormatError} if it cannot
 */
export async function expectWritable(path: string): Promise<void> {
  const probe = `${path}.${crypto.randomUUID().slice(0, 8)}.part`;
  try {
    if (path === "" || (await Deno.stat(path).catch(() => undefined))?.isDirectory) {
      throw new Error("it is no name of a file");
    }
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeFile(probe, new Uint8Array());
    await Deno.remove(probe);
  } catch (error) {
    throw cannotWrite(path, (error as Error).message);
  }
}

function cannotRead(path: string, error: unknown): FormatError {
  if (error instanceof Deno.errors.NotFound) return new FormatError(`There is no file ${path}.`);
  return new FormatError(`${path} cannot be read: ${(error as Error).message}.`);
}

function cannotWrite(path: string, reason: string): FormatError {
  return new FormatError(`"${path}" cannot be written: ${reason}.`);
}
