// What the page remembers between visits (which notebook was open, the folder shown) stays in this browser.

import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { IStateDB, StateDB } from "@jupyterlab/statedb";
import { BrowserStore } from "../services/browser_store.ts";

export const state: JupyterFrontEndPlugin<IStateDB> = {
  id: "dials:state",
  autoStart: true,
  provides: IStateDB,
  activate: () => new StateDB({ connector: new BrowserStore("state") }),
};
