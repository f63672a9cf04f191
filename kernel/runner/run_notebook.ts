// Runs the cells of one notebook in a kernel, as a front end would that presses "run all": in order, keeping
// every output, until the end or the first cell that fails.

import { KernelClient, type StartOptions } from "../client/kernel_client.ts";
import { KernelDiedError } from "../client/kernel_process.ts";
import {
  cellTags,
  type CodeCell,
  isObject,
  type JsonObject,
  type Notebook,
} from "../notebook/format.ts";
import { OutputCollector } from "../notebook/outputs.ts";
import { terminalToText } from "../notebook/terminal.ts";
import type { Message } from "../protocol/message.ts";
import type { Progress } from "./progress.ts";

/** Options of {@linkcode runNotebook}. */
export interface RunOptions {
  /** The kernel to start. */
  kernel: StartOptions;
  progress: Progress;
  /** Interrupts the running cell when it aborts; no other cell runs after that. */
  interrupt?: AbortSignal;
  /** Ends the kernel at once when it aborts. */
  kill?: AbortSignal;
  /** Called after every cell, when the notebook holds its outputs. */
  save?: () => Promise<void>;
}

/** What came of a run. */
export interface RunOutcome {
  status: "done" | "failed" | "interrupted";
  /** Code cells that ran, and that there are. */
  ran: number;
  cells: number;
  milliseconds: number;
  /** What the failing cell, or the kernel, said; empty where nothing failed. */
  error: string;
}

/** How long a cell may take to stop after an interrupt before its kernel is ended, in milliseconds. */
const INTERRUPT_PATIENCE = 20_000;

/**
 * Runs all code cells of `notebook` and puts their outputs into it.
 *
 * A cell tagged `raises-exception` may fail; one tagged `skip-execution` does not run.
 */
export async function runNotebook(notebook: Notebook, options: RunOptions): Promise<RunOutcome> {
  const { kernel, interrupt, kill } = options;
  const cells = cellsToRun(notebook);
  const started = performance.now();
  const outcome: RunOutcome = {
    status: "done",
    ran: 0,
    cells: cells.length,
    milliseconds: 0,
    error: "",
  };
  let client: KernelClient | undefined;
  const end = () => void client?.shutdown({ grace: 0 });
  kill?.addEventListener("abort", end);
  try {
    const stop = [interrupt, kill].filter((signal) => signal !== undefined);
    client = await KernelClient.start({
      ...kernel,
      // What nobody typed is no history.
      environment: { DIALS_HISTORY: "", ...kernel.environment },
      signal: AbortSignal.any(stop),
    });
    describeKernel(notebook, client);
    await runCells(cells, { ...options, client, outcome });
  } catch (error) {
    if (!(error instanceof KernelDiedError)) throw error;
    outcome.status = "failed";
    outcome.error = error.message;
  } finally {
    kill?.removeEventListener("abort", end);
    await client?.shutdown({ grace: interrupt?.aborted ? 1_000 : 5_000 });
  }
  if (interrupt?.aborted || kill?.aborted) outcome.status = "interrupted";
  outcome.milliseconds = performance.now() - started;
  return outcome;
}

async function runCells(
  cells: CodeCell[],
  { client, outcome, progress, interrupt, save }:
    & RunOptions
    & { client: KernelClient; outcome: RunOutcome },
): Promise<void> {
  const outputs = new OutputCollector();
  for (const [index, cell] of cells.entries()) {
    if (interrupt?.aborted) return;
    progress.begin(cell.source, { position: index + 1, total: cells.length });
    let remark = "the kernel ended";
    try {
      outcome.error = await runCell(cell, { client, outputs, progress, interrupt });
      outcome.ran++;
      if (outcome.error !== "") outcome.status = "failed";
      remark = outcome.error === "" ? "" : interrupt?.aborted ? "interrupted" : "failed";
    } finally {
      progress.end(remark);
      await save?.();
    }
    if (outcome.status === "failed") return;
  }
}

/** Runs one cell and returns its error as text, empty where it has none or is allowed to have one. */
async function runCell(
  cell: CodeCell,
  { client, outputs, progress, interrupt }: {
    client: KernelClient;
    outputs: OutputCollector;
    progress: Progress;
    interrupt?: AbortSignal;
  },
): Promise<string> {
  outputs.begin(cell);
  const times: JsonObject = {};
  const onMessage = ({ header, content }: Message) => {
    noteTime(times, header.msg_type, { content, date: header.date });
    progress.print(textOf(header.msg_type, content));
    outputs.receive(cell, { type: header.msg_type, content: content as JsonObject });
  };
  const stopped = Promise.withResolvers<never>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onInterrupt = () => {
    const error = new KernelDiedError(
      `The cell did not stop within ${
        INTERRUPT_PATIENCE / 1000
      } s of the interrupt, so its kernel was ended.`,
    );
    timer = setTimeout(() => stopped.reject(error), INTERRUPT_PATIENCE);
  };
  interrupt?.addEventListener("abort", onInterrupt, { once: true });
  try {
    const executed = client.execute(cell.source, { onMessage, signal: interrupt });
    const { content, header } = await Promise.race([executed, stopped.promise]);
    times["shell.execute_reply"] = header.date;
    if (content.status === "ok" || cellTags(cell).includes("raises-exception")) return "";
    if (content.status !== "error") return "The kernel did not run the cell.";
    const { ename, evalue, traceback } = content;
    return terminalToText(traceback.join("\n").trimEnd()) || `${ename}: ${evalue}`;
  } finally {
    clearTimeout(timer);
    interrupt?.removeEventListener("abort", onInterrupt);
    cell.metadata = { ...cell.metadata, execution: times };
  }
}

/** The code cells that will run, all of them emptied of what an earlier run left. */
function cellsToRun({ cells }: Notebook): CodeCell[] {
  const code = cells.filter((cell) => cell.cell_type === "code");
  for (const cell of code) {
    cell.outputs = [];
    cell.execution_count = null;
    delete cell.metadata.execution;
  }
  return code.filter((cell) =>
    cell.source.trim() !== "" && !cellTags(cell).includes("skip-execution")
  );
}

/** Notes down in the metadata what ran the notebook, as Jupyter does. */
function describeKernel(notebook: Notebook, client: KernelClient): void {
  const { language_info } = client.info;
  notebook.metadata.language_info = { ...language_info } as JsonObject;
  if (!isObject(notebook.metadata.kernelspec)) {
    notebook.metadata.kernelspec = { name: "dials", display_name: "Dials", language: "typescript" };
  }
}

/** The times that JupyterLab keeps of a cell, under its names. */
function noteTime(
  times: JsonObject,
  type: string,
  { content, date }: { content: Record<string, unknown>; date: string },
): void {
  if (type === "execute_input") times["iopub.execute_input"] = date;
  // A kernel may say "busy" again in the middle of a cell, when it has answered something else.
  if (type === "status" && content.execution_state === "busy") times["iopub.status.busy"] ??= date;
  if (type === "status" && content.execution_state === "idle") times["iopub.status.idle"] = date;
}

/** What a message has to say in a line of text. */
function textOf(type: string, { text, data }: Record<string, unknown>): string {
  if (type === "stream") return String(text ?? "");
  const plain = (data as Record<string, unknown> | undefined)?.["text/plain"];
  return typeof plain === "string" ? `\n${plain}\n` : "";
}
