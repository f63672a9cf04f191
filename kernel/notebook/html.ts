// A notebook as a page to read: one HTML file that needs nothing else, neither network nor fonts.
// It trusts the notebook as Jupyter trusts one that was run: HTML that a cell displayed stands in the page as
// it is, scripts included.

import { type Cell, type CodeCell, isObject, type Notebook } from "./format.ts";
import { escapeHtml } from "./html/escape.ts";
import { figureScripts, isFigure } from "./html/figure.ts";
import { highlight } from "./html/highlight.ts";
import { firstHeading, markdownRenderer } from "./html/markdown.ts";
import { renderOutput } from "./html/output.ts";
import { styleSheet } from "./html/style.ts";
import { duration } from "./time.ts";

/** Options of {@linkcode notebookToHtml}. */
export interface HtmlOptions {
  /** The notebook's file name, shown above it; its title too, if it has no heading. */
  name?: string;
  /** The notebook's folder, where the paths of its images start. */
  folder?: string;
}

/** The whole HTML file of a notebook with its outputs. */
export async function notebookToHtml(
  notebook: Notebook,
  { name = "Notebook", folder }: HtmlOptions = {},
): Promise<string> {
  const renderCell = markdownRenderer(folder);
  const renderMarkdown = (source: string) =>
    renderCell({ cell_type: "markdown", id: "", source, metadata: {} });
  const language = languageOf(notebook);
  const cells = notebook.cells.map((cell) => {
    if (cell.cell_type === "markdown") {
      return `<section class="prose">${renderCell(cell)}</section>`;
    }
    if (cell.cell_type === "code") return codeCell(cell, { language, renderMarkdown });
    return "";
  });
  const heading = notebook.cells.map(titleIn).find((title) => title !== undefined);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(heading ?? name)}</title>
<style>
${styleSheet()}</style>
</head>
<body>
<header>${escapeHtml([name, ...whenItRan(notebook)].join(" · "))}</header>
<main>
${cells.filter((cell) => cell !== "").join("\n")}
</main>
${hasFigures(notebook) ? await figureScripts() : ""}
</body>
</html>
`;
}

function codeCell(
  cell: CodeCell,
  { language, renderMarkdown }: {
    language: string;
    renderMarkdown: (source: string) => string;
  },
): string {
  const source = cell.source.trim() === "" ? "" : codeSource(cell, language);
  const outputs = cell.outputs.map((output) => renderOutput(output, renderMarkdown)).join("\n");
  return source + outputs === "" ? "" : `<section class="cell">\n${source}\n${outputs}\n</section>`;
}

function codeSource(cell: CodeCell, language: string): string {
  const times = timesOf(cell);
  const label = [
    ...(cell.execution_count === null ? [] : [`[${cell.execution_count}]`]),
    ...(times === undefined ? [] : [duration(times.end - times.start)]),
  ].join(" ");
  const failed = cell.outputs.some(({ output_type }) => output_type === "error") ? " failed" : "";
  const code = `<div class="source${failed}"><pre><code>${
    highlight(cell.source, language)
  }</code></pre>${label === "" ? "" : `<span class="label">${label}</span>`}</div>`;
  const { jupyter } = cell.metadata;
  const hidden = isObject(jupyter) && jupyter.source_hidden === true;
  return hidden ? `<details><summary>Code</summary>${code}</details>` : code;
}

function titleIn(cell: Cell): string | undefined {
  return cell.cell_type === "markdown" ? firstHeading(cell.source) : undefined;
}

function languageOf({ metadata: { language_info, kernelspec } }: Notebook): string {
  const language = isObject(language_info) ? language_info.name : undefined;
  if (typeof language === "string") return language;
  return isObject(kernelspec) && typeof kernelspec.language === "string"
    ? kernelspec.language
    : "typescript";
}

function hasFigures({ cells }: Notebook): boolean {
  return cells.some((cell) =>
    cell.cell_type === "code" &&
    cell.outputs.some((output) =>
      "data" in output && isFigure(output.data["application/vnd.plotly.v1+json"])
    )
  );
}

/** When a cell began and ended, in milliseconds, as Jupyter notes it down in its metadata. */
function timesOf({ metadata: { execution } }: Cell): { start: number; end: number } | undefined {
  if (!isObject(execution)) return undefined;
  const start = Date.parse(String(execution["iopub.status.busy"]));
  const end = Date.parse(String(execution["shell.execute_reply"]));
  return Number.isFinite(start) && Number.isFinite(end) ? { start, end } : undefined;
}

function whenItRan({ cells }: Notebook): string[] {
  const times = cells.map(timesOf).filter((time) => time !== undefined);
  if (times.length === 0) return [];
  const start = Math.min(...times.map(({ start }) => start));
  const total = times.reduce((sum, { start, end }) => sum + end - start, 0);
  const day = new Date(start).toLocaleDateString("en-GB", { dateStyle: "long" });
  return [`run on ${day} in ${duration(total)}`];
}
