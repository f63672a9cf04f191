// Modules of the web as Deno's cache holds them, shown to TypeScript under paths of their own. What a cell has
// imported once is there; nothing is fetched.

import { createHash } from "node:crypto";
import { join } from "@std/path";

/** The folder under which they are shown. */
const MOUNT = "/$remote";

/** Redirections and hints to types that are followed. */
const MOST_STEPS = 5;

/** A cached module. */
interface Cached {
  url: string;
  text: string;
  headers: Record<string, string>;
}

/** The remote part of Deno's cache. */
export class RemoteCache {
  readonly #folder: string;
  readonly #shown = new Map<string, Cached>();

  /** @param folder the part of DENO_DIR that holds what came over the network */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The path of the module at `url`, or of the types that its server names; undefined if it is not cached. */
  pathOf(url: string): string | undefined {
    let at = url;
    for (let step = 0; step < MOST_STEPS; step++) {
      const cached = this.#read(at);
      if (cached === undefined) return undefined;
      const next = cached.headers.location ?? cached.headers["x-typescript-types"];
      const elsewhere = next === undefined ? undefined : new URL(next, at).href;
      if (elsewhere === undefined || this.#read(elsewhere) === undefined) return this.#show(cached);
      at = elsewhere;
    }
    return undefined;
  }

  /** The address of what is shown at a path. */
  urlOf(path: string): string | undefined {
    return this.#shown.get(path)?.url;
  }

  /** The text of what is shown at a path. */
  textOf(path: string): string | undefined {
    return this.#shown.get(path)?.text;
  }

  #show(cached: Cached): string {
    const { pathname } = new URL(cached.url);
    const isScript = /\.([cm]?[jt]s|[jt]sx|json)$/.test(pathname);
    const named = cached.headers["content-type"]?.includes("typescript") ? ".ts" : ".js";
    const path = `${MOUNT}/${encodeURIComponent(cached.url)}${pathname}${isScript ? "" : named}`;
    this.#shown.set(path, cached);
    return path;
  }

  #read(url: string): Cached | undefined {
    const { protocol, hostname, port, pathname, search } = new URL(url);
    const host = port === "" ? hostname : `${hostname}_PORT${port}`;
    const hash = createHash("sha256").update(pathname + search).digest("hex");
    try {
      const all = Deno.readTextFileSync(join(this.#folder, protocol.slice(0, -1), host, hash));
      const [text, metadata] = all.split("\n// denoCacheMetadata=");
      return { url, text, headers: metadata === undefined ? {} : JSON.parse(metadata).headers };
    } catch {
      // Not cached, or cached by a Deno that does so in another way.
      return undefined;
    }
  }
}
