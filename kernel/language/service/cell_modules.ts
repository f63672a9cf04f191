// The cells that were run as modules that TypeScript can follow: each exports what it declares and imports
// what it mentions of the cells before it, so that a name means what the latest cell made of it.
//   In[1]  let a = 1; let b = 2         let a = 1; let b = 2;export{a,b};
//   In[2]  let a = "text"               let a = "text";export{a};
//   In[3]  a + b                        import{a}from"./$cell_2.ts";import{b}from"./$cell_1.ts";a + b;export{};
// What is put in front stays on the first line: lines are the user's own.

import { basename, join } from "@std/path";
import ts from "typescript";

/** A cell as TypeScript sees it. */
export interface CellModule {
  path: string;
  text: string;
  /** Characters in front of the user's first. */
  offset: number;
  /** The user's code. */
  source: string;
  /** The modules that it imports names from. */
  needs: ReadonlySet<string>;
}

/** Cells that are kept at most; names that only older ones declare have no types. */
const KEPT = 1_000;

/** How many cells a visible name may lead back through: cells run in turns lead back for ever. */
const DEPTH = 16;

/** Cells after which those that nothing needs any more are looked for. */
const SWEEP = 50;

/** The cells run so far. */
export class CellModules {
  readonly #folder: string;
  /** By path, in the order in which they were run. */
  readonly #modules = new Map<string, CellModule>();
  /** The path of the cell that declared a name last. */
  readonly #visible = new Map<string, string>();
  #count = 0;

  /** @param folder the notebook's, where relative imports start */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The names that cells have declared. */
  get names(): ReadonlySet<string> {
    return new Set(this.#visible.keys());
  }

  /** The module at a path, if it is a cell's. */
  get(path: string): CellModule | undefined {
    return this.#modules.get(path);
  }

  /** Adds a cell that is run. */
  add(source: string): void {
    const number = ++this.#count;
    const file = parseCell(source);
    const names = declaredNames(file);
    const mentioned = new Set(source.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
    const module = this.#create(source, { stem: `$cell_${number}`, file, uses: mentioned });
    this.#modules.set(module.path, module);
    for (const name of names.keys()) this.#visible.set(name, module.path);
    if (number % SWEEP === 0) this.#sweep();
  }

  /** The cell being written, which sees every name; it belongs to no order yet. */
  current(source: string): CellModule {
    return this.#create(source, { stem: "$current", file: parseCell(source), uses: this.names });
  }

  /** Forgets every cell: their variables are gone. */
  clear(): void {
    this.#modules.clear();
    this.#visible.clear();
  }

  #create(
    source: string,
    { stem, file, uses }: { stem: string; file: ts.SourceFile; uses: ReadonlySet<string> },
  ): CellModule {
    const declared = declaredNames(file);
    const imports = new Map<string, string[]>();
    for (const name of uses) {
      const from = this.#visible.get(name);
      if (from === undefined || declared.has(name)) continue;
      const names = imports.get(from);
      if (names === undefined) imports.set(from, [name]);
      else names.push(name);
    }
    const head = [...imports].map(([from, names]) =>
      `import{${names.join(",")}}from${JSON.stringify(`./${basename(from)}`)};`
    ).join("");
    const exported = [...declared].filter(([, alreadyExported]) => !alreadyExported);
    const tail = `\n;export{${exported.map(([name]) => name).join(",")}};`;
    const extension = file.languageVariant === ts.LanguageVariant.JSX ? "tsx" : "ts";
    return {
      path: join(this.#folder, `${stem}.${extension}`),
      text: head + source + tail,
      offset: head.length,
      source,
      needs: new Set(imports.keys()),
    };
  }

  /** Drops cells that declare nothing that is still visible, or is soon behind what is. */
  #sweep(): void {
    let layer = new Set(this.#visible.values());
    const needed = new Set(layer);
    for (let depth = 0; depth < DEPTH; depth++) {
      layer = new Set([...layer].flatMap((path) => [...this.#modules.get(path)?.needs ?? []]));
      layer.forEach((path) => needed.add(path));
    }
    const old = new Set([...this.#modules.keys()].slice(0, -KEPT));
    for (const path of this.#modules.keys()) {
      if (!needed.has(path) || old.has(path)) this.#modules.delete(path);
    }
    for (const [name, path] of this.#visible) {
      if (!this.#modules.has(path)) this.#visible.delete(name);
    }
  }
}

/** Parses a cell: as TypeScript with JSX if only that makes sense of it. */
function parseCell(source: string): ts.SourceFile {
  const plain = parse(source, "cell.ts");
  if (problems(plain) === 0 || !/<\/?[\w>]/.test(source)) return plain;
  const withJsx = parse(source, "cell.tsx");
  return problems(withJsx) < problems(plain) ? withJsx : plain;
}

function parse(source: string, name: string): ts.SourceFile {
  return ts.createSourceFile(name, source, ts.ScriptTarget.ESNext, false);
}

function problems(file: ts.SourceFile): number {
  // The parser notes them on the file, but the public interface only tells them by way of a program.
  return (file as unknown as { parseDiagnostics: readonly ts.Diagnostic[] }).parseDiagnostics
    .length;
}

/** What a cell declares at its top level, and whether its declaration says `export` itself. */
function declaredNames(file: ts.SourceFile): Map<string, boolean> {
  const names = new Map<string, boolean>();
  for (const statement of file.statements) {
    const exported = ts.canHaveModifiers(statement) &&
      (statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false);
    const add = (name: ts.Node | undefined) => {
      if (name !== undefined && ts.isIdentifier(name) && name.text !== "") {
        names.set(name.text, exported);
      }
    };
    if (ts.isVariableStatement(statement)) {
      statement.declarationList.declarations.forEach(({ name }) => bound(name).forEach(add));
    } else if (ts.isImportDeclaration(statement)) {
      importedNames(statement).forEach(add);
    } else if (isNamed(statement)) {
      add(statement.name);
    } else {
      nestedVars(statement).forEach(add);
    }
  }
  return names;
}

function isNamed(statement: ts.Statement): statement is ts.Statement & { name?: ts.Node } {
  return ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement) || ts.isModuleDeclaration(statement);
}

function bound(name: ts.BindingName): ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) =>
    ts.isBindingElement(element) ? bound(element.name) : []
  );
}

function importedNames({ importClause: clause }: ts.ImportDeclaration): ts.Identifier[] {
  if (clause === undefined) return [];
  const named = clause.namedBindings;
  const rest = named === undefined
    ? []
    : ts.isNamespaceImport(named)
    ? [named.name]
    : named.elements.map(({ name }) => name);
  return clause.name === undefined ? rest : [clause.name, ...rest];
}

/** The `var`s inside a statement, which belong to the whole cell. */
function nestedVars(statement: ts.Statement): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0) {
      node.declarations.forEach(({ name }) => found.push(...bound(name)));
    }
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return found;
}
