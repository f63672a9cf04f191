// Modules on disk that a user edits while the notebook runs. A module that has changed, and every loaded module
// that imports it, gets a new address when its import is run again, and is therefore loaded afresh:
//   file:///boats/fleet.ts, then file:///boats/fleet.ts?version=1
// What imports what is noted as modules are resolved; a change is seen by time and size.

import { registerHooks } from "node:module";
import { fromFileUrl } from "@std/path";
import { resolveModule } from "./import.ts";

/** A local module that was loaded. */
interface Loaded {
  /** Time and size of the file when it was last looked at. */
  stamp: string;
  /** How often it, or something that it imports, has changed. */
  version: number;
  imports: Set<string>;
  importers: Set<string>;
}

/** The folders of this project whose modules are no user's. */
const OWN = ["../../lib/", "../../kernel/", "../../data/"]
  .map((folder) => new URL(folder, import.meta.url).href);

/** The stamp of a file that must be loaded again, whatever it holds. */
const STALE = "stale";

/** Whether a module is a file that a user may edit. */
export function isLocal(url: string): boolean {
  return url.startsWith("file:") && !OWN.some((folder) => url.startsWith(folder)) &&
    !/\/node_modules\/|\/npm\/[^/]+\/.*\/\d+\.\d+\.\d+/.test(url);
}

/** A module's address without the version. */
export function withoutVersion(url: string): string {
  return url.replace(/[?&]version=\d+$/, "");
}

/** The local modules of one notebook. */
export class LocalModules {
  readonly #modules = new Map<string, Loaded>();
  #watching = false;

  /** Loads a local module: afresh, if it or something behind it has changed. */
  async load(url: string, load: (url: string) => Promise<object>): Promise<object> {
    this.#watch();
    const reachable = this.#reachable(withoutVersion(url));
    const changed = reachable.filter((module) => this.#hasChanged(module));
    for (const module of this.#importersOf(changed)) this.#modules.get(module)!.version++;
    try {
      return await load(url);
    } catch (error) {
      // A module that failed is kept as failed: the next import should try again.
      for (const module of this.#reachable(withoutVersion(url))) {
        const loaded = this.#modules.get(module);
        if (loaded !== undefined) loaded.stamp = STALE;
      }
      throw error;
    }
  }

  /** From the first local module on, every module is resolved through here. */
  #watch(): void {
    if (this.#watching) return;
    this.#watching = true;
    registerHooks({
      resolve: (specifier, context, next) => {
        const resolved = next(packageOf(specifier) ?? specifier, context);
        if (!isLocal(resolved.url)) return resolved;
        const url = withoutVersion(resolved.url);
        this.#note(url, context.parentURL);
        return { ...resolved, url: this.#address(url) };
      },
    });
  }

  #note(url: string, parent: string | undefined): void {
    const module = this.#modules.get(url) ??
      { stamp: stampOf(url), version: 0, imports: new Set(), importers: new Set() };
    this.#modules.set(url, module);
    if (parent === undefined || !isLocal(parent)) return;
    const importer = withoutVersion(parent);
    module.importers.add(importer);
    this.#modules.get(importer)?.imports.add(url);
  }

  #address(url: string): string {
    const { version } = this.#modules.get(url)!;
    if (version === 0) return url;
    return `${url}${url.includes("?") ? "&" : "?"}version=${version}`;
  }

  /** Whether the file is another than when it was last looked at. */
  #hasChanged(url: string): boolean {
    const module = this.#modules.get(url)!;
    const stamp = stampOf(url);
    if (module.stamp === stamp) return false;
    module.stamp = stamp;
    return true;
  }

  #reachable(url: string): string[] {
    return this.#closure([url], ({ imports }) => imports);
  }

  #importersOf(urls: string[]): string[] {
    return this.#closure(urls, ({ importers }) => importers);
  }

  /** The loaded modules among `urls` and those that `next` leads to from there. */
  #closure(urls: string[], next: (module: Loaded) => Iterable<string>): string[] {
    const found = new Set<string>();
    const waiting = [...urls];
    for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
      const module = this.#modules.get(url);
      if (module === undefined || found.has(url)) continue;
      found.add(url);
      waiting.push(...next(module));
    }
    return [...found];
  }
}

/**
 * What the import map makes of a name, where that is a package: under hooks, Deno itself takes such a name for a
 * file's as long as the package is not loaded.
 */
function packageOf(specifier: string): string | undefined {
  if (/^(\.{0,2}\/|[a-z]+:)/.test(specifier)) return undefined;
  try {
    const mapped = resolveModule(specifier);
    return /^(npm|jsr):/.test(mapped) ? mapped : undefined;
  } catch {
    // Not in the import map: a package's own name for a dependency, or an error that is told elsewhere.
    return undefined;
  }
}

function stampOf(url: string): string {
  try {
    const { mtime, size } = Deno.statSync(fromFileUrl(url.replace(/[?#].*$/, "")));
    return `${mtime?.getTime()} ${size}`;
  } catch {
    // Gone, or not to be read: importing it says so.
    return STALE;
  }
}
