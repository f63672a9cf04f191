// Says above each notebook what has happened to its kernel, its connection and its outputs.

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import type { ISessionContext } from "@jupyterlab/apputils";
import { NotebookActions, type NotebookPanel } from "@jupyterlab/notebook";
import type { Kernel } from "@jupyterlab/services";
import { DisposableSet } from "@lumino/disposable";
import { Banner } from "../notices/banner.ts";
import { watchConnection } from "../notices/connection_notice.ts";
import { watchKernel } from "../notices/kernel_notice.ts";
import { askForTrust } from "../notices/trust_notice.ts";

export const notices: JupyterFrontEndPlugin<void> = {
  id: "dials:notices",
  autoStart: true,
  activate: (app: JupyterFrontEnd) => {
    app.docRegistry.addWidgetExtension("Notebook", {
      createNew: (panel: NotebookPanel) => {
        const { sessionContext: context, content } = panel;
        silenceDialog(panel);
        const [connection, kernel, trust] = [new Banner(), new Banner(), new Banner()];
        for (const banner of [connection, kernel, trust]) panel.contentHeader.addWidget(banner);
        void askForTrust(panel, {
          banner: trust,
          onTrust: () => void NotebookActions.trust(content),
        });
        return DisposableSet.from([
          watchConnection(context, connection),
          watchKernel(context, {
            banner: kernel,
            onRunAll: () => void NotebookActions.runAll(content, context),
          }),
        ]);
      },
    });
  },
};

/** JupyterLab tells of a kernel that died in a dialog in the middle of everything. */
function silenceDialog(panel: NotebookPanel): void {
  const { _onSessionStatusChanged: slot } = panel as unknown as {
    _onSessionStatusChanged: (context: ISessionContext, status: Kernel.Status) => void;
  };
  panel.sessionContext.statusChanged.disconnect(slot, panel);
}
