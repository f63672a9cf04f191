// Follows the cells of a notebook, those included that are added later.

import type { Cell } from "@jupyterlab/cells";
import type { NotebookPanel } from "@jupyterlab/notebook";
import { DisposableDelegate, type IDisposable } from "@lumino/disposable";

/** Calls `visit` once with each cell of a notebook, now and whenever one is added. */
export function watchCells(panel: NotebookPanel, visit: (cell: Cell) => void): IDisposable {
  const seen = new WeakSet<Cell>();
  const look = () => {
    for (const cell of panel.content.widgets) {
      if (seen.has(cell)) continue;
      seen.add(cell);
      // A cell that is out of sight is completed when it is needed.
      void cell.ready.then(() => {
        if (!cell.isDisposed) visit(cell);
      });
    }
  };
  look();
  panel.content.modelContentChanged.connect(look);
  panel.content.modelChanged.connect(look);
  return new DisposableDelegate(() => {
    panel.content.modelContentChanged.disconnect(look);
    panel.content.modelChanged.disconnect(look);
  });
}
