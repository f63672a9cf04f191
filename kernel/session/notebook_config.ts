// The nearest deno.json of a notebook: what its import map adds to ours, and how its JSX and decorators are
// compiled. Names that it does not map keep resolving as in every other notebook, `dials` among them.

import { dirname, fromFileUrl, join, toFileUrl } from "@std/path";
import { parse } from "@std/jsonc";

/** An import map with absolute addresses. */
export interface ImportMap {
  imports: Record<string, string>;
  scopes?: Record<string, Record<string, string>>;
}

/** What a notebook's folder says about its modules. */
export interface NotebookConfig {
  /** The nearest deno.json or deno.jsonc above the notebook that is not our own. */
  path?: string;
  importMap: ImportMap;
  /** Those of the file, as they stand there. */
  compilerOptions: Record<string, unknown>;
  /** Why a file that is there was not used, for the user to read. */
  problem?: string;
}

/** The part of a deno.json that matters to notebooks. */
interface DenoJson {
  imports?: Record<string, string>;
  scopes?: Record<string, Record<string, string>>;
  importMap?: string;
  compilerOptions?: Record<string, unknown>;
}

const OWN_FOLDERS = ["lib/", "kernel/", "data/"];

/** The file that imports on behalf of cells. */
const CELL_IMPORTS = "kernel/cell/import.ts";

const NAMES = ["deno.json", "deno.jsonc"];

/** The configuration that this kernel itself runs by. */
export const OWN_CONFIG = fromFileUrl(new URL("../../deno.json", import.meta.url));

/** The configuration for notebooks in `folder`. */
export function readNotebookConfig(folder: string): NotebookConfig {
  const own = ownImportMap();
  const path = nearestConfig(folder);
  if (path === undefined || path === OWN_CONFIG) return { importMap: own, compilerOptions: {} };
  try {
    const json = readJson<DenoJson>(path);
    const theirs = mapOf(json, path);
    const imports = { ...own.imports, ...theirs.imports };
    const scopes = { ...theirs.scopes, ...ownScopes({ own: own.imports, cells: imports }) };
    return { path, compilerOptions: json.compilerOptions ?? {}, importMap: { imports, scopes } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      importMap: own,
      compilerOptions: {},
      problem: `${path} is not used, because it cannot be read as a configuration: ${reason}`,
    };
  }
}

/** Our own modules keep what they were written for, whatever the notebook maps. */
function ownScopes(
  { own, cells }: Record<"own" | "cells", Record<string, string>>,
): Record<string, Record<string, string>> {
  const base = toFileUrl(OWN_CONFIG);
  const scopes = OWN_FOLDERS.map((folder) => [new URL(folder, base).href, own] as const);
  return { ...Object.fromEntries(scopes), [new URL(CELL_IMPORTS, base).href]: cells };
}

function nearestConfig(folder: string): string | undefined {
  for (let at = folder;; at = dirname(at)) {
    for (const name of NAMES) {
      if (isFile(join(at, name))) return join(at, name);
    }
    if (dirname(at) === at) return undefined;
  }
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    // Absent or out of reach: there is none for us.
    return false;
  }
}

function ownImportMap(): ImportMap {
  return mapOf(readJson<DenoJson>(OWN_CONFIG), OWN_CONFIG);
}

function readJson<T extends object>(path: string): T {
  const json: unknown = parse(Deno.readTextFileSync(path));
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new TypeError("it holds no object");
  }
  return json as T;
}

/** The import map of a configuration, which may stand in a file of its own. */
function mapOf(json: DenoJson, path: string): ImportMap {
  if (json.importMap !== undefined && json.imports === undefined) {
    const elsewhere = join(dirname(path), json.importMap);
    return mapOf({ ...readJson<DenoJson>(elsewhere), importMap: undefined }, elsewhere);
  }
  const base = toFileUrl(path);
  const scopes = Object.entries(json.scopes ?? {}).map(([scope, imports]) =>
    [new URL(scope, base).href, absolute(imports, base)] as const
  );
  return {
    imports: absolute(withSubpaths(json.imports ?? {}), base),
    ...(scopes.length > 0 ? { scopes: Object.fromEntries(scopes) } : {}),
  };
}

/** Deno's addition to import maps: what maps to a package maps the package's subpaths too. */
function withSubpaths(imports: Record<string, string>): Record<string, string> {
  const all = { ...imports };
  for (const [name, address] of Object.entries(imports)) {
    const scheme = /^(npm|jsr):\/?/.exec(address);
    if (scheme === null || name.endsWith("/") || `${name}/` in imports) continue;
    all[`${name}/`] = `${scheme[1]}:/${address.slice(scheme[0].length)}/`;
  }
  return all;
}

function absolute(imports: Record<string, string>, base: URL): Record<string, string> {
  return Object.fromEntries(
    Object.entries(imports).map(([name, address]) => [
      /^\.{0,2}\//.test(name) ? new URL(name, base).href : name,
      /^\.{0,2}\//.test(address) ? new URL(address, base).href : address,
    ]),
  );
}
