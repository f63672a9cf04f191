// Literals in TypeScript source: which variables are declared with one, where its text stands, what kind of
// value it and its type annotation allow. The TypeScript parser does the reading; it is loaded when first
// needed, because loading it takes longer than everything else the runner does before the first cell.

import type ts from "typescript";

/** What kind of value a literal is. */
export type LiteralKind =
  | "number"
  | "boolean"
  | "string"
  | "array"
  | "object"
  | "null"
  | "undefined";

/** A variable declared at top level. */
export interface Declaration {
  name: string;
  /** The kinds its value may have, from its present value and its type; empty where neither tells. */
  kinds: LiteralKind[];
  /** The strings allowed, where its type names them one by one. */
  choices?: string[];
  /** The text of its value, from `start` to `end` in the source. */
  value: string;
  start: number;
  end: number;
}

type Compiler = typeof ts;

/** The variables that `source` declares at top level with a value, in order. */
export async function findDeclarations(source: string): Promise<Declaration[]> {
  const compiler = await loadCompiler();
  const file = parse(compiler, source);
  const found: Declaration[] = [];
  for (const statement of file.statements) {
    if (!compiler.isVariableStatement(statement)) continue;
    for (const { name, type, initializer } of statement.declarationList.declarations) {
      if (!compiler.isIdentifier(name) || initializer === undefined) continue;
      const { value, types } = unwrap(compiler, initializer);
      if (type !== undefined) types.push(type);
      const [start, end] = [value.getStart(file), value.getEnd()];
      found.push({
        name: name.text,
        ...allowedBy(compiler, value, types),
        value: source.slice(start, end),
        start,
        end,
      });
    }
  }
  return found;
}

/**
 * Reads `text` as one literal, arrays and objects of literals included.
 *
 * @returns its kind and its text as source, or undefined if it is no literal
 */
export async function readLiteral(
  text: string,
): Promise<{ kind: LiteralKind; text: string } | undefined> {
  const number = numberLiteral(text.trim());
  if (number !== undefined) return { kind: "number", text: number };
  const compiler = await loadCompiler();
  const file = parse(compiler, `(${text}\n)`);
  const [statement] = file.statements;
  if (file.statements.length !== 1 || !compiler.isExpressionStatement(statement)) return undefined;
  if (!compiler.isParenthesizedExpression(statement.expression)) return undefined;
  const { expression } = statement.expression;
  if (expression.getEnd() < text.trimEnd().length + 1 || hasErrors(file)) return undefined;
  const kind = kindOf(compiler, expression);
  if (kind === undefined || !isLiteral(compiler, expression)) return undefined;
  return { kind, text: text.trim() };
}

let loading: Promise<Compiler> | undefined;

function loadCompiler(): Promise<Compiler> {
  loading ??= import("typescript").then((module) => module.default);
  return loading;
}

function parse(compiler: Compiler, source: string): ts.SourceFile {
  return compiler.createSourceFile("cell.ts", source, compiler.ScriptTarget.ESNext, false);
}

/** Syntax errors of a parsed file; the compiler keeps them in a field its types leave out. */
function hasErrors(file: ts.SourceFile): boolean {
  const { parseDiagnostics } = file as ts.SourceFile & { parseDiagnostics: unknown[] };
  return parseDiagnostics.length > 0;
}

/** The expression under `as T`, `satisfies T` and parentheses, and the types met on the way. */
function unwrap(
  compiler: Compiler,
  expression: ts.Expression,
): { value: ts.Expression; types: ts.TypeNode[] } {
  const types: ts.TypeNode[] = [];
  let value = expression;
  while (true) {
    if (compiler.isAsExpression(value) || compiler.isSatisfiesExpression(value)) {
      types.push(value.type);
    } else if (!compiler.isParenthesizedExpression(value)) {
      return { value, types };
    }
    value = value.expression;
  }
}

