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
    if (error instanceof Deno.errors.NotFound) throw new FormatError(`There is no file ${path}.`);
    throw new FormatError(`${path} cannot be read: ${(error as Error).message}.`);
  }
}

/**
 * Writes `bytes` beside `path` and renames them into it; folders on the way are made.
 *
 * @throws {FormatError} if that cannot be; what was at `path` is still there then
 */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.${crypto.randomUUID().slice(0, 8)}.part`;
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeFile(draft, bytes);
    await Deno.rename(draft, path);
  } catch (error) {
    await Deno.remove(draft).catch(() => {}); // the first error is the one to tell
    throw cannotWrite(path, (error as Error).message);
  }
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

function cannotWrite(path: string, reason: string): FormatError {
  return new FormatError(`"${path}" cannot be written: ${reason}.`);
}
