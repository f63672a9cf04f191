// The check that every tokenizer makes of an id it is given.

import { ConfigError } from "../errors.ts";

/** @throws {ConfigError} if `id` is not a whole number from 0 to `vocabularySize` − 1 */
export function checkId(id: number, vocabularySize: number): void {
  if (!(Number.isInteger(id) && id >= 0 && id < vocabularySize)) {
    throw new ConfigError(
      `The id ${id} is not in this tokenizer's vocabulary: ids go from 0 to ${vocabularySize - 1}.`,
    );
  }
}
