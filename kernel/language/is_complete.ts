// Whether a front end's Enter should run what was typed or start another line.

import ts from "typescript";
import type { IsCompleteReply } from "../protocol/content.ts";
import { helpQuery } from "./help_query.ts";

// Unterminated template literal; end of comment expected: more lines can mend both.
const UNTERMINATED = new Set([1160, 1010]);

/** An element or a fragment of JSX that is not closed, told where it opens. */
const UNCLOSED_JSX = new Set([17008, 17014]);

/** Unterminated string literal: a string ends where its line does. */
const UNTERMINATED_STRING = 1002;

/** Spaces of one level of indentation. */
const INDENT = 2;

/** Whether `code` can be run, goes on in the next line, or is wrong whatever follows. */
export function isComplete(code: string): IsCompleteReply {
  if (helpQuery(code) !== undefined) return { status: "complete" };
  const plain = problems(code, "cell.ts");
  if (plain.length === 0) return { status: "complete" };
  const withJsx = problems(code, "cell.tsx");
  if (withJsx.length === 0) return { status: "complete" };
  const end = code.trimEnd().length;
  const atEnd = ({ start = 0 }: ts.Diagnostic) => start >= end;
  const goesOn = [plain, withJsx].some((found) => {
    const [first] = found;
    if (UNCLOSED_JSX.has(first.code)) return found.some(atEnd);
    return UNTERMINATED.has(first.code) || (first.code !== UNTERMINATED_STRING && atEnd(first));
  });
  return goesOn ? { status: "incomplete", indent: nextIndent(code) } : { status: "invalid" };
}

function problems(code: string, fileName: string): readonly ts.Diagnostic[] {
  const { diagnostics = [] } = ts.transpileModule(code, {
    fileName,
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      moduleDetection: ts.ModuleDetectionKind.Force,
      jsx: ts.JsxEmit.Preserve,
    },
  });
  return diagnostics.filter(({ file }) => file !== undefined);
}

/** The indentation of the last line, one level more where that opens a bracket. */
function nextIndent(code: string): string {
  const line = code.trimEnd().split("\n").at(-1) ?? "";
  const indent = /^\s*/.exec(line)![0];
  return /[{([]$/.test(line) ? indent + " ".repeat(INDENT) : indent;
}
