// Where the types of an imported module are: by the notebook's import map, then on disk, in Deno's npm cache
// (read as if it were a node_modules folder, so that TypeScript's own rules for packages apply), or among the
// types of Node's built-in modules.

import { isBuiltin } from "node:module";
import { fromFileUrl, join, toFileUrl } from "@std/path";
import ts from "typescript";
import type { ImportMap } from "../../session/notebook_config.ts";
import { RemoteCache } from "./remote_cache.ts";
import { NpmCache, type PackageSpecifier, parsePackage } from "./npm_cache.ts";

/** The folder under which a package is shown to TypeScript's resolver. */
const MOUNT = "/$npm/node_modules";

/** Resolves what modules import, for the TypeScript compiler. */
export class Resolution {
  readonly npm: NpmCache;
  readonly remote: RemoteCache;
  readonly importMap: ImportMap;
  readonly #options: ts.CompilerOptions;
  readonly #cache = new Map<string, ts.ResolvedModuleFull | undefined>();
  readonly #registry: string;

  /** @param cacheFolder where Deno keeps the packages of the npm registry */
  constructor(
    importMap: ImportMap,
    { cacheFolder, options }: { cacheFolder: string; options: ts.CompilerOptions },
  ) {
    this.importMap = importMap;
    this.npm = new NpmCache(cacheFolder);
    this.remote = new RemoteCache(join(cacheFolder, "..", "..", "remote"));
    this.#registry = cacheFolder;
    this.#options = options;
  }

  /** Forgets what was not found: it may be there by now. */
  refresh(): void {
    for (const [key, found] of this.#cache) {
      if (found === undefined) this.#cache.delete(key);
    }
  }

  /** The file that declares what `specifier` means in `importer`. */
  resolve(specifier: string, importer: string): ts.ResolvedModuleFull | undefined {
    const key = `${specifier}\n${importer}`;
    if (!this.#cache.has(key)) this.#cache.set(key, this.#resolve(specifier, importer));
    return this.#cache.get(key);
  }

  #resolve(specifier: string, importer: string): ts.ResolvedModuleFull | undefined {
    if (importer.startsWith(this.#registry)) return this.#fromPackage(specifier, importer);
    const mapped = this.map(specifier, importer);
    if (mapped.startsWith("npm:")) {
      const parsed = parsePackage(mapped.slice("npm:".length));
      return parsed && this.#packageTypes(parsed);
    }
    if (mapped.startsWith("file:")) return this.#file(fromFileUrl(mapped));
    if (/^https?:/.test(mapped)) return this.#ofTheWeb(mapped);
    if (isBuiltin(mapped)) return this.#builtin(mapped);
    return this.#byTypeScript(mapped, importer);
  }

  /** What the import map makes of a specifier. */
  map(specifier: string, importer: string): string {
    const { imports, scopes = {} } = this.importMap;
    const url = this.remote.urlOf(importer);
    const base = url === undefined ? toFileUrl(importer) : new URL(url);
    const relative = /^\.{0,2}\//.test(specifier);
    const name = relative ? new URL(specifier, base).href : specifier;
    const fitting = Object.keys(scopes).filter((scope) => base.href.startsWith(scope))
      .sort((a, b) => b.length - a.length).map((scope) => scopes[scope]);
    for (const map of [...fitting, imports]) {
      const found = lookUp(map, name);
      if (found !== undefined) return found;
    }
    return name;
  }

  #file(path: string): ts.ResolvedModuleFull | undefined {
    const extension = extensionOf(path);
    if (!ts.sys.fileExists(path) || extension === undefined) {
      return this.#byTypeScript(path, path);
    }
    return { resolvedFileName: path, extension, isExternalLibraryImport: false };
  }

  #ofTheWeb(url: string): ts.ResolvedModuleFull | undefined {
    const resolvedFileName = this.remote.pathOf(url);
    const extension = resolvedFileName && extensionOf(resolvedFileName);
    if (resolvedFileName === undefined || !extension) return undefined;
    return { resolvedFileName, extension, isExternalLibraryImport: false };
  }

  #byTypeScript(specifier: string, importer: string): ts.ResolvedModuleFull | undefined {
    return ts.resolveModuleName(specifier, importer, this.#options, ts.sys).resolvedModule;
  }

