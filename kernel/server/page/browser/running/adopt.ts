// Takes up a run that an earlier visit to the page began: its cell shows what it has put out, and what it puts out
// from now on.

import type { CodeCell } from "@jupyterlab/cells";
import type { Kernel, KernelMessage } from "@jupyterlab/services";
import { KernelShellFutureHandler } from "@jupyterlab/services/lib/kernel/future.js";
import { noteBegun } from "./begun.ts";
import type { RecordedExecution } from "./recording.ts";

/** A kernel connection with what it keeps to itself: whom it tells of what a request causes, and of displays. */
interface OpenKernel {
  _futures?: Map<string, Kernel.IShellFuture>;
  _displayIdToParentIds: Map<string, string[]>;
}

/** An output area with what it keeps to itself: where it has shown what. */
interface OpenOutputArea {
  _displayIdMap: Map<string, number[]>;
  _setFuture(future: Kernel.IShellFuture, clear: boolean): void;
}

/** The future of an execution. */
type ExecutionFuture = KernelShellFutureHandler<
  KernelMessage.IExecuteRequestMsg,
  KernelMessage.IExecuteReplyMsg
>;

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
 * Lets a cell hear of what its run causes from now on: outputs, and updates of those that it shows.
 *
 * @returns undefined if somebody hears already
 */
export function listen(
  cell: CodeCell,
  { kernel, run }: { kernel: Kernel.IKernelConnection; run: RecordedExecution },
): ExecutionFuture | undefined {
  const { _futures: futures, _displayIdToParentIds: shownBy } = kernel as unknown as OpenKernel;
  const area = cell.outputArea as unknown as OpenOutputArea;
  if (futures === undefined || futures.has(run.msg_id)) return undefined;
  const request = { header: { msg_id: run.msg_id }, content: {} };
  const future: ExecutionFuture = new KernelShellFutureHandler(
    () => futures.delete(run.msg_id),
    request as KernelMessage.IExecuteRequestMsg,
    false, // the reply went to the earlier visit
    false, // other cells may update what this one has shown
    kernel,
  );
  futures.set(run.msg_id, future as unknown as Kernel.IShellFuture);
  for (const [id, places] of Object.entries(run.displays ?? {})) {
    area._displayIdMap.set(id, [...places]);
    shownBy.set(id, [...shownBy.get(id) ?? [], run.msg_id]);
  }
  area._setFuture(future as unknown as Kernel.IShellFuture, false);
  return future;
}

/**
 * Shows a cell as running, until its run ends.
 *
 * @param missed messages of the run that came after what was recorded
 */
export async function follow(
  { model }: CodeCell,
  { future, run, missed }: {
    future: ExecutionFuture;
    run: RecordedExecution;
    missed: KernelMessage.IIOPubMessage[];
  },
): Promise<void> {
  future.registerMessageHook((message) => {
    if (message.header.msg_type !== "execute_input") return true;
    const { execution_count } = message.content as KernelMessage.IExecuteInputMsg["content"];
    model.executionCount = execution_count;
    model.executionState = "running"; // which the count ends
    return true;
  });
  if (run.execution_state === "busy") noteBegun(run.msg_id, run.started ?? null);
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
