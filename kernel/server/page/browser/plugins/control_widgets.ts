// The controls of ipywidgets, loaded when a cell first shows one. (Those of the manager's own package are loaded
// in a way that only webpack knows.)

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { type ExportMap, IJupyterWidgetRegistry } from "@jupyter-widgets/base";
import { JUPYTER_CONTROLS_VERSION } from "@jupyter-widgets/controls/lib/version";

export const controlWidgets: JupyterFrontEndPlugin<void> = {
  id: "dials:control-widgets",
  autoStart: true,
  requires: [IJupyterWidgetRegistry],
  activate: (_: JupyterFrontEnd, registry: IJupyterWidgetRegistry) => {
    registry.registerWidget({
      name: "@jupyter-widgets/controls",
      version: JUPYTER_CONTROLS_VERSION,
      exports: async () => await import("@jupyter-widgets/controls") as unknown as ExportMap,
    });
  },
};