function allowedBy(
  compiler: Compiler,
  value: ts.Expression,
  types: ts.TypeNode[],
): { kinds: LiteralKind[]; choices?: string[] } {
  const kinds = new Set<LiteralKind>();
  const choices: string[] = [];
  let openString = false;
  const visit = (type: ts.TypeNode) => {
    if (compiler.isUnionTypeNode(type)) return type.types.forEach(visit);
    if (compiler.isLiteralTypeNode(type)) {
      if (compiler.isStringLiteral(type.literal)) choices.push(type.literal.text);
      const kind = kindOf(compiler, type.literal as ts.Expression);
      if (kind !== undefined) kinds.add(kind);
      return;
    }
    if (type.kind === compiler.SyntaxKind.NumberKeyword) kinds.add("number");
    if (type.kind === compiler.SyntaxKind.BooleanKeyword) kinds.add("boolean");
    if (type.kind === compiler.SyntaxKind.UndefinedKeyword) kinds.add("undefined");
    if (compiler.isArrayTypeNode(type) || compiler.isTupleTypeNode(type)) kinds.add("array");
    if (type.kind === compiler.SyntaxKind.StringKeyword) {
      kinds.add("string");
      openString = true;
    }
  };
  types.forEach(visit);
  const present = kindOf(compiler, value);
  if (present !== undefined) kinds.add(present);
  // `null` alone says nothing about what else may stand there.
  const tells = [...kinds].some((kind) => kind !== "null" && kind !== "undefined");
  return {
    kinds: tells ? [...kinds] : [],
    ...(choices.length > 0 && !openString && { choices }),
  };
}

function kindOf(compiler: Compiler, expression: ts.Expression): LiteralKind | undefined {
  const { SyntaxKind } = compiler;
  if (isNumeric(compiler, expression)) return "number";
  if (compiler.isStringLiteralLike(expression)) return "string";
  if (compiler.isTemplateExpression(expression)) return "string";
  if (compiler.isArrayLiteralExpression(expression)) return "array";
  if (compiler.isObjectLiteralExpression(expression)) return "object";
  if (compiler.isIdentifier(expression) && expression.text === "undefined") return "undefined";
  switch (expression.kind) {
    case SyntaxKind.TrueKeyword:
    case SyntaxKind.FalseKeyword:
      return "boolean";
    case SyntaxKind.NullKeyword:
      return "null";
    default:
      return undefined;
  }
}

/** Numbers, and sums and products of them: `4 * 128` is as good a value to replace as `512`. */
function isNumeric(compiler: Compiler, expression: ts.Expression): boolean {
  if (compiler.isNumericLiteral(expression)) return true;
  if (compiler.isPrefixUnaryExpression(expression)) {
    return "+-".includes(compiler.tokenToString(expression.operator) ?? "?") &&
      isNumeric(compiler, expression.operand);
  }
  if (!compiler.isBinaryExpression(expression)) return false;
  const operator = compiler.tokenToString(expression.operatorToken.kind) ?? "";
  return ["+", "-", "*", "/", "%", "**"].includes(operator) &&
    isNumeric(compiler, expression.left) && isNumeric(compiler, expression.right);
}

/** Whether an expression is data and nothing but: no names, no calls. */
function isLiteral(compiler: Compiler, expression: ts.Expression): boolean {
  if (compiler.isArrayLiteralExpression(expression)) {
    return expression.elements.every((element) => isLiteral(compiler, element));
  }
  if (compiler.isObjectLiteralExpression(expression)) {
    return expression.properties.every((property) =>
      compiler.isPropertyAssignment(property) && !compiler.isComputedPropertyName(property.name) &&
      isLiteral(compiler, property.initializer)
    );
  }
  return kindOf(compiler, expression) !== undefined && !compiler.isTemplateExpression(expression);
}

/** The source text of a number as typed, or undefined if it is none. Underscores and exponents stay as they are. */
function numberLiteral(text: string): string | undefined {
  if (/^-?(0|[1-9]\d*(_\d+)*)(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return text;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return undefined;
  return String(Number(text));
}
