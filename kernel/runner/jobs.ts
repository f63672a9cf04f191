// What the runner is about to do, checked as a whole before anything runs: the notebooks read, their
// parameters set, the files that will be written named.

import { basename, extname, join, resolve } from "@std/path";
import { isObject, type Notebook, NotebookError } from "../notebook/format.ts";
import { findParameters, type ParameterChange, setParameters } from "../notebook/parameters.ts";
import { readNotebook } from "../notebook/read.ts";
import type { RunnerArguments } from "./arguments.ts";

/** One notebook to run. */
export interface Job {
  /** Its file name without `.ipynb`. */
  name: string;
  /** Where it lies. */
  path: string;
  /** The notebook, with its parameters set. */
  notebook: Notebook;
  /** What was set. */
  changes: ParameterChange[];
  /** Where the notebook with its outputs goes. */
  output: string;
  /** Where its page goes, if one is wanted. */
  page?: string;
}

/**
 * Reads the notebooks and sets their parameters.
 *
 * @param folder where paths on the command line start
 * @throws {NotebookError} if one cannot be used, or a parameter cannot be set
 */
export async function prepareJobs(
  { notebooks, parameters, out, html }: RunnerArguments,
  folder: string,
): Promise<Job[]> {
  const jobs: Job[] = [];
  for (const typed of notebooks) {
    const path = resolve(folder, typed);
    const name = basename(path, extname(path));
    if (jobs.some((job) => job.name === name)) {
      throw new NotebookError(
        `Two notebooks are called ${name}, and both would be written to ${out}; run them one by one.`,
      );
    }
    const notebook = await readNotebook(path);
    expectOurLanguage(notebook, basename(path));
    const output = resolve(folder, out, `${name}.ipynb`);
    const page = html ? join(resolve(folder, out), `${name}.html`) : undefined;
    jobs.push({ name, path, notebook, changes: [], output, page });
  }
  // With several notebooks, a parameter is set in those that have it; one of them must.
  const known = await Promise.all(jobs.map(({ notebook }) => findParameters(notebook)));
  for (const [index, job] of jobs.entries()) {
    const mine = new Set(known[index].map(({ name }) => name));
    const theirs = new Set(known.flat().map(({ name }) => name));
    const values = [...parameters].filter(([name]) => mine.has(name) || !theirs.has(name));
    const options = { name: basename(job.path), folder };
    job.changes = await setParameters(job.notebook, new Map(values), options);
  }
  return jobs;
}

function expectOurLanguage({ metadata: { kernelspec } }: Notebook, name: string): void {
  const language = isObject(kernelspec) ? kernelspec.language : undefined;
  if (typeof language !== "string") return;
  if (["typescript", "javascript"].includes(language.toLowerCase())) return;
  throw new NotebookError(
    `${name} is written in ${language}, and the cells that run here are TypeScript; run it with its own kernel.`,
  );
}
