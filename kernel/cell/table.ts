// An array of records as a table.

import { inspectValue } from "./inspect_value.ts";

/** Rows and columns that are shown. */
const ROWS = 50;
const COLUMNS = 40;

/** Characters of a value that are shown. */
const WIDTH = 200;

/** An object whose values can be read without running any code. */
type Row = Record<string, unknown>;

/** A table in HTML, if `value` is an array of records; of a long one, its first rows. */
export function tableOf(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const shown = value.slice(0, ROWS);
  if (!shown.every(isRow)) return undefined;
  const all = [...new Set(shown.flatMap((row) => Object.keys(row)))];
  const columns = all.slice(0, COLUMNS);
  const head = ["", ...columns].map((name) => `<th>${escapeHtml(name)}</th>`).join("");
  const body = shown.map((row, i) =>
    `<tr><th>${i}</th>${columns.map((name) => `<td>${cell(row, name)}</td>`).join("")}</tr>`
  );
  const table = `<table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`;
  return `${table}${remark(value.length - shown.length, all.length - columns.length)}`;
}

/** Whether a value is a plain record: an object literal's, no proxy's, with no getters. */
function isRow(value: unknown): value is Row {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  // A record that knows how to show itself is more than its fields.
  if (Object.getOwnPropertySymbols(value).length > 0) return false;
  const properties = Object.values(Object.getOwnPropertyDescriptors(value));
  return properties.length > 0 && properties.every((property) => "value" in property);
}

function cell(row: Row, name: string): string {
  if (!Object.hasOwn(row, name) || row[name] === undefined) return "";
  const value = row[name];
  const text = typeof value === "string" ? value : inspectValue(value).replace(/\s+/g, " ");
  return escapeHtml(text.length > WIDTH ? `${text.slice(0, WIDTH)}…` : text);
}

function remark(rows: number, columns: number): string {
  const more = [
    ...(rows > 0 ? [`${rows} more ${rows === 1 ? "row" : "rows"}`] : []),
    ...(columns > 0 ? [`${columns} more ${columns === 1 ? "column" : "columns"}`] : []),
  ];
  return more.length === 0 ? "" : `<p>and ${more.join(", ")}</p>`;
}

/** `text` as it can stand in HTML, also within quotes. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
