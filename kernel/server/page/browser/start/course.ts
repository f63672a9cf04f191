// The course as the start page lists it: the numbered notebooks, each with the title and the first sentences that it
// begins with.

import type { INotebookContent } from "@jupyterlab/nbformat";
import type { Contents } from "@jupyterlab/services";

/** A notebook of the course. */
export interface Lesson {
  path: string;
  /** Such as "2"; empty for a notebook whose title has no number. */
  number: string;
  title: string;
  /** What it is about, in a sentence or two. */
  summary: string;
}

const NUMBERED = /^\d+[_-].*\.ipynb$/;

/** Where the course may be, seen from the served folder. */
const FOLDERS = ["notebooks", ""];

/** The notebooks of the course in order; none where the served folder has no course. */
export async function findCourse(contents: Contents.IManager): Promise<Lesson[]> {
  for (const folder of FOLDERS) {
    const paths = await numberedNotebooks(contents, folder);
    if (paths.length > 0) return Promise.all(paths.map((path) => readLesson(contents, path)));
  }
  return [];
}

async function numberedNotebooks(contents: Contents.IManager, folder: string): Promise<string[]> {
  try {
    const { content } = await contents.get(folder, { type: "directory", content: true });
    return (content as Contents.IModel[])
      .filter(({ type, name }) => type === "notebook" && NUMBERED.test(name))
      .map(({ path }) => path)
      .toSorted();
  } catch {
    return []; // no such folder
  }
}

async function readLesson(contents: Contents.IManager, path: string): Promise<Lesson> {
  try {
    const { content } = await contents.get(path, { type: "notebook", content: true });
    return describe(path, firstText(content));
  } catch {
    return describe(path, ""); // a notebook that cannot be read is still listed
  }
}

function firstText({ cells }: INotebookContent): string {
  const source = cells.find(({ cell_type }) => cell_type === "markdown")?.source ?? "";
  return Array.isArray(source) ? source.join("") : source;
}

/** What a notebook's first Markdown says of it. */
export function describe(path: string, markdown: string): Lesson {
  const name = path.split("/").at(-1)!.replace(/\.ipynb$/, "");
  const [, heading = name] = /^#\s+(.+)$/m.exec(markdown) ?? [];
  const [, number = "", title = heading] = /^(\d+)\s*[·.:]\s*(.+)$/.exec(heading) ?? [];
  const [first = ""] = markdown.replace(/^#.*$/gm, "").trim().split(/\n\s*\n/);
  return { path, number, title, summary: sentences(plain(first)) };
}

/** Markdown's own signs taken out of a text. */
function plain(markdown: string): string {
  return markdown
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll(/[*_`]/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** The first sentences of a text, as many as make a line or two. */
function sentences(text: string): string {
  const all = text.match(/[^.!?]+[.!?]+(\s|$)/g) ?? [text];
  let taken = "";
  for (const sentence of all) {
    if (taken !== "" && taken.length + sentence.length > 150) break;
    taken += sentence;
  }
  return taken.trim();
}
