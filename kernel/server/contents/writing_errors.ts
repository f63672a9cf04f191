// What can go wrong when a file is written, in a sentence for the user.

import { RequestError } from "../errors.ts";

/**
 * Writes, and explains why that was not possible. The file that was there is as it was.
 *
 * @throws {RequestError} 403 where it is not allowed, 507 where there is no room, 500 otherwise
 */
export async function explainWriting<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof RequestError) throw error;
    if (error instanceof Deno.errors.PermissionDenied) {
      throw new RequestError(403, `Permission denied: ${path}`);
    }
    const reason = error instanceof Error ? error.message : String(error);
    if (/os error (28|112|122)\b/.test(reason)) { // ENOSPC; the disk is full on Windows; EDQUOT
      throw new RequestError(
        507,
        `There is no room left on the disk for ${path}; what was there is unchanged.`,
      );
    }
    throw new RequestError(500, `${path} cannot be written: ${reason}`);
  }
}
