// Lets a running cell be stopped where it stands.

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { CodeCell } from "@jupyterlab/cells";
import type { NotebookPanel } from "@jupyterlab/notebook";
import type { PanelLayout } from "@lumino/widgets";
import { watchCells } from "../notebook/watch_cells.ts";
import { watchBegun } from "../running/begun.ts";
import { RunningStrip } from "../running/running_strip.ts";

export const running: JupyterFrontEndPlugin<void> = {
  id: "dials:running",
  autoStart: true,
  activate: (app: JupyterFrontEnd) => {
    app.docRegistry.addWidgetExtension("Notebook", {
      createNew: (panel: NotebookPanel) => {
        watchBegun(panel.sessionContext);
        return watchCells(panel, (cell) => {
          if (!(cell instanceof CodeCell)) return;
          const strip = new RunningStrip(cell, {
            onStop: () => void panel.sessionContext.session?.kernel?.interrupt(),
          });
          const layout = cell.layout as PanelLayout;
          const output = layout.widgets.findIndex((part) => part.hasClass("jp-Cell-outputWrapper"));
          layout.insertWidget(output, strip);
        });
      },
    });
  },
};
