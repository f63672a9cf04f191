// Import declarations, anywhere at a cell's top level, become awaited dynamic imports at its start:
//   import fs, { readFile as read, type Stats } from "node:fs";
//   let [fs, read] = $dials.names(await $dials.until($dials.import("node:fs"), "In[1]:1:1"),
//     "node:fs", [["default", true], ["readFile", false]]);
// The flag says whether this cell uses the name as a value. One that it does and the module lacks is an
// error at once; one that it does not may be a type, and is an error only where a later cell uses it.

import ts from "typescript";
import { awaitUntil, callHelper, placeOf } from "./helper_calls.ts";

/** The TypeScript transformer for import declarations of the cell called `name`. */
export function staticImports(name: string): ts.TransformerFactory<ts.SourceFile> {
  return () => (file) => {
    const imports = file.statements.filter(ts.isImportDeclaration);
    if (imports.length === 0) return file;
    const used = namesUsedAsValues(file);
    const loads = imports.flatMap((declaration) =>
      loadStatement(declaration, { used, place: placeOf(declaration, { file, name }) }) ?? []
    );
    const rest = file.statements.filter((statement) => !ts.isImportDeclaration(statement));
    return ts.factory.updateSourceFile(file, [...loads, ...rest]);
  };
}

/** What loads a declaration's module and binds its names; undefined where it imports types alone. */
function loadStatement(
  declaration: ts.ImportDeclaration,
  { used, place }: { used: ReadonlySet<string>; place: ts.Expression },
): ts.Statement | undefined {
  const { importClause: clause, moduleSpecifier, attributes } = declaration;
  if (clause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return undefined;
  const options = attributes === undefined ? [] : [importOptions(attributes)];
  const loaded = awaitUntil(callHelper("import", moduleSpecifier, ...options), place);
  const bindings = clause === undefined ? [] : bindingsOf(clause);
  if (bindings.length === 0) {
    return placedAt(ts.factory.createExpressionStatement(loaded), declaration);
  }
  const { factory } = ts;
  const exported = bindings.map(({ local, exported }) =>
    factory.createArrayLiteralExpression([
      factory.createStringLiteral(exported),
      used.has(local.text) ? factory.createTrue() : factory.createFalse(),
    ])
  );
  const pattern = factory.createArrayBindingPattern(
    bindings.map(({ local }) => factory.createBindingElement(undefined, undefined, local)),
  );
  const values = callHelper(
    "names",
    loaded,
    moduleSpecifier,
    factory.createArrayLiteralExpression(exported),
  );
  const list = factory.createVariableDeclarationList(
    [factory.createVariableDeclaration(pattern, undefined, undefined, values)],
    ts.NodeFlags.Let,
  );
  return placedAt(factory.createVariableStatement(undefined, list), declaration);
}

/** Errors while a module loads point to its import declaration. */
function placedAt<Node extends ts.Statement>(statement: Node, place: ts.Node): Node {
  return ts.setSourceMapRange(ts.setTextRange(statement, place), place);
}

/** `with { type: "json" }` as the second argument of a dynamic import. */
function importOptions(attributes: ts.ImportAttributes): ts.Expression {
  const { factory } = ts;
  const pairs = attributes.elements.map(({ name, value }) =>
    factory.createPropertyAssignment(factory.createStringLiteral(name.text), value)
  );
  return factory.createObjectLiteralExpression([
    factory.createPropertyAssignment("with", factory.createObjectLiteralExpression(pairs)),
  ]);
}

interface Binding {
  local: ts.Identifier;
  /** The exported name; `*` for the whole module. */
  exported: string;
}

function bindingsOf(clause: ts.ImportClause): Binding[] {
  const bindings: Binding[] = [];
  if (clause.name !== undefined) bindings.push({ local: clause.name, exported: "default" });
  const named = clause.namedBindings;
  if (named === undefined) return bindings;
  if (ts.isNamespaceImport(named)) return [...bindings, { local: named.name, exported: "*" }];
  for (const { isTypeOnly, name, propertyName } of named.elements) {
    if (!isTypeOnly) bindings.push({ local: name, exported: (propertyName ?? name).text });
  }
  return bindings;
}

/** Identifiers that stand where JavaScript will evaluate them. */
function namesUsedAsValues(file: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) names.add(node.text);
    else if (ts.isPropertyAccessExpression(node)) visit(node.expression);
    else if (ts.isPropertyAssignment(node)) {
      if (ts.isComputedPropertyName(node.name)) visit(node.name);
      visit(node.initializer);
    } else if (ts.isHeritageClause(node)) {
      const erased = node.token === ts.SyntaxKind.ImplementsKeyword;
      if (!erased) node.types.forEach((type) => visit(type.expression));
    } else {
      if (ts.isJsxOpeningLikeElement(node)) names.add("React");
      if (!isErased(node)) ts.forEachChild(node, visit);
    }
  };
  visit(file);
  return names;
}

function isErased(node: ts.Node): boolean {
  return ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node));
}
