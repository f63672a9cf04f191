// What the cells that front ends have run have put out so far. A page that is opened again, in the middle of a
// run or after it, takes the outputs from here that its file does not hold yet.

import type { CodeCell } from "../../notebook/format.ts";
import { isObject, type Json, type JsonObject, type Output } from "../../notebook/format.ts";
import { OutputCollector } from "../../notebook/outputs.ts";
import type { Message } from "../../protocol/message.ts";

/** How far the run of a cell is. */
export type ExecutionState = "queued" | "busy" | "done";

/** The latest run of one cell. */
export interface RecordedExecution {
  /** The request's message id: its later messages carry it as their parent. */
  msg_id: string;
  execution_state: ExecutionState;
  /** When the kernel took it up, in ISO 8601; null while it waits. */
  started: string | null;
  execution_count: number | null;
  outputs: Output[];
  /** The places of the outputs that were shown under a display id, so that updates find them. */
  displays: Record<string, number[]>;
}

/** What has been recorded, as front ends get it. */
export interface Recording {
  /** The latest IOPub message that is contained; those that come after it are not. */
  last_msg_id: string | null;
  /** The latest run of each cell, by the cell's id. */
  cells: Record<string, RecordedExecution>;
}

interface Run {
  cellId: string;
  msgId: string;
  state: ExecutionState;
  started: string | null;
  cell: CodeCell;
  /** When it was done, in milliseconds since the epoch. */
  doneAt: number;
  bytes: number;
  isCutShort: boolean;
}

/** How many bytes of outputs are kept; beyond, the runs that began first are forgotten. */
const KEPT_BYTES = 256 * 2 ** 20;

/** How many bytes of outputs are kept of one run: a loop that prints without end must not fill the memory. */
const KEPT_BYTES_OF_RUN = 128 * 2 ** 20;

/** How long after its end a run may be missing in a file that is saved, because its page had not yet seen it. */
const SAVING_DELAY = 10_000;

/** Records the runs of one kernel's cells. */
export class Recorder {
  readonly #collector = new OutputCollector();
  /** The latest run of each cell, in the order in which they were asked for. */
  readonly #runs = new Map<string, Run>();
  readonly #byMessage = new Map<string, Run>();
  #bytes = 0;
  #lastMessage: string | null = null;

  /** Whether a message of the kernel would be recorded. */
  isInterestedIn(parentId: string): boolean {
    return this.#byMessage.has(parentId);
  }

  /** A front end has sent something to the kernel: requests that run a cell say which, in their metadata. */
  request({ header, metadata, content }: Message): void {
    const { cellId, deletedCells } = metadata;
    if (header.msg_type !== "execute_request" || typeof cellId !== "string") return;
    if (Array.isArray(deletedCells)) deletedCells.forEach((id) => this.#forget(String(id)));
    this.#forget(cellId);
    const cell: CodeCell = {
      cell_type: "code",
      id: cellId,
      source: String(content.code ?? ""),
      metadata: {},
      execution_count: null,
      outputs: [],
    };
    const run: Run = {
      cellId,
      msgId: header.msg_id,
      state: "queued",
      started: null,
      cell,
      doneAt: Infinity,
      bytes: 0,
      isCutShort: false,
    };
    this.#runs.set(cellId, run);
    this.#byMessage.set(run.msgId, run);
  }

  /** The kernel has broadcast something, of so many bytes, that a recorded run caused. */
  broadcast({ header, parent_header, content }: Message, bytes: number): void {
    const run = this.#byMessage.get(parent_header.msg_id ?? "");
    if (run === undefined) return;
    if (header.msg_type === "status") {
      if (content.execution_state === "busy") {
        run.state = "busy";
        run.started ??= header.date; // a kernel may say "busy" again in the middle of a cell
      }
      if (content.execution_state === "idle") this.#finish(run);
      return;
    }
    if (run.bytes + bytes > KEPT_BYTES_OF_RUN) return this.#cutShort(run);
    const before = run.cell.outputs;
    this.#collector.receive(run.cell, { type: header.msg_type, content: content as JsonObject });
    if (run.cell.outputs !== before) this.#weigh(run, -run.bytes); // they have been cleared
    if (header.msg_type !== "update_display_data") this.#weigh(run, bytes);
    for (const oldest of this.#runs.values()) {
      if (this.#bytes <= KEPT_BYTES || oldest === run) break;
      this.#forget(oldest.cellId);
    }
  }

  /** The latest IOPub message, recorded or not. */
  passed(messageId: string): void {
    this.#lastMessage = messageId;
  }

  /** The kernel is gone, and with it what waited or ran. */
  end(): void {
    for (const run of this.#runs.values()) if (run.state !== "done") this.#finish(run);
  }

  /** A notebook has been saved: the runs whose outcome its file holds need not be kept. */
  saved(notebook: Json): void {
    if (!isObject(notebook) || !Array.isArray(notebook.cells)) return;
    for (const cell of notebook.cells) {
      if (!isObject(cell)) continue;
      const run = this.#runs.get(String(cell.id));
      if (run === undefined || run.state !== "done") continue;
      const holds = run.cell.execution_count !== null &&
        cell.execution_count === run.cell.execution_count;
      if (holds || Date.now() - run.doneAt > SAVING_DELAY) this.#forget(run.cellId);
    }
  }

  /** What has been recorded so far. */
  recording(): Recording {
    const cells: Recording["cells"] = {};
    for (const { cellId, msgId, state, started, cell } of this.#runs.values()) {
      cells[cellId] = {
        msg_id: msgId,
        execution_state: state,
        started,
        execution_count: cell.execution_count,
        outputs: cell.outputs,
        displays: this.#collector.displaysIn(cell),
      };
    }
    return { last_msg_id: this.#lastMessage, cells };
  }

  #cutShort(run: Run): void {
    if (run.isCutShort) return;
    run.isCutShort = true;
    const text = "\nWhat the cell put out after this was more than is kept.\n";
    this.#collector.receive(run.cell, { type: "stream", content: { name: "stderr", text } });
  }

  #finish(run: Run): void {
    run.state = "done";
    run.doneAt = Date.now();
  }

  #weigh(run: Run, bytes: number): void {
    run.bytes += bytes;
    this.#bytes += bytes;
  }

  #forget(cellId: string): void {
    const run = this.#runs.get(cellId);
    if (run === undefined) return;
    this.#runs.delete(cellId);
    this.#byMessage.delete(run.msgId);
    this.#weigh(run, -run.bytes);
  }
}
