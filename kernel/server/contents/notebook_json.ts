// Notebooks between the file, where long text is a list of lines, and the API, where it is one string. Beyond
// that everything stays as it is, also what this project's own notebook format does not know: saving a notebook
// must not lose what another program has put into it.

import {
  isJsonMime,
  isObject,
  type Json,
  type JsonObject,
  type MimeBundle,
} from "../../notebook/format.ts";
import { sortKeys, splitData, splitLines } from "../../notebook/write.ts";
import { RequestError } from "../errors.ts";

/**
 * The notebook in a file's text, with long text as single strings.
 *
 * @throws {RequestError} 400 if it is none in nbformat 4
 */
export function readNotebookJson(text: string, path: string): JsonObject {
  let notebook: Json;
  try {
    notebook = JSON.parse(text);
  } catch (error) {
    throw new RequestError(
      400,
      `Unreadable Notebook: ${path} is not JSON (${(error as Error).message})`,
    );
  }
  return changeText(expectNotebook(notebook, path), { text: joinLines, bundle: joinData });
}

/**
 * The text of a notebook's file, as Jupyter writes it: keys sorted, one space of indentation.
 *
 * @throws {RequestError} 400 if it is no notebook in nbformat 4
 */
export function writeNotebookJson(notebook: Json, path: string): string {
  // Sorted first: texts as lines are many values, among which there is nothing to sort.
  const sorted = sortKeys(stripTransient(expectNotebook(notebook, path))) as JsonObject;
  const file = changeText(sorted, { text: splitText, bundle: splitData });
  return `${JSON.stringify(file, null, 1)}\n`;
}

/** The cells of a notebook that are code. */
export function codeCells(notebook: JsonObject): JsonObject[] {
  return cellsOf(notebook).filter((cell) => cell.cell_type === "code");
}

/** A notebook as it was before a front end, or this server, noted in it what belongs in no file. */
export function stripTransient(notebook: JsonObject): JsonObject {
  const {
    orig_nbformat: _format,
    orig_nbformat_minor: _minor,
    signature: _signature,
    ...metadata
  } = isObject(notebook.metadata) ? notebook.metadata : {};
  const cells = cellsOf(notebook).map((cell) => {
    const { trusted: _trusted, ...others } = isObject(cell.metadata) ? cell.metadata : {};
    return { ...cell, metadata: others };
  });
  return { ...notebook, metadata, cells };
}

function expectNotebook(notebook: Json, path: string): JsonObject {
  if (!isObject(notebook) || typeof notebook.nbformat !== "number") {
    throw new RequestError(
      400,
      `Unreadable Notebook: ${path} is no notebook; it names no nbformat`,
    );
  }
  if (notebook.nbformat !== 4) {
    throw new RequestError(
      400,
      `Unreadable Notebook: ${path} is written in nbformat ${notebook.nbformat}; convert it with ` +
        "`jupyter nbconvert --to notebook --nbformat 4`",
    );
  }
  if (!Array.isArray(notebook.cells) || !notebook.cells.every(isObject)) {
    throw new RequestError(400, `Unreadable Notebook: ${path} has no list of cells`);
  }
  return notebook;
}

function cellsOf(notebook: JsonObject): JsonObject[] {
  return notebook.cells as JsonObject[];
}

/** How the texts of a notebook are changed. */
interface Change {
  text: (text: Json) => Json;
  bundle: (bundle: MimeBundle) => MimeBundle;
}

/** Changes every text of a notebook that a file may hold as lines. */
function changeText(notebook: JsonObject, { text, bundle }: Change): JsonObject {
  const ofBundle = (data: Json) => isObject(data) ? bundle(data) : data;
  const ofOutput = (output: Json): Json =>
    isObject(output)
      ? {
        ...output,
        ...("text" in output && { text: text(output.text) }),
        ...("data" in output && { data: ofBundle(output.data) }),
      }
      : output;
  const cells = cellsOf(notebook).map((cell) => ({
    ...cell,
    ...("source" in cell && { source: text(cell.source) }),
    ...(Array.isArray(cell.outputs) && { outputs: cell.outputs.map(ofOutput) }),
    ...(isObject(cell.attachments) && {
      attachments: Object.fromEntries(
        Object.entries(cell.attachments).map(([name, data]) => [name, ofBundle(data)]),
      ),
    }),
  }));
  return { ...notebook, cells };
}

function joinLines(text: Json): Json {
  return Array.isArray(text) && text.every((line) => typeof line === "string")
    ? text.join("")
    : text;
}

function joinData(data: MimeBundle): MimeBundle {
  return Object.fromEntries(
    Object.entries(data).map((
      [mime, value],
    ) => [mime, isJsonMime(mime) ? value : joinLines(value)]),
  );
}

function splitText(text: Json): Json {
  return typeof text === "string" ? splitLines(text) : text;
}
