// Files that come in pieces. The pieces are put together beside the file, which is replaced when the last one has
// come: an upload that breaks off changes nothing.

import { dirname, join } from "@std/path";
import { RequestError } from "../errors.ts";

/** The uploads under way, by the file they will be. */
export class Uploads {
  readonly #parts = new Map<string, { part: string; next: number }>();

  /**
   * Adds a piece to the file that is to be at `target`: they are numbered from 1, the last one is -1.
   *
   * @returns where what has come so far is
   * @throws {RequestError} 400 if a piece before it is missing
   */
  async add(
    target: string,
    { chunk, bytes }: { chunk: number; bytes: Uint8Array },
  ): Promise<string> {
    if (chunk === 1) {
      await this.#drop(target);
      const part = join(dirname(target), `.${crypto.randomUUID()}.upload`);
      this.#parts.set(target, { part, next: 1 });
    }
    const upload = this.#parts.get(target);
    if (upload === undefined || chunk !== -1 && chunk !== upload.next) {
      throw new RequestError(400, `Piece ${chunk} has come out of turn; begin the upload again.`);
    }
    upload.next++;
    try {
      await Deno.writeFile(upload.part, bytes, { append: true, create: true });
      if (chunk !== -1) return upload.part;
      await Deno.rename(upload.part, target);
      this.#parts.delete(target);
      return target;
    } catch (error) {
      await this.#drop(target);
      throw error;
    }
  }

  /** Removes what has not been finished. */
  async close(): Promise<void> {
    await Promise.all([...this.#parts.keys()].map((target) => this.#drop(target)));
  }

  async #drop(target: string): Promise<void> {
    const upload = this.#parts.get(target);
    this.#parts.delete(target);
    if (upload !== undefined) await Deno.remove(upload.part).catch(() => {}); // nothing may have come yet
  }
}
