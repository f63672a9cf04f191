// The compiler options of a notebook's deno.json that decide what its cells' JSX and decorators become.
// https://docs.deno.com/runtime/reference/jsx/

import ts from "typescript";

/** Options that the compiler takes as they stand there. */
const AS_THEY_ARE = [
  "experimentalDecorators",
  "emitDecoratorMetadata",
  "jsxFactory",
  "jsxFragmentFactory",
  "jsxImportSource",
];

/** Deno's names for ways to compile JSX; what it precompiles is compiled the automatic way here. */
const JSX: Record<string, ts.JsxEmit> = {
  "react": ts.JsxEmit.React,
  "react-jsx": ts.JsxEmit.ReactJSX,
  "react-jsxdev": ts.JsxEmit.ReactJSXDev,
  "precompile": ts.JsxEmit.ReactJSX,
};

/** The options for cells, from those of a deno.json. */
export function jsxAndDecorators(theirs: Record<string, unknown>): ts.CompilerOptions {
  const chosen = AS_THEY_ARE.filter((name) => name in theirs).map((name) => [name, theirs[name]]);
  return {
    ...Object.fromEntries(chosen),
    jsx: JSX[String(theirs.jsx)] ?? ts.JsxEmit.React,
  };
}
