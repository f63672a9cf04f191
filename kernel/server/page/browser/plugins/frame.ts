// The frame around notebooks: no empty panel at the right, and on a phone the notebook alone, the file list a tap
// away.

import {
  ILabShell,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from "@jupyterlab/application";
import { BoxPanel, type Layout, Widget } from "@lumino/widgets";

/** Below this width there is no room for a file list beside a notebook. */
const NARROW = matchMedia("(max-width: 760px)");

export const frame: JupyterFrontEndPlugin<void> = {
  id: "dials:frame",
  autoStart: true,
  requires: [ILabShell],
  activate: (app: JupyterFrontEnd, shell: ILabShell) => {
    void app.restored.then(() => {
      hideEmptySide(shell as unknown as Widget);
      const adapt = () => {
        if (NARROW.matches) shell.collapseLeft();
      };
      adapt();
      NARROW.addEventListener("change", adapt);
      shell.currentChanged.connect(adapt);
    });
  },
};

/** JupyterLab keeps a panel at the right even where nothing is in it. */
function hideEmptySide(shell: Widget): void {
  for (const widget of descendants(shell.layout)) {
    const isSide = widget instanceof BoxPanel && widget.hasClass("jp-SideArea");
    if (isSide && widget.widgets.some(({ id }) => id === "jp-right-stack")) widget.hide();
  }
}

function* descendants(layout: Layout | null): Generator<Widget> {
  for (const widget of layout ?? []) {
    yield widget;
    yield* descendants(widget.layout);
  }
}
