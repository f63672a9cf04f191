// Reads a notebook file. Every nbformat 4 minor is accepted and lifted to 4.5; anything else is refused
// with a sentence that says what the file is instead, because the usual mistake is the wrong file.

import { basename } from "@std/path";
import {
  type Cell,
  isJsonMime,
  isObject,
  type Json,
  type JsonObject,
  type MimeBundle,
  type Notebook,
  NotebookError,
  type Output,
} from "./format.ts";

/**
 * Reads and checks the notebook at `path`.
 *
 * @throws {NotebookError} if the file is missing, unreadable or not a notebook
 */
export async function readNotebook(path: string): Promise<Notebook> {
  return parseNotebook(await readText(path), { name: basename(path) });
}

/**
 * Parses the text of a notebook file.
 *
 * @param text the JSON text
 * @param options.name what error messages call the notebook
 * @throws {NotebookError} if the text is not a notebook in nbformat 4
 * @see https://nbformat.readthedocs.io/en/latest/format_description.html
 */
export function parseNotebook(text: string, { name = "the notebook" } = {}): Notebook {
  const file = parseJson(text, name);
  if (!isObject(file) || typeof file.nbformat !== "number") {
    throw new NotebookError(
      `${name} is JSON but not a Jupyter notebook (it names no nbformat); give a .ipynb file.`,
    );
  }
  if (file.nbformat !== 4) {
    throw new NotebookError(
      `${name} is written in nbformat ${file.nbformat}, and only nbformat 4 can be read; ` +
        `convert it with \`jupyter nbconvert --to notebook --nbformat 4\`.`,
    );
  }
  if (!Array.isArray(file.cells)) {
    throw new NotebookError(`${name} is no valid notebook: it has no list of cells.`);
  }
  const cells = file.cells.map((cell, index) => readCell(cell, `cell ${index + 1} of ${name}`));
  giveIds(cells);
  const metadata = isObject(file.metadata) ? file.metadata : {};
  return { nbformat: 4, nbformat_minor: 5, metadata, cells };
}

async function readText(path: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new NotebookError(`There is no notebook at ${path}; check the path.`);
    }
    if ((await Deno.stat(path).catch(() => undefined))?.isDirectory) {
      throw new NotebookError(`${path} is a folder; give a notebook (.ipynb) in it.`);
    }
    throw new NotebookError(`${path} cannot be read: ${messageOf(error)}.`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new NotebookError(`${basename(path)} is not UTF-8 text; give a notebook (.ipynb).`);
  }
}

function parseJson(text: string, name: string): Json {
  if (text.trim() === "") throw new NotebookError(`${name} is empty; give a notebook (.ipynb).`);
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = messageOf(error).split("\n")[0].slice(0, 120);
    throw new NotebookError(`${name} is not JSON (${reason}); give a notebook (.ipynb).`);
  }
}

function readCell(cell: Json, where: string): Cell {
  if (!isObject(cell)) throw new NotebookError(`${capital(where)} is not a JSON object.`);
  const source = joinLines(cell.source, `the source of ${where}`);
  const metadata = isObject(cell.metadata) ? cell.metadata : {};
  const id = typeof cell.id === "string" ? cell.id : "";
  switch (cell.cell_type) {
    case "code":
      return {
        cell_type: "code",
        id,
        source,
        metadata,
        execution_count: countOf(cell.execution_count),
        outputs: readOutputs(cell.outputs, where),
      };
    case "markdown":
    case "raw":
      return {
        cell_type: cell.cell_type,
        id,
        source,
        metadata,
        ...(isObject(cell.attachments) &&
          { attachments: readAttachments(cell.attachments, where) }),
      };
    default:
      throw new NotebookError(
        `${capital(where)} has the cell_type ${JSON.stringify(cell.cell_type)}; ` +
          `allowed are "code", "markdown" and "raw".`,
      );
  }
}

function readOutputs(outputs: Json | undefined, where: string): Output[] {
  if (outputs === undefined) return [];
  if (!Array.isArray(outputs)) {
    throw new NotebookError(`The outputs of ${where} are not a list.`);
  }
  return outputs.map((output) => readOutput(output, where));
}

function readOutput(output: Json, where: string): Output {
  if (!isObject(output)) throw new NotebookError(`An output of ${where} is not a JSON object.`);
  const metadata = isObject(output.metadata) ? output.metadata : {};
  switch (output.output_type) {
    case "stream":
      return {
        output_type: "stream",
        name: output.name === "stderr" ? "stderr" : "stdout",
        text: joinLines(output.text, `an output of ${where}`),
      };
    case "display_data":
      return { output_type: "display_data", data: readData(output.data, where), metadata };
    case "execute_result":
      return {
        output_type: "execute_result",
        data: readData(output.data, where),
        metadata,
        execution_count: countOf(output.execution_count),
      };
    case "error":
      return {
        output_type: "error",
        ename: String(output.ename ?? ""),
        evalue: String(output.evalue ?? ""),
        traceback: Array.isArray(output.traceback) ? output.traceback.map(String) : [],
      };
    default:
      throw new NotebookError(
        `An output of ${where} has the output_type ${JSON.stringify(output.output_type)}; ` +
          `allowed are "stream", "display_data", "execute_result" and "error".`,
      );
  }
}

function readData(data: Json | undefined, where: string): MimeBundle {
  if (!isObject(data)) throw new NotebookError(`An output of ${where} holds no data.`);
  const bundle: MimeBundle = {};
  for (const [mime, value] of Object.entries(data)) {
    bundle[mime] = isJsonMime(mime) ? value : joinLines(value, `an output of ${where}`);
  }
  return bundle;
}

function readAttachments(attachments: JsonObject, where: string): { [name: string]: MimeBundle } {
  return Object.fromEntries(
    Object.entries(attachments).map(([name, data]) => [name, readData(data, where)]),
  );
}

/** A file holds long text as one string or as an array of lines that still carry their newlines. */
function joinLines(text: Json | undefined, what: string): string {
  if (typeof text === "string") return text;
  if (Array.isArray(text) && text.every((line) => typeof line === "string")) return text.join("");
  throw new NotebookError(`${capital(what)} is neither a string nor a list of strings.`);
}

/**
 * Cell ids came with 4.5. Cells without a valid one get `cell-1`, `cell-2`, …: the same file gives the
 * same ids each time it is read, so that saving it again changes nothing.
 */
function giveIds(cells: Cell[]): void {
  const taken = new Set<string>();
  const without: Cell[] = [];
  for (const cell of cells) {
    if (/^[a-zA-Z0-9_-]{1,64}$/.test(cell.id) && !taken.has(cell.id)) taken.add(cell.id);
    else without.push(cell);
  }
  let number = 0;
  for (const cell of without) {
    do number++; while (taken.has(`cell-${number}`));
    cell.id = `cell-${number}`;
  }
}

function countOf(count: Json | undefined): number | null {
  return typeof count === "number" ? count : null;
}

function capital(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
