// The lab speaks English, so nothing has to be fetched to translate it.

import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ITranslator, nullTranslator } from "@jupyterlab/translation";

export const translator: JupyterFrontEndPlugin<ITranslator> = {
  id: "dials:translator",
  autoStart: true,
  provides: ITranslator,
  activate: () => nullTranslator,
};
