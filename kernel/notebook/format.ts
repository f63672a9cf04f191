// The notebook in memory: nbformat 4.5 with two simplifications. Text that a file may hold as an array
// of lines is always one string here, and the fields that older minors lack (cell ids) are always there.
// `read.ts` makes it from a file, `write.ts` turns it back into one.

/** Anything JSON can say. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON object: what metadata is made of. */
export type JsonObject = { [key: string]: Json };

/** One result in several representations: MIME type to text, base64 or, for JSON types, the value. */
export type MimeBundle = { [mime: string]: Json };

/** Text printed to stdout or stderr. */
export interface StreamOutput {
  output_type: "stream";
  name: "stdout" | "stderr";
  text: string;
}

/** Something a cell displayed. */
export interface DisplayDataOutput {
  output_type: "display_data";
  data: MimeBundle;
  metadata: JsonObject;
}

/** The value of a cell's last expression. */
export interface ExecuteResultOutput {
  output_type: "execute_result";
  data: MimeBundle;
  metadata: JsonObject;
  execution_count: number | null;
}

/** What a cell threw. */
export interface ErrorOutput {
  output_type: "error";
  ename: string;
  evalue: string;
  traceback: string[];
}

/** One output of a code cell. */
export type Output = StreamOutput | DisplayDataOutput | ExecuteResultOutput | ErrorOutput;

/** What every kind of cell has. */
interface CellBase {
  id: string;
  source: string;
  metadata: JsonObject;
}

/** A cell that runs. */
export interface CodeCell extends CellBase {
  cell_type: "code";
  execution_count: number | null;
  outputs: Output[];
}

/** A cell of prose. `attachments` are the images pasted into it: file name to MIME bundle. */
export interface MarkdownCell extends CellBase {
  cell_type: "markdown";
  attachments?: { [name: string]: MimeBundle };
}

/** A cell that is kept as it is. */
export interface RawCell extends CellBase {
  cell_type: "raw";
  attachments?: { [name: string]: MimeBundle };
}

/** One cell of a notebook. */
export type Cell = CodeCell | MarkdownCell | RawCell;

/** A notebook, as nbformat 4.5 has it. */
export interface Notebook {
  nbformat: 4;
  nbformat_minor: 5;
  metadata: JsonObject;
  cells: Cell[];
}

/** A notebook, or something asked of one, that cannot be used; the message says why in one sentence. */
export class NotebookError extends Error {
  override name = "NotebookError";
}

/** The tags of a cell, empty where it has none. */
export function cellTags(cell: Cell): string[] {
  const tags = cell.metadata.tags;
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === "string") : [];
}

/** Whether a MIME type's representation is a JSON value rather than text. */
export function isJsonMime(mime: string): boolean {
  return mime === "application/json" || (mime.startsWith("application/") && mime.endsWith("+json"));
}

/** Whether `value` is a JSON object, neither null nor an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
