// Options as a user gives them: no name that means nothing, and nothing that was left undefined.

import { ConfigError } from "./errors.ts";

/**
 * The options that were given, without those left undefined, so that defaults can stand under them.
 *
 * @param known every name there is
 * @throws {ConfigError} if a name is none of these: a misspelt option would otherwise do nothing
 */
export function givenOptions<Options extends object>(
  options: Options,
  known: readonly string[],
): Options {
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) {
      throw new ConfigError(`There is no option ${name}; there are ${known.join(", ")}.`);
    }
  }
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Options;
}