  #builtin(specifier: string): ts.ResolvedModuleFull | undefined {
    const name = specifier.replace(/^node:/, "");
    const folder = this.npm.find("@types/node", "");
    if (folder === undefined) return undefined;
    const path = join(folder, `${name}.d.ts`);
    return ts.sys.fileExists(path) ? declaration(path) : undefined;
  }

  /** What a file of a cached package imports. */
  #fromPackage(specifier: string, importer: string): ts.ResolvedModuleFull | undefined {
    if (/^\.{1,2}(\/|$)/.test(specifier)) {
      const found = this.#byTypeScript(specifier, importer);
      return found && { ...found, isExternalLibraryImport: true };
    }
    if (isBuiltin(specifier)) return this.#builtin(specifier);
    const parsed = parsePackage(specifier);
    if (parsed === undefined) return undefined;
    return this.#packageTypes({ ...parsed, range: this.#dependencyRange(parsed.name, importer) });
  }

  /** The range in which the package that holds `importer` depends on another. */
  #dependencyRange(name: string, importer: string): string {
    const parts = importer.slice(this.#registry.length + 1).split("/");
    const own = parts.slice(0, parts[0].startsWith("@") ? 3 : 2).join("/");
    const text = ts.sys.readFile(join(this.#registry, own, "package.json"));
    const { dependencies = {}, peerDependencies = {} } = JSON.parse(text ?? "{}");
    return dependencies[name] ?? peerDependencies[name] ?? "";
  }

  #packageTypes({ name, range, subpath }: PackageSpecifier): ts.ResolvedModuleFull | undefined {
    const types = `@types/${name.replace(/^@(.*)\//, "$1__")}`;
    const mounts: Record<string, string> = {};
    const folder = this.npm.find(name, range);
    const typesFolder = this.npm.find(types, "");
    if (folder !== undefined) mounts[`${MOUNT}/${name}`] = folder;
    if (typesFolder !== undefined) mounts[`${MOUNT}/${types}`] = typesFolder;
    const found = ts.resolveModuleName(
      `${name}${subpath}`,
      "/$npm/importer.ts",
      this.#options,
      mountedHost(mounts),
    ).resolvedModule;
    if (found === undefined) return undefined;
    const resolvedFileName = unmount(found.resolvedFileName, mounts);
    return { ...found, resolvedFileName, isExternalLibraryImport: true };
  }
}

function lookUp(map: Record<string, string>, name: string): string | undefined {
  if (Object.hasOwn(map, name)) return map[name];
  const prefix = Object.keys(map).filter((key) => key.endsWith("/") && name.startsWith(key))
    .sort((a, b) => b.length - a.length).at(0);
  return prefix === undefined ? undefined : map[prefix] + name.slice(prefix.length);
}

function declaration(resolvedFileName: string): ts.ResolvedModuleFull {
  return { resolvedFileName, extension: ts.Extension.Dts, isExternalLibraryImport: true };
}

function extensionOf(path: string): ts.Extension | undefined {
  const known = [
    ts.Extension.Dts,
    ts.Extension.Ts,
    ts.Extension.Tsx,
    ts.Extension.Js,
    ts.Extension.Jsx,
  ];
  return [...known, ts.Extension.Mts, ts.Extension.Mjs, ts.Extension.Json]
    .find((extension) => path.endsWith(extension));
}

/** The disk with folders of the npm cache shown elsewhere. */
function mountedHost(mounts: Record<string, string>): ts.ModuleResolutionHost {
  const at = (path: string) => unmount(path, mounts);
  return {
    fileExists: (path) => ts.sys.fileExists(at(path)),
    readFile: (path) => ts.sys.readFile(at(path)),
    directoryExists: (path) => {
      const isAbove = Object.keys(mounts).some((mount) => mount.startsWith(`${path}/`));
      return isAbove || ts.sys.directoryExists(at(path));
    },
  };
}

function unmount(path: string, mounts: Record<string, string>): string {
  for (const [mount, folder] of Object.entries(mounts)) {
    if (path === mount || path.startsWith(`${mount}/`)) return folder + path.slice(mount.length);
  }
  return path;
}
