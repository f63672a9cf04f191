// Calls of the helpers that rewritten cells use. kernel/cell/helpers.ts defines them under the same names.

import ts from "typescript";
import type { CellHelpers } from "../cell/helpers.ts";

/** The name under which a cell finds its helpers. */
export const HELPERS = "$dials";

/** The name of the shared flag that is not zero while an interrupt waits to be noticed. */
export const STOP_FLAG = "$dialsStop";

/** The expression `$dials.name`. */
export function helper(name: keyof CellHelpers): ts.PropertyAccessExpression {
  return ts.factory.createPropertyAccessExpression(ts.factory.createIdentifier(HELPERS), name);
}

/** The expression `$dials.name(…)`. */
export function callHelper(name: keyof CellHelpers, ...values: ts.Expression[]): ts.CallExpression {
  return ts.factory.createCallExpression(helper(name), undefined, values);
}

/**
 * The expression `await $dials.until(value, place)`: an await that an interrupt ends, and that tells errors
 * where it stands.
 */
export function awaitUntil(value: ts.Expression, place: ts.Expression): ts.AwaitExpression {
  return ts.factory.createAwaitExpression(callHelper("until", value, place));
}

/** Where `node` stands in its cell, as a string such as `"In[3]:2:5"`. */
export function placeOf(
  node: ts.Node,
  { file, name }: { file: ts.SourceFile; name: string },
): ts.Expression {
  const start = ts.getOriginalNode(node).getStart(file);
  const { line, character } = ts.getLineAndCharacterOfPosition(file, start);
  return ts.factory.createStringLiteral(`${name}:${line + 1}:${character + 1}`);
}
