// A message that was recorded and sent again bears a signature that has been seen: message ids make each one
// unique.

import { WireError } from "../protocol/wire.ts";

/** A message that was sent before. */
export class ReplayError extends WireError {
  override name = "ReplayError";
}

/** The latest signatures. */
export class SeenSignatures {
  readonly #limit: number;
  readonly #seen = new Set<string>();

  /** Remembers `limit` signatures. */
  constructor(limit = 65_536) {
    this.#limit = limit;
  }

  /**
   * Remembers a signature.
   *
   * @throws {ReplayError} if it has been seen
   */
  expectNew(signature: string): void {
    if (this.#seen.has(signature)) {
      throw new ReplayError("a message was sent a second time; each is taken once");
    }
    this.#seen.add(signature);
    if (this.#seen.size > this.#limit) this.#seen.delete(this.#seen.values().next().value!);
  }
}
