// A notebook's parameters: the declarations with a literal value in the cells tagged `parameters`. Setting one
// replaces just the literal's text in the cell, so that comments and layout stay and the saved notebook shows
// exactly what ran.

import { resolve } from "@std/path";
import { cellTags, type Notebook, NotebookError } from "./format.ts";
import { findDeclarations, type LiteralKind, readLiteral } from "./literals.ts";

/** A value that can be set from outside the notebook. */
export interface Parameter {
  /** Its name in the cell. */
  name: string;
  /** What its value may be; empty where the code does not tell, and then anything goes. */
  kinds: LiteralKind[];
  /** The texts allowed, where its type is a union of string literals. */
  choices?: string[];
  /** The value it has, as the cell writes it. */
  value: string;
  /** The index of its cell, and where in the source the value stands. */
  cell: number;
  start: number;
  end: number;
}

/** One parameter that was given another value, as the cell writes it. */
export interface ParameterChange {
  name: string;
  value: string;
}

/** Options of {@linkcode setParameters}. */
export interface SetParametersOptions {
  /** What error messages call the notebook. */
  name?: string;
  /**
   * The folder from which a value may name a file. A string that names an existing file or folder seen
   * from there is set as its absolute path, because the cells run in another folder: the notebook's.
   */
  folder?: string;
}

/** The parameters of a notebook in the order of its cells. Where a name is declared twice, the first counts. */
export async function findParameters(notebook: Notebook): Promise<Parameter[]> {
  const found = new Map<string, Parameter>();
  for (const [index, cell] of notebook.cells.entries()) {
    if (cell.cell_type !== "code" || !cellTags(cell).includes("parameters")) continue;
    for (const declaration of await findDeclarations(cell.source)) {
      if (found.has(declaration.name)) continue;
      found.set(declaration.name, { ...declaration, cell: index });
    }
  }
  return [...found.values()];
}

/**
 * Gives parameters other values, in the notebook itself.
 *
 * @param values name to value, both as typed on a command line
 * @returns what was set
 * @throws {NotebookError} if a name is no parameter of the notebook, or a value is of the wrong kind
 */
export async function setParameters(
  notebook: Notebook,
  values: ReadonlyMap<string, string>,
  { name = "the notebook", folder }: SetParametersOptions = {},
): Promise<ParameterChange[]> {
  if (values.size === 0) return [];
  const parameters = await findParameters(notebook);
  const edits: (Parameter & { text: string })[] = [];
  for (const [wanted, value] of values) {
    const parameter = parameters.find((parameter) => parameter.name === wanted);
    if (parameter === undefined) {
      throw new NotebookError(unknownParameter(wanted, notebook, { name, parameters }));
    }
    edits.push({ ...parameter, text: await literalFor(parameter, value, folder) });
  }
  // From the end to the beginning, so that each edit leaves the positions of those before it alone.
  for (const { cell, start, end, text } of edits.toSorted((a, b) => b.start - a.start)) {
    const { source } = notebook.cells[cell];
    notebook.cells[cell].source = source.slice(0, start) + text + source.slice(end);
  }
  return edits.map(({ name, text }) => ({ name, value: text }));
}

function unknownParameter(
  wanted: string,
  notebook: Notebook,
  { name, parameters }: { name: string; parameters: Parameter[] },
): string {
  if (!notebook.cells.some((cell) => cellTags(cell).includes("parameters"))) {
    return `${name} has no cell tagged "parameters", so ${wanted} cannot be set; ` +
      `tag the cell that declares its hyperparameters.`;
  }
  if (parameters.length === 0) {
    return `The cell tagged "parameters" in ${name} declares no value, so ${wanted} cannot be set; ` +
      `write each as \`const name = value;\`.`;
  }
  const list = parameters.map(({ name, value }) => `${name} (${shorten(value)})`).join(", ");
  return `${name} has no parameter ${wanted}; it has ${list}.`;
}

/** The source text that stands for `value`, if it is of a kind the parameter takes. */
async function literalFor(
  { name, kinds, choices, value: present }: Parameter,
  value: string,
  folder: string | undefined,
): Promise<string> {
  if (choices !== undefined) {
    if (choices.includes(value)) return JSON.stringify(value);
    if (!kinds.some((kind) => kind !== "string")) {
      const allowed = choices.map((choice) => `"${choice}"`).join(", ");
      throw new NotebookError(`${name} cannot be "${value}"; allowed are ${allowed}.`);
    }
  }
  const literal = await readLiteral(value);
  const asString = kinds.length === 0 || (kinds.includes("string") && choices === undefined);
  if (literal !== undefined && literal.kind !== "string") {
    const fits = kinds.length === 0 || kinds.includes(literal.kind);
    if (fits) return literal.text;
  }
  if (asString) return JSON.stringify(await absoluteIfExisting(value, folder));
  throw new NotebookError(
    `${name} is ${describe(kinds)} (now ${shorten(present)}), and "${shorten(value)}" is not.`,
  );
}

async function absoluteIfExisting(value: string, folder: string | undefined): Promise<string> {
  if (folder === undefined || value === "" || value.includes("\n")) return value;
  const path = resolve(folder, value);
  const exists = await Deno.stat(path).then(() => true, () => false); // too long a name is no file either
  return exists ? path : value;
}

function describe(kinds: LiteralKind[]): string {
  const words: Record<LiteralKind, string> = {
    number: "a number",
    boolean: "true or false",
    string: "a string",
    array: "an array such as [1, 2]",
    object: "an object such as { a: 1 }",
    null: "null",
    undefined: "undefined",
  };
  return kinds.map((kind) => words[kind]).join(" or ");
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > 60 ? line.slice(0, 57) + "…" : line;
}
