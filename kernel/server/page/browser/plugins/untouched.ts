// A notebook that is opened and not changed stays as it is on the disk. JupyterLab notes in each what the kernel says
// of itself, down to its version.

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import type { ILanguageInfoMetadata } from "@jupyterlab/nbformat";
import type { NotebookPanel } from "@jupyterlab/notebook";
import type { Kernel } from "@jupyterlab/services";

/** A panel with what it does by itself when a kernel is there. */
interface OpenPanel {
  _updateLanguage(language: ILanguageInfoMetadata): void;
  _updateSpec(kernel: Kernel.IKernelConnection): Promise<void>;
}

export const untouched: JupyterFrontEndPlugin<void> = {
  id: "dials:untouched",
  autoStart: true,
  activate: (app: JupyterFrontEnd) => {
    app.docRegistry.addWidgetExtension("Notebook", { createNew: noteOnlyWhatIsNew });
  },
};

function noteOnlyWhatIsNew(panel: NotebookPanel): void {
  const open = panel as unknown as OpenPanel;
  const [updateLanguage, updateSpec] = [open._updateLanguage, open._updateSpec];
  const known = (key: "language_info" | "kernelspec") =>
    (panel.model?.getMetadata(key) as { name?: string } | undefined)?.name;
  open._updateLanguage = (language) => {
    if (known("language_info") !== language.name) updateLanguage.call(panel, language);
  };
  open._updateSpec = async (kernel) => {
    if (known("kernelspec") !== kernel.name) await updateSpec.call(panel, kernel);
  };
}
