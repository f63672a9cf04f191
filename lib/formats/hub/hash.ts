// Whether a file is what the Hub has: large files have a SHA-256, small ones the hash that git gives them.

import { createHash } from "node:crypto";
import { basename } from "@std/path";
import { HubError } from "../../errors.ts";

/** The hashes of a file. */
export interface FileHashes {
  /** Git's: SHA-1 over "blob", the size and the content. */
  readonly oid?: string;
  readonly lfs?: { readonly oid: string };
}

/**
 * Reads the file `path` and compares its hash.
 *
 * @throws {HubError} if it is another, or the Hub has none
 */
export async function expectHash(path: string, { oid, lfs }: FileHashes): Promise<void> {
  const expected = lfs?.oid ?? oid;
  const hash = createHash(lfs ? "sha256" : "sha1");
  using file = await Deno.open(path);
  if (!lfs) hash.update(`blob ${(await file.stat()).size}\0`);
  for await (const chunk of file.readable) hash.update(chunk);
  const found = hash.digest("hex");
  if (found === expected) return;
  throw new HubError(
    `${basename(path, ".part")} arrived damaged, and was thrown away: its ${
      lfs ? "SHA-256" : "git hash"
    } is ${found}, not ${expected}. Try again.`,
  );
}
