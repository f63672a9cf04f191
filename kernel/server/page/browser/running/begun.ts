// Which requests kernels have begun to run; the others wait for their turn.

import type { ISessionContext } from "@jupyterlab/apputils";
import type { KernelMessage } from "@jupyterlab/services";

/** When, by the requests' message ids, in milliseconds since the epoch. */
const begun = new Map<string, number>();

/** When a kernel began to run the request with this message id; undefined if it has not. */
export function begunAt(messageId: string | undefined): number | undefined {
  return messageId === undefined ? undefined : begun.get(messageId);
}

/** Notes that a request is being run, since a date in ISO 8601. */
export function noteBegun(messageId: string, date: string | null): void {
  const time = Date.parse(date ?? "");
  begun.set(messageId, Number.isNaN(time) ? Date.now() : time);
}

/** Notes what a session's kernel begins and ends to run from now on. */
export function watchBegun(sessionContext: ISessionContext): void {
  sessionContext.iopubMessage.connect((_, { header, parent_header, content }) => {
    const { msg_id } = parent_header as KernelMessage.IHeader;
    if (header.msg_type === "execute_input") noteBegun(msg_id, header.date);
    const { execution_state } = content as KernelMessage.IStatusMsg["content"];
    if (header.msg_type === "status" && execution_state === "idle") begun.delete(msg_id);
  });
}
