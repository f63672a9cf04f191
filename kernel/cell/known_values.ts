// Values that say more than their text, though they have no method of ours: those that Deno's own kernel shows
// (canvases, elements, charts, data frames, image files), tables and figures.
// https://docs.deno.com/runtime/reference/cli/jupyter/

import type { MimeBundle } from "../protocol/content.ts";
import { imageBundle } from "./image.ts";
import { figureBundle } from "./plotly.ts";
import { escapeHtml, tableOf } from "./table.ts";

/** The representations of a value beside plain text; undefined where that says it all. */
export function knownBundle(value: object): MimeBundle | Promise<MimeBundle> | undefined {
  if (value instanceof Uint8Array) return imageBundle(value, { certain: true });
  const table = tableOf(value);
  if (table !== undefined) return { "text/html": table };
  return elementBundle(value) ?? canvasBundle(value) ?? chartBundle(value) ??
    dataFrameBundle(value) ?? figureBundle(value);
}

/** An element of a document, or a document. */
function elementBundle(value: object): MimeBundle | undefined {
  const { outerHTML, documentElement } = value as {
    outerHTML?: unknown;
    documentElement?: { outerHTML?: unknown } | null;
  };
  const html = outerHTML ?? documentElement?.outerHTML;
  if (typeof html !== "string") return undefined;
  return html.startsWith("<svg") ? { "image/svg+xml": html } : { "text/html": html };
}

/** A canvas, which gives its picture as a data URL. */
function canvasBundle(value: object): MimeBundle | undefined {
  if (!has(value, "toDataURL")) return undefined;
  const [, type, data] = /^data:(image\/\w+);base64,(.+)$/.exec(String(value.toDataURL())) ?? [];
  return type === undefined ? undefined : { [type]: data };
}

/** A chart of Vega-Lite's. */
function chartBundle(value: object): MimeBundle | undefined {
  return has(value, "toSpec") ? { "application/vnd.vegalite.v5+json": value.toSpec() } : undefined;
}

/** Rows that are shown of a data frame. */
const ROWS = 10;

/** A data frame as Polars has them. */
function dataFrameBundle(value: object): MimeBundle | undefined {
  if (!has(value, "head") || !has(value, "toRecords") || !("schema" in value)) return undefined;
  const { schema } = value;
  if (typeof schema !== "object" || schema === null) return undefined;
  const head = value.head(ROWS) as { toRecords(): Record<string, unknown>[] };
  const data = head.toRecords();
  const fields = Object.entries(schema).map(([name, type]) => ({ name, type: fieldType(type) }));
  const names = fields.map(({ name }) => `<th>${escapeHtml(name)}</th>`).join("");
  const rows = data.map((row) =>
    `<tr>${fields.map(({ name }) => `<td>${escapeHtml(String(row[name]))}</td>`).join("")}</tr>`
  );
  return {
    "application/vnd.dataresource+json": { data, schema: { fields } },
    "text/html": `<table><thead><tr>${names}</tr></thead><tbody>${rows.join("")}</tbody></table>`,
  };
}

/** The type of a column, in the words of the table schema. */
function fieldType(type: unknown): string {
  const name = String((type as { variant?: unknown } | null)?.variant ?? type);
  if (/^u?int/i.test(name)) return "integer";
  if (/^(float|decimal)/i.test(name)) return "number";
  if (/^bool/i.test(name)) return "boolean";
  return /^date/i.test(name) ? "datetime" : "string";
}

/** Whether a value has a method. */
function has<Name extends string>(
  value: object,
  name: Name,
): value is Record<Name, (...values: unknown[]) => unknown> {
  return typeof Reflect.get(value, name) === "function";
}
