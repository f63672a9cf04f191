// Says that the lab does not answer, where JupyterLab would open a dialog again and again.

import {
  IConnectionLost,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from "@jupyterlab/application";
import { Notification } from "@jupyterlab/apputils";

/** How long it is said, in milliseconds. */
const DURATION = 6_000;

export const connectionLost: JupyterFrontEndPlugin<IConnectionLost> = {
  id: "dials:connection-lost",
  autoStart: true,
  provides: IConnectionLost,
  activate: (_: JupyterFrontEnd) => {
    let said: string | undefined;
    return () => {
      if (said === undefined || !Notification.manager.has(said)) {
        said = Notification.warning(
          "The lab does not answer. Is it still running in its terminal? It is tried again.",
          { autoClose: DURATION },
        );
      }
      return Promise.resolve();
    };
  },
};
