// What the page remembers (which notebooks are open, the folder shown) is remembered by each tab of the browser for
// itself: it survives a reload, and a new tab begins at the start page.

import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { IStateDB, StateDB } from "@jupyterlab/statedb";
import { BrowserStore } from "../services/browser_store.ts";

export const state: JupyterFrontEndPlugin<IStateDB> = {
  id: "dials:state",
  autoStart: true,
  provides: IStateDB,
  activate: () => new StateDB({ connector: new BrowserStore("state", sessionStorage) }),
};
