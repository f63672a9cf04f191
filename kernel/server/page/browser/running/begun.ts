// Which requests kernels have begun to run; the others wait for their turn.

import type { ISessionContext } from "@jupyterlab/apputils";
import type { KernelMessage } from "@jupyterlab/services";

const begun = new Set<string>();

/** Whether a kernel has begun to run the request with this message id. */
export function hasBegun(messageId: string | undefined): boolean {
  return messageId !== undefined && begun.has(messageId);
}

/** Notes that a request is being run. */
export function noteBegun(messageId: string): void {
  begun.add(messageId);
}

/** Notes what a session's kernel begins and ends to run from now on. */
export function watchBegun(sessionContext: ISessionContext): void {
  sessionContext.iopubMessage.connect((_, { header, parent_header, content }) => {
    const { msg_id } = parent_header as KernelMessage.IHeader;
    if (header.msg_type === "execute_input") noteBegun(msg_id);
    const { execution_state } = content as KernelMessage.IStatusMsg["content"];
    if (header.msg_type === "status" && execution_state === "idle") begun.delete(msg_id);
  });
}
