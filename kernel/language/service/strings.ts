// Completion inside strings: module names where a string names a module, otherwise what the type of the place
// allows, and files.

import { builtinModules } from "node:module";
import { join } from "@std/path";
import ts from "typescript";
import type { CellModule } from "./cell_modules.ts";
import { compareNames, startsLike } from "./completions.ts";
import type { Project } from "./project.ts";
import type { Completion, Completions } from "./requests.ts";

/** Entries of a folder that are offered at most. */
const MOST_FILES = 1_000;

/** What may stand in the string around the cursor; undefined outside strings. */
export function completeString(
  project: Project,
  { cell, position }: { cell: CellModule; position: number },
): Completions | undefined {
  const file = project.service.getProgram()?.getSourceFile(cell.path);
  const literal = file && stringAt(file, cell.offset + position);
  if (literal === undefined) return undefined;
  const start = literal.getStart(file) - cell.offset + 1;
  const typed = cell.source.slice(start, position);
  const folder = project.folder;
  if (namesModule(literal)) {
    if (/^\.{0,2}\//.test(typed)) {
      return filesBelow(folder, { typed, position, accept: isModule });
    }
    return { start, end: position, items: moduleNames(project, typed) };
  }
  const found = project.service.getCompletionsAtPosition(cell.path, cell.offset + position, {});
  const allowed = (found?.entries ?? []).filter(({ kind, name }) =>
    kind !== ts.ScriptElementKind.warning && startsLike(name, typed)
  );
  if (allowed.length > 0) {
    const items = allowed.map(({ name }) => item(name, "instance")).sort(byText);
    return { start, end: position, items };
  }
  return filesBelow(folder, { typed, position, accept: () => true });
}

function stringAt(file: ts.SourceFile, at: number): ts.StringLiteralLike | undefined {
  const find = (node: ts.Node): ts.StringLiteralLike | undefined => {
    if (at <= node.getStart(file) || at > node.end) return undefined;
    if (ts.isStringLiteralLike(node)) {
      // Behind the closing quote is outside.
      return at < node.end || isOpen(node, file) ? node : undefined;
    }
    return ts.forEachChild(node, find);
  };
  return ts.forEachChild(file, find);
}

/** Whether a string lacks its closing quote. */
function isOpen(node: ts.StringLiteralLike, file: ts.SourceFile): boolean {
  const text = node.getText(file);
  return text.length === 1 || text.at(-1) !== text[0];
}

/** Whether a string says which module is meant. */
function namesModule(literal: ts.StringLiteralLike): boolean {
  const { parent } = literal;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return true;
  if (ts.isCallExpression(parent)) {
    return parent.expression.kind === ts.SyntaxKind.ImportKeyword &&
      parent.arguments[0] === literal;
  }
  return ts.isLiteralTypeNode(parent) && ts.isImportTypeNode(parent.parent);
}

function isModule(name: string): boolean {
  return /\.(?:[cm]?[jt]s|[jt]sx|json|wasm)$/.test(name);
}

/** Modules that need no path: those of the import map, Node's own, and packages that Deno has cached. */
function moduleNames({ resolution }: Project, typed: string): Completion[] {
  const mapped = Object.keys(resolution.importMap.imports).filter((name) => !name.endsWith("/"));
  const nodes = builtinModules.filter((name) => !name.startsWith("_"))
    .map((name) => name.startsWith("node:") ? name : `node:${name}`);
  const packages = typed.startsWith("npm:")
    ? resolution.npm.list().map((name) => `npm:${name}`)
    : [];
  const names = (all: string[], rank: number) =>
    [...new Set(all)].filter((name) => startsLike(name, typed)).sort(compareNames)
      .map((name) => item(name, "module", rank));
  return [...names(mapped, 0), ...names(packages, 1), ...names(nodes, 2)];
}

/** The files and folders that what was typed may go on to, below the notebook's folder. */
function filesBelow(
  folder: string,
  { typed, position, accept }: {
    typed: string;
    position: number;
    accept: (name: string) => boolean;
  },
): Completions {
  const cut = typed.lastIndexOf("/") + 1;
  const prefix = typed.slice(cut);
  const start = position - prefix.length;
  const above = typed.slice(0, cut);
  const home = above.startsWith("~/") ? Deno.env.get("HOME") ?? "~" : undefined;
  const at = home !== undefined
    ? join(home, above.slice(2))
    : above.startsWith("/")
    ? above
    : join(folder, above);
  const items = entriesOf(at).flatMap(({ name, isDirectory }) => {
    const hidden = name.startsWith(".") && !prefix.startsWith(".");
    if (hidden || !startsLike(name, prefix) || !(isDirectory || accept(name))) return [];
    return item(isDirectory ? `${name}/` : name, "path");
  });
  return { start, end: position, items: items.slice(0, MOST_FILES).sort(byText) };
}

function entriesOf(folder: string): { name: string; isDirectory: boolean }[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name, isDirectory, isSymlink }) => ({
      name,
      isDirectory: isDirectory || (isSymlink && ts.sys.directoryExists(join(folder, name))),
    }));
  } catch {
    // There is no such folder, or it cannot be read: nothing to offer.
    return [];
  }
}

function item(text: string, type: string, rank = 0): Completion {
  return { text, type, signature: "", rank };
}

function byText(a: Completion, b: Completion): number {
  return compareNames(a.text, b.text);
}
