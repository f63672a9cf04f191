// Where JSX is compiled the automatic way, the compiler itself imports what it needs:
//   import { jsx as _jsx } from "preact/jsx-runtime";
//   let { jsx: _jsx } = await $dials.until($dials.import("preact/jsx-runtime"), "In[1]:1:1");

import ts from "typescript";
import { awaitUntil, callHelper } from "./helper_calls.ts";

const { factory } = ts;

/** The transformer for the compiler's own imports in the cell called `name`: they are the only ones left. */
export function jsxRuntime(name: string): ts.TransformerFactory<ts.SourceFile> {
  return () => (file) => {
    const statements = file.statements.map((statement) =>
      ts.isImportDeclaration(statement) ? loadStatement(statement, name) : statement
    );
    return factory.updateSourceFile(file, statements);
  };
}

function loadStatement(
  { importClause, moduleSpecifier }: ts.ImportDeclaration,
  name: string,
): ts.Statement {
  const named = importClause?.namedBindings;
  const elements = named !== undefined && ts.isNamedImports(named) ? named.elements : [];
  const pattern = factory.createObjectBindingPattern(elements.map((element) => {
    const exported = element.propertyName ?? element.name;
    return factory.createBindingElement(undefined, exported, element.name);
  }));
  const place = factory.createStringLiteral(`${name}:1:1`);
  const loaded = awaitUntil(callHelper("import", moduleSpecifier), place);
  const declaration = factory.createVariableDeclaration(pattern, undefined, undefined, loaded);
  return factory.createVariableStatement(
    undefined,
    factory.createVariableDeclarationList([declaration], ts.NodeFlags.Let),
  );
}
