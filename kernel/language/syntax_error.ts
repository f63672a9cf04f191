// A cell that is not TypeScript, told with its line and a caret below the place.

import ts from "typescript";

/** A cell that cannot be parsed. */
export class CellSyntaxError extends Error {
  override name = "SyntaxError";
  /** Where: `In[3]:2:7`, then the line itself, then a caret. */
  readonly lines: string[];

  constructor(
    diagnostic: ts.Diagnostic,
    { source, name }: { source: string; name: string },
  ) {
    super(ts.flattenDiagnosticMessageText(diagnostic.messageText, " "));
    const start = Math.min(diagnostic.start ?? 0, source.length);
    const line = source.slice(0, start).split("\n").length; // from 1
    const column = start - source.lastIndexOf("\n", start - 1); // from 1
    this.lines = [`    at ${name}:${line}:${column}`, ...excerpt(source, { line, column })];
  }
}

/** A line of a cell with a caret under one column, both counted from 1. */
function excerpt(source: string, { line, column }: { line: number; column: number }): string[] {
  const text = source.split("\n")[line - 1].replace(/\r$/, "");
  // Tabs stay tabs, so that the caret stands under its place whatever their width.
  const indent = text.slice(0, column - 1).replace(/[^\t]/g, " ");
  return [`      ${text}`, `      ${indent}^`];
}
