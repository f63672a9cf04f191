// Shows the cells tagged "parameters" as forms too.

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { type Cell, CodeCell } from "@jupyterlab/cells";
import { NotebookActions, type NotebookPanel } from "@jupyterlab/notebook";
import type { PanelLayout } from "@lumino/widgets";
import { DialsForm } from "../dials/dials_form.ts";
import { watchCells } from "../notebook/watch_cells.ts";

export const dials: JupyterFrontEndPlugin<void> = {
  id: "dials:dials",
  autoStart: true,
  activate: (app: JupyterFrontEnd) => {
    app.docRegistry.addWidgetExtension("Notebook", {
      createNew: (panel: NotebookPanel) => watchCells(panel, (cell) => decorate(cell, panel)),
    });
  },
};

function decorate(cell: Cell, panel: NotebookPanel): void {
  if (!(cell instanceof CodeCell)) return;
  let form: DialsForm | undefined;
  const update = () => {
    const tags = cell.model.getMetadata("tags");
    const wanted = Array.isArray(tags) && tags.includes("parameters");
    if (wanted && form === undefined) {
      form = new DialsForm(cell, {
        onRunAll: () => void NotebookActions.runAll(panel.content, panel.sessionContext),
        onRunCell: () => {
          panel.content.activeCellIndex = panel.content.widgets.indexOf(cell);
          void NotebookActions.run(panel.content, panel.sessionContext);
        },
      });
      const layout = cell.layout as PanelLayout;
      const input = layout.widgets.findIndex((part) => part.hasClass("jp-Cell-inputWrapper"));
      layout.insertWidget(input + 1, form);
    } else if (!wanted) {
      form?.dispose();
      form = undefined;
    }
  };
  update();
  cell.model.metadataChanged.connect(update);
}
