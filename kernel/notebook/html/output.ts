// One output of a cell as HTML. Of the representations that a result comes in, the page takes the richest it
// can show.

import type { JsonObject, MimeBundle, Output, StreamOutput } from "../format.ts";
import { escapeHtml } from "./escape.ts";
import { figureElement, isFigure } from "./figure.ts";
import { formula } from "./maths.ts";
import { terminalToHtml } from "../terminal.ts";

/** Printed text longer than this (in characters) loses its middle: a browser could not lay it out. */
const LONGEST_TEXT = 400_000;

/**
 * The HTML of one output.
 *
 * @param renderMarkdown turns Markdown text into HTML
 */
export function renderOutput(output: Output, renderMarkdown: (text: string) => string): string {
  switch (output.output_type) {
    case "stream":
      return stream(output);
    case "error":
      return error(output.traceback.join("\n") || `${output.ename}: ${output.evalue}`);
    case "display_data":
    case "execute_result":
      return `<div class="output">${
        display(output.data, { metadata: output.metadata, renderMarkdown })
      }</div>`;
  }
}

function stream({ name, text }: StreamOutput): string {
  const html = terminalToHtml(withoutMiddle(text.replace(/\n$/, "")));
  return `<pre class="output stream ${name}">${html}</pre>`;
}

function error(traceback: string): string {
  return `<pre class="output error" role="alert">${terminalToHtml(withoutMiddle(traceback))}</pre>`;
}

function withoutMiddle(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  const head = text.slice(0, text.lastIndexOf("\n", LONGEST_TEXT / 2) + 1 || LONGEST_TEXT / 2);
  const from = text.indexOf("\n", text.length - LONGEST_TEXT / 2) + 1;
  const tail = text.slice(from || text.length - LONGEST_TEXT / 2);
  const left = (text.length - head.length - tail.length).toLocaleString("en");
  return `${head}\x1b[0m\x1b[2m… ${left} characters left out here; the notebook holds them …\x1b[0m\n${tail}`;
}

function display(
  data: MimeBundle,
  { metadata, renderMarkdown }: {
    metadata: JsonObject;
    renderMarkdown: (text: string) => string;
  },
): string {
  const text = (mime: string) => String(data[mime]);
  if (isFigure(data["application/vnd.plotly.v1+json"])) {
    return figureElement(data["application/vnd.plotly.v1+json"], pictureOf(data, metadata));
  }
  if ("text/html" in data) return `<div class="html">${text("text/html")}</div>`;
  const picture = pictureOf(data, metadata);
  if (picture !== undefined) return picture;
  if ("text/markdown" in data) {
    return `<div class="prose">${renderMarkdown(text("text/markdown"))}</div>`;
  }
  if ("text/latex" in data) {
    const tex = text("text/latex").trim().replace(/^\$+|\$+$/g, "");
    return `<p class="formula">${formula(tex, { display: true })}</p>`;
  }
  if ("text/plain" in data) {
    return `<pre>${terminalToHtml(withoutMiddle(text("text/plain")))}</pre>`;
  }
  if ("application/json" in data) {
    return `<pre>${escapeHtml(JSON.stringify(data["application/json"], null, 2))}</pre>`;
  }
  const types = Object.keys(data).join(", ") || "nothing";
  return `<p class="note">This output (${escapeHtml(types)}) cannot be shown on a page.</p>`;
}

/** The `<img>` of a bundle's picture, if it holds one. SVG comes before the pixels it may have been drawn to. */
function pictureOf(data: MimeBundle, metadata: JsonObject): string | undefined {
  const types = ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"];
  const mime = types.find((type) => typeof data[type] === "string");
  if (mime === undefined) return undefined;
  const content = String(data[mime]);
  const url = mime === "image/svg+xml"
    ? `data:${mime};charset=utf-8,${encodeURIComponent(content)}`
    : `data:${mime};base64,${content.replaceAll(/\s/g, "")}`;
  const alternative = typeof data["text/plain"] === "string" ? data["text/plain"] : "";
  const shape = metadata[mime];
  const width = typeof shape === "object" && shape !== null && !Array.isArray(shape)
    ? Number(shape.width)
    : NaN;
  const size = Number.isFinite(width) ? ` width="${width}"` : "";
  return `<img class="picture" src="${escapeHtml(url)}" alt="${escapeHtml(alternative)}"${size}>`;
}
