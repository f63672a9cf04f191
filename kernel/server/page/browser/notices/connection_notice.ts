// Says when the connection to the kernel is lost, and brings it back when the server can be reached again.

import type { ISessionContext } from "@jupyterlab/apputils";
import { type Kernel, ServerConnection } from "@jupyterlab/services";
import { URLExt } from "@jupyterlab/coreutils";
import { DisposableDelegate, type IDisposable } from "@lumino/disposable";
import { Banner } from "./banner.ts";

/** Interruptions that are over sooner are not mentioned, in milliseconds. */
const PATIENCE = 1_500;

/** The same before the first connection, for which the kernel has to start. */
const FIRST_PATIENCE = 15_000;

/** How often it is tried to reach the server again, in milliseconds. */
const INTERVAL = 3_000;

/** Watches a session's connection; speaks through `banner`. */
export function watchConnection(context: ISessionContext, banner: Banner): IDisposable {
  let wasConnected = false;
  let isLost = false;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let trying: ReturnType<typeof setInterval> | undefined;

  const lose = () => {
    isLost = true;
    banner.say({
      text: "The connection to the lab is lost. What you write stays here, and running cells go " +
        "on; it is tried again until the lab answers.",
      kind: "problem",
    });
    trying ??= setInterval(() => void reconnect(context.session?.kernel), INTERVAL);
  };
  const update = (status: Kernel.ConnectionStatus) => {
    if (status === "connected") {
      clearTimeout(waiting);
      clearInterval(trying);
      waiting = trying = undefined;
      if (isLost) banner.say({ text: "Connected again.", kind: "relief", duration: 4_000 });
      wasConnected = true;
      isLost = false;
    } else if (!isLost) {
      // Every attempt to connect is told; the first one counts.
      waiting ??= setTimeout(lose, wasConnected ? PATIENCE : FIRST_PATIENCE);
    }
  };
  // Whoever is ready has been connected.
  void context.ready.then(() => wasConnected = true);
  const onChange = (_: ISessionContext, status: Kernel.ConnectionStatus) => update(status);
  context.connectionStatusChanged.connect(onChange);
  return new DisposableDelegate(() => {
    clearTimeout(waiting);
    clearInterval(trying);
    context.connectionStatusChanged.disconnect(onChange);
  });
}

/** Connects again if the server answers; JupyterLab itself waits longer each time, and at last gives up. */
async function reconnect(kernel: Kernel.IKernelConnection | null | undefined): Promise<void> {
  if (kernel == null || kernel.connectionStatus === "connected") return;
  try {
    const { serverSettings: settings } = kernel;
    const url = URLExt.join(settings.baseUrl, "api/kernels", encodeURIComponent(kernel.id));
    const { ok } = await ServerConnection.makeRequest(url, {}, settings);
    if (ok) await kernel.reconnect();
  } catch {
    // not yet
  }
}
