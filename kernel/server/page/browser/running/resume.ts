// Brings a notebook that was opened again up to date with what its cells have done meanwhile.

import { CodeCell } from "@jupyterlab/cells";
import type { NotebookPanel } from "@jupyterlab/notebook";
import type { Kernel, KernelMessage } from "@jupyterlab/services";
import { follow, listen, showRecorded } from "./adopt.ts";
import { fetchRecording, type Recording } from "./recording.ts";

/** How often, and with which pause in milliseconds, a message is waited for that the recording has already. */
const TRIES = 5;
const PAUSE = 150;

/** Shows in a notebook's cells what the kernel has recorded of them, and follows those that still run. */
export async function resume(
  panel: NotebookPanel,
  kernel: Kernel.IKernelConnection,
): Promise<void> {
  const heard: KernelMessage.IIOPubMessage[] = [];
  const asked = new Set<unknown>();
  const note = (_: Kernel.IKernelConnection, { msg, direction }: Kernel.IAnyMessageArgs) => {
    if (direction === "send") {
      if (msg.header.msg_type === "execute_request") asked.add(msg.metadata.cellId);
    } else if (msg.channel === "iopub") {
      heard.push(msg as KernelMessage.IIOPubMessage);
    }
  };
  kernel.anyMessage.connect(note);
  try {
    // Whoever has been answered is listening.
    await kernel.info;
    const recording = await recordingInStep(kernel, heard);
    await panel.context.ready;
    if (recording !== undefined && !panel.isDisposed) {
      apply(recording, { panel, kernel, heard, asked });
    }
  } finally {
    kernel.anyMessage.disconnect(note);
  }
}

/** A recording that contains no message which is still under way. */
async function recordingInStep(
  kernel: Kernel.IKernelConnection,
  heard: readonly KernelMessage.IIOPubMessage[],
): Promise<Recording | undefined> {
  let recording: Recording | undefined;
  for (let tries = 0; tries < TRIES; tries++) {
    recording = await fetchRecording(kernel);
    const last = recording?.last_msg_id;
    if (last == null || heard.some(({ header }) => header.msg_id === last)) break;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  return recording;
}

function apply(
  { cells, last_msg_id }: Recording,
  { panel, kernel, heard, asked }: {
    panel: NotebookPanel;
    kernel: Kernel.IKernelConnection;
    heard: readonly KernelMessage.IIOPubMessage[];
    /** The ids of the cells that this page has run meanwhile: it hears all of those runs itself. */
    asked: ReadonlySet<unknown>;
  },
): void {
  const contained = heard.findIndex(({ header }) => header.msg_id === last_msg_id);
  const later = heard.slice(contained + 1);
  for (const cell of panel.content.widgets) {
    const run = cells[cell.model.id];
    if (run === undefined || asked.has(cell.model.id) || !(cell instanceof CodeCell)) continue;
    const isDone = run.execution_state === "done";
    if (!isDone || run.execution_count !== cell.model.executionCount) showRecorded(cell, run);
    const future = listen(cell, { kernel, run });
    if (isDone || future === undefined) continue;
    const missed = later.filter(({ parent_header }) =>
      (parent_header as KernelMessage.IHeader).msg_id === run.msg_id
    );
    void follow(cell, { future, run, missed });
  }
}
