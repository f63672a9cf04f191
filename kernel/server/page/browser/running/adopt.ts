// Takes up a run that an earlier visit to the page began: its cell shows what it has put out, and what it puts out
// from now on.

import type { CodeCell } from "@jupyterlab/cells";
import type { Kernel, KernelMessage } from "@jupyterlab/services";
import { KernelShellFutureHandler } from "@jupyterlab/services/lib/kernel/future.js";
import { noteBegun } from "./begun.ts";
import type { RecordedExecution } from "./recording.ts";

/** A kernel connection with what it keeps to itself: whom it tells of replies. */
type OpenKernel = Kernel.IKernelConnection & {
  _futures?: Map<string, Kernel.IShellFuture>;
};

/** An output area with what it keeps to itself: where it has shown what. */
interface OpenOutputArea {
  _displayIdMap: Map<string, number[]>;
  _setFuture(future: Kernel.IShellFuture, clear: boolean): void;
}

/** Shows in a cell what has been recorded of its run. */
export function showRecorded(
  cell: CodeCell,
  { outputs, execution_count }: RecordedExecution,
): void {
  const { model } = cell;
  model.trusted = true; // it ran here
  model.outputs.fromJSON(outputs);
  model.executionCount = execution_count;
}

/**
 * Follows a run that goes on.
 *
 * @param missed messages of the run that came after what was recorded
 */
export async function follow(
  cell: CodeCell,
  { kernel, run, missed }: {
    kernel: Kernel.IKernelConnection;
    run: RecordedExecution;
    missed: KernelMessage.IIOPubMessage[];
  },
): Promise<void> {
  const { model, outputArea } = cell;
  const futures = (kernel as OpenKernel)._futures;
  const area = outputArea as unknown as OpenOutputArea;
  if (futures === undefined || futures.has(run.msg_id)) return;
  const request = {
    header: { msg_id: run.msg_id },
    content: {},
  } as KernelMessage.IExecuteRequestMsg;
  const future = new KernelShellFutureHandler<
    KernelMessage.IExecuteRequestMsg,
    KernelMessage.IExecuteReplyMsg
  >(() => futures.delete(run.msg_id), request, false, true, kernel);
  futures.set(run.msg_id, future as unknown as Kernel.IShellFuture);
  future.registerMessageHook((message) => {
    if (message.header.msg_type !== "execute_input") return true;
    const { execution_count } = message.content as KernelMessage.IExecuteInputMsg["content"];
    model.executionCount = execution_count;
    model.executionState = "running"; // which the count ends
    return true;
  });
  for (const [id, indices] of Object.entries(run.displays ?? {})) {
    area._displayIdMap.set(id, [...indices]);
  }
  if (run.execution_state === "busy") noteBegun(run.msg_id);
  area._setFuture(future as unknown as Kernel.IShellFuture, false);
  model.executionState = "running";
  for (const message of missed) await future.handleMsg(message);
  try {
    await future.done;
  } catch {
    // The kernel was restarted.
  } finally {
    if (!model.isDisposed) model.executionState = "idle";
  }
}
