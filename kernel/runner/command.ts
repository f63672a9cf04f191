// The runner as a command: one notebook after the other, each in a kernel of its own, each written with its
// outputs, and a table at the end where there were several.

import { dirname, relative, resolve } from "@std/path";
import type { KernelProcessOptions } from "../client/kernel_process.ts";
import { NotebookError } from "../notebook/format.ts";
import { notebookToHtml } from "../notebook/html.ts";
import { duration } from "../notebook/time.ts";
import { writeFileWhole, writeNotebook } from "../notebook/write.ts";
import { HELP, readArguments } from "./arguments.ts";
import { type Job, prepareJobs } from "./jobs.ts";
import { Progress } from "./progress.ts";
import { runNotebook, type RunOutcome } from "./run_notebook.ts";

/** What the command needs of the world around it. */
export interface CommandOptions {
  /** The folder where paths on the command line start. */
  folder: string;
  /** The command line that starts a kernel. */
  kernelArguments: KernelProcessOptions["arguments"];
  /** Takes what is said to the user. */
  write: (text: string) => void;
  /** Takes what went wrong. */
  writeError: (text: string) => void;
  /** The width of the user's terminal, or undefined where there is none. */
  columns?: () => number | undefined;
  /** Interrupts the running cell when it aborts, and ends the run. */
  interrupt?: AbortSignal;
  /** Ends the kernel at once when it aborts. */
  kill?: AbortSignal;
}

/**
 * Runs the command.
 *
 * @param args the command line: notebooks and options
 * @returns the exit code: 0, 1 if something failed, 130 if it was interrupted
 */
export async function runCommand(args: string[], options: CommandOptions): Promise<number> {
  const { folder, write, writeError } = options;
  try {
    const wanted = readArguments(args);
    if (wanted.help) {
      write(HELP);
      return 0;
    }
    const jobs = await prepareJobs(wanted, folder);
    await expectWritable(resolve(folder, wanted.out));
    const outcomes: RunOutcome[] = [];
    for (const job of jobs) {
      const outcome = await runJob(job, options);
      outcomes.push(outcome);
      if (outcome.status !== "done") break;
    }
    if (jobs.length > 1) write(`\n${summary(jobs, { outcomes, folder })}`);
    const { status } = outcomes.at(-1)!;
    return status === "done" ? 0 : status === "interrupted" ? 130 : 1;
  } catch (error) {
    if (!(error instanceof NotebookError)) throw error;
    writeError(`${error.message}\n`);
    return 1;
  }
}

async function runJob(job: Job, options: CommandOptions): Promise<RunOutcome> {
  const { folder, kernelArguments, write, writeError, columns, interrupt, kill } = options;
  const progress = new Progress({ write, columns });
  const changes = job.changes.map(({ name, value }) => `${name} = ${value}`);
  progress.say([shortPath(job.path, folder), ...changes].join("\n  with "));
  const outcome = await runNotebook(job.notebook, {
    kernel: { arguments: kernelArguments, folder: dirname(job.path) },
    progress,
    interrupt,
    kill,
    save: () => save(job.output, () => writeNotebook(job.output, job.notebook)),
  });
  await save(job.output, () => writeNotebook(job.output, job.notebook));
  if (job.page !== undefined) {
    const page = job.page;
    const html = await notebookToHtml(job.notebook, {
      name: `${job.name}.ipynb`,
      folder: dirname(job.path),
    });
    await save(page, () => writeFileWhole(page, html));
  }
  if (outcome.status === "failed") writeError(`\n${outcome.error}\n\n`);
  if (outcome.status === "interrupted") progress.say("interrupted");
  const files = filesOf(job, folder).join(" and ");
  progress.say(`wrote ${files} after ${duration(outcome.milliseconds)}`);
  return outcome;
}

/** Finds out before an hour of running, not after it, that nothing can be written to a folder. */
async function expectWritable(folder: string): Promise<void> {
  await save(folder, async () => {
    await Deno.mkdir(folder, { recursive: true });
    await Deno.remove(await Deno.makeTempFile({ dir: folder }));
  });
}

/** Writes a file, and says so in a sentence where that is impossible. */
async function save(path: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new NotebookError(
      `${path} cannot be written (${reason}); choose another folder with --out.`,
    );
  }
}

function filesOf({ output, page }: Job, folder: string): string[] {
  const files = page === undefined ? [output] : [output, page];
  return files.map((file) => shortPath(file, folder));
}

/** A path as seen from `folder` where it lies in it. */
function shortPath(path: string, folder: string): string {
  const short = relative(folder, path);
  return short.startsWith("..") ? path : short;
}

/** What became of each notebook, as a table. */
function summary(
  jobs: Job[],
  { outcomes, folder }: { outcomes: RunOutcome[]; folder: string },
): string {
  const rows = jobs.map((job, index) => {
    const outcome = outcomes[index];
    if (outcome === undefined) return [job.name, "not run", "", ""];
    const { status, ran, cells, milliseconds } = outcome;
    return [
      job.name,
      status === "done" ? String(cells) : `${ran} of ${cells}, ${status}`,
      duration(milliseconds),
      filesOf(job, folder).join(", "),
    ];
  });
  const total = outcomes.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const table = [["notebook", "cells", "time", "written"], ...rows, ["", "", duration(total), ""]];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column].length)));
  return table.map(([name, cells, time, files]) =>
    `${name.padEnd(widths[0])}  ${cells.padEnd(widths[1])}  ${time.padStart(widths[2])}  ${files}`
      .trimEnd() + "\n"
  ).join("");
}
