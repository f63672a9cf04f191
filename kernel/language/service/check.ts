// The type errors of a cell, as lines to print before it runs.

import ts from "typescript";
import type { Project } from "./project.ts";

/** Errors that say nothing in a notebook, by their number. */
const NO_ERRORS = new Set([
  2632, // A variable of another cell is assigned to; there it is no import.
  2539, // The same, for functions and classes.
  2630, // The same.
  2307, // Types of a module that Deno loads when the cell runs may be nowhere on this disk yet.
  7016, // A module without types.
  2792, // The same, in other words.
  2686, // JSX with a factory that is found when the cell runs.
  2875, // The same.
  7026, // JSX without types for its elements.
]);

/** Errors that are shown. */
const MOST = 20;

/** The type errors of `code`, which is called `name`. */
export function check(project: Project, { code, name }: { code: string; name: string }): string[] {
  const cell = project.open(code);
  const errors = project.service.getSemanticDiagnostics(cell.path).filter((diagnostic) => {
    const { start = 0, category } = diagnostic;
    const inside = start >= cell.offset && start <= cell.offset + code.length;
    return category === ts.DiagnosticCategory.Error && inside &&
      (!NO_ERRORS.has(diagnostic.code) || isMissingFile(diagnostic));
  });
  const lines = errors.slice(0, MOST).map(({ start = 0, messageText, code: number }) => {
    const before = code.slice(0, start - cell.offset).split("\n");
    const message = ts.flattenDiagnosticMessageText(messageText, "\n    ");
    return `${name}:${before.length}:${before.at(-1)!.length + 1} ${message} (TS${number})`;
  });
  return errors.length > MOST ? [...lines, `… and ${errors.length - MOST} more`] : lines;
}

/** A file beside the notebook that is not there, is missed for certain. */
function isMissingFile({ code, messageText }: ts.Diagnostic): boolean {
  return code === 2307 && /'\.{0,2}\//.test(ts.flattenDiagnosticMessageText(messageText, " "));
}
