// A cell's TypeScript becomes JavaScript that the cell process can evaluate as a script, statement by
// statement where the cell has them, with a source map back to the cell's own lines. One pass of the
// TypeScript compiler with three rewritings of ours:
//   static_imports.ts  `import` declarations become awaited dynamic imports;
//   interruptible.ts   awaits, loops, functions and catch clauses notice an interrupt;
//   declarations.ts    what a cell declares can be declared again, as anything, in a later cell.
// The rewritten code calls helpers on `$dials`, which kernel/cell/helpers.ts installs.

import ts from "typescript";
import { jsxAndDecorators } from "./compiler_options.ts";
import { redeclarable } from "./declarations.ts";
import { callHelper } from "./helper_calls.ts";
import { interruptible } from "./interruptible.ts";
import { jsxRuntime } from "./jsx_runtime.ts";
import { staticImports } from "./static_imports.ts";
import { CellSyntaxError } from "./syntax_error.ts";

/** JavaScript to evaluate. */
export interface TransformedCell {
  code: string;
  /** A source map in JSON, from `code` to the cell. */
  map: string;
}

const OPTIONS: ts.CompilerOptions = {
  // Decorators and `using` are newer than this and are therefore written out.
  target: ts.ScriptTarget.ES2024,
  module: ts.ModuleKind.ESNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  sourceMap: true,
  removeComments: false,
};

/**
 * The JavaScript of a cell.
 *
 * @param source the cell's TypeScript, with or without JSX
 * @param name what the cell is called in messages, such as `In[3]`
 * @param theirs compiler options of the notebook's deno.json, as they stand there
 * @throws {CellSyntaxError} if it is not TypeScript
 */
export function transformCell(
  source: string,
  name: string,
  theirs: Record<string, unknown> = {},
): TransformedCell {
  const options = { ...OPTIONS, ...jsxAndDecorators(theirs) };
  const plain = transpile(source, { fileName: "cell.ts", name, options });
  if (plain.diagnostics.length === 0) return plain;
  // JSX and type assertions in angle brackets exclude each other: a cell may use either.
  const withJsx = transpile(source, { fileName: "cell.tsx", name, options });
  if (withJsx.diagnostics.length === 0) return withJsx;
  throw new CellSyntaxError(plain.diagnostics[0], { source, name });
}

function transpile(
  source: string,
  { fileName, name, options }: { fileName: string; name: string; options: ts.CompilerOptions },
): TransformedCell & { diagnostics: ts.Diagnostic[] } {
  const { outputText, sourceMapText, diagnostics = [] } = ts.transpileModule(source, {
    fileName,
    compilerOptions: options,
    reportDiagnostics: true,
    transformers: {
      before: [showLastValue, staticImports(name), withoutExports, interruptible(name)],
      after: [jsxRuntime(name), redeclarable],
    },
  });
  // The value of a cell goes through `$dials.keep`, so the script itself should have none.
  const code = outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, "void 0;");
  return {
    code,
    map: sourceMapText ?? "",
    diagnostics: diagnostics.filter((diagnostic) => diagnostic.file !== undefined),
  };
}

/** Keeps the value of the cell's last statement, where that is an expression. */
function showLastValue(): ts.Transformer<ts.SourceFile> {
  return (file) => {
    const index = file.statements.findLastIndex((statement) => !isSilent(statement));
    const last = file.statements[index];
    if (last === undefined || !ts.isExpressionStatement(last)) return file;
    const kept = ts.factory.updateExpressionStatement(last, callHelper("keep", last.expression));
    return ts.factory.updateSourceFile(file, file.statements.with(index, kept));
  };
}

/** Whether a statement leaves nothing in the JavaScript. */
function isSilent(statement: ts.Statement): boolean {
  return ts.isEmptyStatement(statement) || ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
}

/** A cell exports nothing: what it declares is there for the next one anyhow. */
function withoutExports(context: ts.TransformationContext): ts.Transformer<ts.SourceFile> {
  const strip = (node: ts.Statement): ts.Statement | undefined => {
    if (ts.isExportDeclaration(node)) return undefined;
    if (ts.isExportAssignment(node)) {
      return ts.setTextRange(ts.factory.createExpressionStatement(node.expression), node);
    }
    if (!ts.canHaveModifiers(node) || !node.modifiers?.some(isExportModifier)) return node;
    const unnamed = (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) && !node.name;
    if (unnamed) return undefined;
    const visit = (child: ts.Node) => isExportModifier(child) ? undefined : child;
    return ts.visitEachChild(node, visit, context);
  };
  return (file) => {
    const statements = file.statements.map(strip).filter((node) => node !== undefined);
    return ts.factory.updateSourceFile(file, statements);
  };
}

function isExportModifier(node: ts.Node): boolean {
  return node.kind === ts.SyntaxKind.ExportKeyword || node.kind === ts.SyntaxKind.DefaultKeyword;
}
