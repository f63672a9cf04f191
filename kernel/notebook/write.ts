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
 * Writes a file beside `path` and renames it into place, so that no reader and no interruption ever
 * meets half a file. The permissions of the file that was there stay.
 */
export async function writeFileWhole(path: string, data: string | Uint8Array): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${crypto.randomUUID().slice(0, 8)}.part`;
  try {
    await writeThrough(
      unfinished,
      typeof data === "string" ? new TextEncoder().encode(data) : data,
    );
    const mode = (await Deno.stat(path).catch(() => undefined))?.mode;
    if (typeof mode === "number" && Deno.build.os !== "windows") {
      await Deno.chmod(unfinished, mode & 0o777);
    }
    await Deno.rename(unfinished, path);
  } catch (error) {
    await Deno.remove(unfinished).catch(() => {}); // it may not have come into being
    throw error;
  }
}

/** Writes a new file and waits until it is on the disk, not only in the system's memory. */
async function writeThrough(path: string, bytes: Uint8Array): Promise<void> {
  using file = await Deno.open(path, { write: true, createNew: true });
  while (bytes.length > 0) bytes = bytes.subarray(await file.write(bytes));
  await file.sync();
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

/** A MIME bundle as a file has it: texts as lines. */
export function splitData(data: MimeBundle): MimeBundle {
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
export function splitLines(text: string): string[] {
  const lines: string[] = [];
  let start = 0;
  for (let end; (end = text.indexOf("\n", start)) >= 0; start = end + 1) {
    lines.push(text.slice(start, end + 1));
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}

/** The same value with the keys of every object in order. */
export function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sortKeys(value[key])]));
}
