// Writes a notebook file, byte for byte as Jupyter itself would: keys sorted, one space of indentation, long
// text as an array of lines, so that a notebook saved here and one saved there differ only in what changed.

import { dirname } from "@std/path";
import { type Cell, type Json, type MimeBundle, type Notebook, type Output } from "./format.ts";

/** The text of the notebook's file, in nbformat 4.5, ending in a newline. */
export function serializeNotebook(notebook: Notebook): string {
  const file = {
    cells: notebook.cells.map(cellToFile),
    metadata: notebook.metadata,
    nbformat: 4,
    nbformat_minor: 5,
  };
  return JSON.stringify(sortKeys(file), null, 1) + "\n";
}

/** Saves a notebook at `path`, making its folder where it is missing. */
export async function writeNotebook(path: string, notebook: Notebook): Promise<void> {
  await writeFileWhole(path, serializeNotebook(notebook));
}

/**
 * Writes `text` beside `path` and renames it into place, so that no reader and no interruption ever
 * meets half a file.
 */
export async function writeFileWhole(path: string, text: string): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${crypto.randomUUID().slice(0, 8)}.part`;
  try {
    await Deno.writeTextFile(unfinished, text);
    await Deno.rename(unfinished, path);
  } catch (error) {
    await Deno.remove(unfinished).catch(() => {}); // it may not have come into being
    throw error;
  }
}

function cellToFile(cell: Cell): Json {
  const { id, cell_type, metadata } = cell;
  const common = { id, cell_type, metadata, source: splitLines(cell.source) };
  if (cell.cell_type === "code") {
    const { execution_count, outputs } = cell;
    return { ...common, execution_count, outputs: outputs.map(outputToFile) };
  }
  if (cell.attachments === undefined) return common;
  const attachments = Object.entries(cell.attachments).map((
    [name, data],
  ) => [name, splitData(data)]);
  return { ...common, attachments: Object.fromEntries(attachments) };
}

function outputToFile(output: Output): Json {
  switch (output.output_type) {
    case "stream":
      return { ...output, text: splitLines(output.text) };
    case "display_data":
    case "execute_result":
      return { ...output, data: splitData(output.data) };
    case "error":
      return { ...output };
  }
}

function splitData(data: MimeBundle): Json {
  const isText = (mime: string) =>
    mime.startsWith("text/") || mime === "image/svg+xml" || mime === "application/javascript";
  return Object.fromEntries(
    Object.entries(data).map(([mime, value]) => [
      mime,
      isText(mime) && typeof value === "string" ? splitLines(value) : value,
    ]),
  );
}

/** Lines that keep their newline; the empty text has none. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sortKeys(value[key])]));
}
