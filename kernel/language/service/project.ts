// The TypeScript project behind a notebook: the cells so far, the cell being written, and everything that they
// import, as the compiler's language service wants it.

import { dirname, fromFileUrl, join } from "@std/path";
import ts from "typescript";
import type { NotebookConfig } from "../../session/notebook_config.ts";
import { jsxAndDecorators } from "../compiler_options.ts";
import { type CellModule, CellModules } from "./cell_modules.ts";
import { Resolution } from "./resolution.ts";

/** What a project is made from. */
export interface ProjectSettings {
  /** The notebook's folder. */
  folder: string;
  config: NotebookConfig;
  /** Deno's own types, as `deno types` prints them. */
  denoTypes: string;
}

/** Where Deno's own types are shown to the compiler. */
const DENO_TYPES = "/$deno/lib.deno.d.ts";

/** Options of a notebook's deno.json that change what types mean. */
const FROM_CONFIG = ["strict", "strictNullChecks", "noImplicitAny"];

/** A notebook's TypeScript project. */
export class Project {
  /** The notebook's. */
  readonly folder: string;
  readonly cells: CellModules;
  readonly service: ts.LanguageService;
  readonly resolution: Resolution;
  /** The cell being written. */
  #current: CellModule;
  #version = 0;
  readonly #library = dirname(fromFileUrl(import.meta.resolve("typescript")));
  readonly #options: ts.CompilerOptions;
  readonly #denoTypes: string;
  /** Files on disk by path, each read again once it has changed. */
  readonly #files = new Map<string, { version: string; snapshot: ts.IScriptSnapshot }>();
  /** Versions by path: a file is looked at once for each request. */
  #looked = new Map<string, string>();

  constructor({ folder, config, denoTypes }: ProjectSettings) {
    this.folder = folder;
    this.#options = compilerOptions(config.compilerOptions);
    this.#denoTypes = denoTypes;
    this.cells = new CellModules(folder);
    this.#current = this.cells.current("");
    this.resolution = new Resolution(config.importMap, {
      // The compiler itself lies there: registry/typescript/version/lib.
      cacheFolder: join(this.#library, "..", "..", ".."),
      options: this.#options,
    });
    this.service = ts.createLanguageService(this.#host(folder), ts.createDocumentRegistry());
  }

  /** Makes `code` the cell being written. */
  open(code: string): CellModule {
    this.#version++;
    this.#looked = new Map();
    this.resolution.refresh();
    this.#current = this.cells.current(code);
    return this.#current;
  }

  /** Whether a file of the project is a cell. */
  isCell(path: string): boolean {
    return path === this.#current.path || this.cells.get(path) !== undefined;
  }

  /** The text of a file of the project. */
  textOf(path: string): string | undefined {
    return this.service.getProgram()?.getSourceFile(path)?.text;
  }

  #host(folder: string): ts.LanguageServiceHost {
    return {
      getCompilationSettings: () => this.#options,
      getScriptFileNames: () => [DENO_TYPES, this.#current.path],
      getScriptVersion: (path) => this.#versionOf(path),
      getScriptSnapshot: (path) => this.#snapshotOf(path),
      getCurrentDirectory: () => folder,
      getDefaultLibFileName: (options) => join(this.#library, ts.getDefaultLibFileName(options)),
      fileExists: (path) => this.#virtual(path) !== undefined || ts.sys.fileExists(path),
      readFile: (path) => this.#virtual(path) ?? ts.sys.readFile(path),
      readDirectory: ts.sys.readDirectory,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
      resolveModuleNameLiterals: (literals, importer) =>
        literals.map(({ text }) => ({ resolvedModule: this.#resolve(text, importer) })),
    };
  }

  #resolve(specifier: string, importer: string): ts.ResolvedModuleFull | undefined {
    const cell = join(dirname(importer), specifier);
    if (this.cells.get(cell) === undefined) return this.resolution.resolve(specifier, importer);
    const extension = cell.endsWith("x") ? ts.Extension.Tsx : ts.Extension.Ts;
    return { resolvedFileName: cell, extension, isExternalLibraryImport: false };
  }

  /** The text of what is on no disk. */
  #virtual(path: string): string | undefined {
    if (path === DENO_TYPES) return this.#denoTypes;
    if (path === this.#current.path) return this.#current.text;
    return this.cells.get(path)?.text ?? this.resolution.remote.textOf(path);
  }

  #versionOf(path: string): string {
    if (path === this.#current.path) return String(this.#version);
    if (this.#virtual(path) !== undefined) return "1";
    // Packages and the compiler's library stay as they are.
    if (this.#files.has(path) && /[\\/](npm|node_modules|typescript)[\\/]/.test(path)) return "1";
    let version = this.#looked.get(path);
    if (version === undefined) {
      version = String(ts.sys.getModifiedTime?.(path)?.getTime() ?? 0);
      this.#looked.set(path, version);
    }
    return version;
  }

  #snapshotOf(path: string): ts.IScriptSnapshot | undefined {
    const text = this.#virtual(path);
    if (text !== undefined) return ts.ScriptSnapshot.fromString(text);
    const version = this.#versionOf(path);
    const known = this.#files.get(path);
    if (known !== undefined && known.version === version) return known.snapshot;
    const read = ts.sys.readFile(path);
    if (read === undefined) return undefined;
    const snapshot = ts.ScriptSnapshot.fromString(read);
    this.#files.set(path, { version, snapshot });
    return snapshot;
  }
}

function compilerOptions(theirs: Record<string, unknown>): ts.CompilerOptions {
  const chosen = Object.fromEntries(
    FROM_CONFIG.filter((name) => name in theirs).map((name) => [name, theirs[name]]),
  );
  return {
    strict: true,
    // Cells are tried out before they are finished: what has no type yet is no mistake.
    noImplicitAny: false,
    ...chosen,
    ...jsxAndDecorators(theirs),
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    allowImportingTsExtensions: true,
    allowJs: true,
    resolveJsonModule: true,
    esModuleInterop: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
    lib: ["lib.esnext.d.ts"],
  };
}
