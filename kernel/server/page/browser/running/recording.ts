// What the lab's server has recorded of the cells that a kernel has run.

import type { IOutput } from "@jupyterlab/nbformat";
import { URLExt } from "@jupyterlab/coreutils";
import { type Kernel, ServerConnection } from "@jupyterlab/services";

/** The latest run of one cell. */
export interface RecordedExecution {
  /** The request's message id. */
  msg_id: string;
  execution_state: "queued" | "busy" | "done";
  /** When the kernel took it up, in ISO 8601; null while it waits. */
  started?: string | null;
  execution_count: number | null;
  outputs: IOutput[];
  /** Which outputs were shown under a display id. */
  displays?: Record<string, number[]>;
}

/** The latest runs of a kernel's cells. */
export interface Recording {
  /** The latest IOPub message that is contained; those that come after it are not. */
  last_msg_id: string | null;
  /** By the cell's id. */
  cells: Record<string, RecordedExecution>;
}

/** What has been recorded of a kernel; undefined from a server that records nothing. */
export async function fetchRecording(
  kernel: Kernel.IKernelConnection,
): Promise<Recording | undefined> {
  const { serverSettings: settings, id } = kernel;
  const url = URLExt.join(settings.baseUrl, "api/kernels", encodeURIComponent(id), "recording");
  try {
    const response = await ServerConnection.makeRequest(url, {}, settings);
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}
