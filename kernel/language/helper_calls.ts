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

/** The expression `await $dials.until(…)`: an await that an interrupt ends. */
export function awaitUntil(value: ts.Expression): ts.AwaitExpression {
  return ts.factory.createAwaitExpression(callHelper("until", value));
}
