// The names that lead to the value at the cursor, where only names and constants do: `model.layers[0].` asks for
// the members of model → layers → 0. Anything that would have to be run has no such path.

import ts from "typescript";

/** A value to look at for a completion. */
export interface LivePath {
  /** Variable, property, property…; empty for the variables themselves. */
  path: string[];
  /** Where the name being typed begins, in UTF-16 units. */
  start: number;
  /** Whether the name is typed as a string in brackets. */
  quoted: boolean;
}

/** Whose members may follow at the cursor; undefined where a value would not help. */
export function livePathBefore(code: string, position: number): LivePath | undefined {
  const file = parse(code);
  const node = deepest(file, position);
  if (node === undefined) return undefined;
  if (ts.isStringLiteralLike(node)) {
    const { parent } = node;
    if (!ts.isElementAccessExpression(parent) || parent.argumentExpression !== node) {
      return undefined;
    }
    const path = pathOf(parent.expression);
    return path && { path, start: node.getStart(file) + 1, quoted: true };
  }
  if (!ts.isIdentifier(node)) return undefined;
  const start = node.text === "" ? position : node.getStart(file);
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
    const path = pathOf(parent.expression);
    return path && { path, start, quoted: false };
  }
  const isUse = !ts.isDeclarationStatement(parent) && !ts.isTypeNode(parent) &&
    !ts.isVariableDeclaration(parent) && !ts.isPropertyAssignment(parent);
  return isUse || ("initializer" in parent && parent.initializer === node)
    ? { path: [], start, quoted: false }
    : undefined;
}

/** The names that lead to the value under the cursor; undefined if they do not stand for one. */
export function livePathAt(code: string, position: number): string[] | undefined {
  const file = parse(code);
  const around = deepest(file, position) ?? deepest(file, position + 1);
  if (around === undefined || !ts.isIdentifier(around) || around.text === "") return undefined;
  const { parent } = around;
  return ts.isPropertyAccessExpression(parent) && parent.name === around
    ? pathOf(parent)
    : pathOf(around);
}

function parse(code: string): ts.SourceFile {
  return ts.createSourceFile("cell.tsx", code, ts.ScriptTarget.ESNext, true);
}

/** The identifier or string that ends at, or goes on behind, a position. */
function deepest(file: ts.SourceFile, position: number): ts.Node | undefined {
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (position < node.getStart(file) && node.getStart(file) !== node.end) return;
    if (position > node.end) return;
    if (ts.isIdentifier(node) && (position > node.getStart(file) || node.text === "")) found = node;
    if (ts.isStringLiteralLike(node) && position > node.getStart(file)) found = node;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function pathOf(node: ts.Expression): string[] | undefined {
  if (ts.isIdentifier(node)) return node.text === "" ? undefined : [node.text];
  if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node)) {
    return pathOf(node.expression);
  }
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.name)) {
    const path = pathOf(node.expression);
    return path && [...path, node.name.text];
  }
  if (ts.isElementAccessExpression(node) && isConstant(node.argumentExpression)) {
    const path = pathOf(node.expression);
    return path && [...path, node.argumentExpression.text];
  }
  return undefined;
}

function isConstant(node: ts.Expression | undefined): node is ts.LiteralExpression {
  return node !== undefined && (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node));
}
