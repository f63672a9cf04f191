// Code with its syntax coloured: spans with the classes `hljs-…`, which style.ts gives their colours.

import highlighter from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import python from "highlight.js/lib/languages/python";
import typescript from "highlight.js/lib/languages/typescript";
import { escapeHtml } from "./escape.ts";

highlighter.registerLanguage("bash", bash); // also sh, zsh
highlighter.registerLanguage("javascript", javascript); // also js
highlighter.registerLanguage("json", json);
highlighter.registerLanguage("python", python); // also py
highlighter.registerLanguage("typescript", typescript); // also ts

/** The HTML of `code`, plain where `language` is not one of the known. */
export function highlight(code: string, language: string): string {
  if (highlighter.getLanguage(language) === undefined) return escapeHtml(code);
  return highlighter.highlight(code, { language, ignoreIllegals: true }).value;
}
