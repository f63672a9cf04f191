// `deno task tour`: every notebook of the course in order, with a page of each. Takes the runner's options.

import { join } from "@std/path";
import { runProcess } from "./runner/process.ts";

/** The notebooks of a folder, in the order of their names. */
export function notebooksIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)]
    .filter(({ isFile, name }) => isFile && name.endsWith(".ipynb"))
    .map(({ name }) => join(folder, name))
    .sort();
}

if (import.meta.main) {
  const course = join(import.meta.dirname!, "..", "notebooks");
  await runProcess([...notebooksIn(course), "--html", ...Deno.args]);
}
