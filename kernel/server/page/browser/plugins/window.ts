// Each tab of the browser is a window of its own: the same notebook may be open in several.

import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { IWindowResolver } from "@jupyterlab/apputils";
import { PageConfig } from "@jupyterlab/coreutils";

export const tabWindow: JupyterFrontEndPlugin<IWindowResolver> = {
  id: "dials:window",
  autoStart: true,
  provides: IWindowResolver,
  activate: () => ({ name: PageConfig.defaultWorkspace }),
};
