// Finds the outputs again of cells that ran while the page was closed or being loaded.

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import type { NotebookPanel } from "@jupyterlab/notebook";
import { resume } from "../running/resume.ts";

export const resumption: JupyterFrontEndPlugin<void> = {
  id: "dials:resume",
  autoStart: true,
  activate: (app: JupyterFrontEnd) => {
    app.docRegistry.addWidgetExtension("Notebook", {
      createNew: (panel: NotebookPanel) => {
        panel.sessionContext.kernelChanged.connect((_, { newValue: kernel }) => {
          if (kernel === null) return;
          resume(panel, kernel).catch((error) => {
            console.warn("What ran earlier is not shown:", error);
          });
        });
      },
    });
  },
};
