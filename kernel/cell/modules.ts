// Modules as a notebook sees them: relative names start at its folder, local files are loaded afresh once they
// have changed, and a name that a module does not export is told by name, with the nearest that it does.

import { toFileUrl } from "@std/path";
import { importModule, resolveModule } from "./import.ts";
import { isLocal, LocalModules } from "./local_modules.ts";

/** `import.meta` of a notebook. */
export interface NotebookMeta {
  /** The notebook's own URL, or its folder's where the front end did not tell which notebook it is. */
  url: string;
  filename: string;
  dirname: string;
  main: true;
  resolve(specifier: string): string;
}

/** Imports for one notebook. */
export class Modules {
  readonly meta: NotebookMeta;
  readonly #local = new LocalModules();

  constructor({ folder, notebook }: { folder: string; notebook?: string }) {
    const url = notebook === undefined ? `${toFileUrl(folder)}/` : toFileUrl(notebook).href;
    this.meta = {
      url,
      filename: notebook ?? folder,
      dirname: folder,
      main: true,
      resolve: (specifier) =>
        isRelative(specifier) ? new URL(specifier, url).href : resolveModule(specifier),
    };
  }

  /** `import()`. */
  import = (specifier: unknown, options?: ImportCallOptions): Promise<object> => {
    const name = String(specifier);
    const url = resolved(name, this.meta) ?? name;
    if (!isLocal(url)) return importModule(url, options);
    return this.#local.load(url, (address) => importModule(address, options));
  };

  /**
   * The values of an import declaration, in its order.
   *
   * @param exports each exported name (`*` for all), and whether the cell uses it as a value
   * @throws {SyntaxError} if the module lacks a name that is used
   */
  names = (module: object, specifier: string, exports: [string, boolean][]): unknown[] => {
    return exports.map(([name, used]) => {
      if (name === "*") return module;
      if (name in module) return Reflect.get(module, name);
      const message = missingExport(name, { specifier, exported: Object.keys(module) });
      if (used) throw new SyntaxError(message);
      return placeholder(message);
    });
  };
}

/** The address of a module; undefined if it has none, which importing it will explain. */
function resolved(name: string, meta: NotebookMeta): string | undefined {
  try {
    return meta.resolve(name);
  } catch {
    return undefined;
  }
}

function isRelative(specifier: string): boolean {
  return /^\.{0,2}\//.test(specifier);
}

function missingExport(
  name: string,
  { specifier, exported }: { specifier: string; exported: string[] },
): string {
  const known = exported.filter((other) => other !== "default" && other !== "module.exports");
  const near = known.find((other) => distance(name, other) <= Math.max(1, name.length / 4));
  const listed = known.slice(0, 20).join(", ") + (known.length > 20 ? ", …" : "");
  const hint = near !== undefined
    ? `did you mean "${near}"?`
    : known.length === 0
    ? "it exports no names"
    : `it exports ${listed}`;
  return `the module "${specifier}" has no export named "${name}"; ${hint}`;
}

/** How many letters must be put in, taken out or changed to make `a` of `b`, whatever their case (Levenshtein). */
function distance(a: string, b: string): number {
  const [from, to] = [a.toLowerCase(), b.toLowerCase()];
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const changed = row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(changed, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[to.length];
}

/** Stands for a name that may be a type: any use of it as a value throws. */
function placeholder(message: string): unknown {
  const refuse = () => {
    throw new SyntaxError(message);
  };
  const inert = function () {};
  return new Proxy(inert, {
    apply: refuse,
    construct: refuse,
    get: refuse,
    set: refuse,
    has: refuse,
    getPrototypeOf: refuse,
    ownKeys: refuse,
  });
}
