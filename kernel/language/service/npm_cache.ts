// Packages as Deno's npm cache holds them: found by name and version range, without asking the registry.

import { join } from "@std/path";
import { compare, format, parse, parseRange, satisfies } from "@std/semver";

/** A name with what may follow it in `npm:name@range/subpath`. */
export interface PackageSpecifier {
  name: string;
  /** A version, a range or a tag; empty for any. */
  range: string;
  /** With its slash, or empty. */
  subpath: string;
}

/** Reads `name@range/subpath`, as it stands after `npm:`; undefined if it is none. */
export function parsePackage(text: string): PackageSpecifier | undefined {
  const match = /^\/?((?:@[^/@]+\/)?[^/@]+)(?:@([^/]+))?(\/.*)?$/.exec(text);
  if (match === null) return undefined;
  return { name: match[1], range: match[2] ?? "", subpath: match[3] ?? "" };
}

/** The packages in a folder of Deno's npm cache. */
export class NpmCache {
  readonly #folder: string;
  readonly #versions = new Map<string, string[]>();

  /** @param folder the part of the cache that belongs to one registry */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The folder of the newest cached version in a range; undefined if there is none. */
  find(name: string, range: string): string | undefined {
    const versions = this.#versionsOf(name);
    const version = versions.includes(range) ? range : newest(versions, range);
    return version && join(this.#folder, name, version);
  }

  /** `name@version` of all that is cached, without the types that belong to other packages. */
  list(): string[] {
    return foldersIn(this.#folder).flatMap((name) =>
      name.startsWith("@")
        ? foldersIn(join(this.#folder, name)).map((part) => `${name}/${part}`)
        : name
    ).filter((name) => !name.startsWith("@types/"))
      .flatMap((name) => {
        const version = newest(this.#versionsOf(name), "");
        return version === undefined ? [] : `${name}@${version}`;
      });
  }

  #versionsOf(name: string): string[] {
    const known = this.#versions.get(name);
    if (known !== undefined && known.length > 0) return known;
    const versions = foldersIn(join(this.#folder, name));
    this.#versions.set(name, versions);
    return versions;
  }
}

function newest(versions: string[], range: string): string | undefined {
  const fits = rangeTest(range);
  const fitting = versions.flatMap((version) => {
    try {
      const parsed = parse(version);
      return fits(parsed) ? parsed : [];
    } catch {
      // A folder of another name, such as a version being unpacked.
      return [];
    }
  });
  const best = fitting.sort(compare).at(-1);
  return best && format(best);
}

/** A test for a range; a tag such as `latest` takes every version. */
function rangeTest(range: string): (version: ReturnType<typeof parse>) => boolean {
  try {
    const parsed = parseRange(range === "" ? "*" : range);
    return (version) => satisfies(version, parsed);
  } catch {
    return () => true;
  }
}

function foldersIn(path: string): string[] {
  try {
    return [...Deno.readDirSync(path)].filter((entry) => entry.isDirectory).map(({ name }) => name);
  } catch {
    // Nothing of that name is cached.
    return [];
  }
}
