// Shows the start page where nothing else is open, and whenever it is asked for.

import {
  ILabShell,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from "@jupyterlab/application";
import { ICommandPalette } from "@jupyterlab/apputils";
import { PageConfig } from "@jupyterlab/coreutils";
import { homeIcon } from "@jupyterlab/ui-components";
import { Debouncer } from "@lumino/polling";
import { StartWidget } from "../start/start_widget.ts";

/** JupyterLab's own name for it: the file list's "+" asks for that. */
const COMMAND = "launcher:create";

export const startPage: JupyterFrontEndPlugin<void> = {
  id: "dials:start-page",
  autoStart: true,
  requires: [ILabShell],
  optional: [ICommandPalette],
  activate: (app: JupyterFrontEnd, shell: ILabShell, palette: ICommandPalette | null) => {
    const { commands, serviceManager: services } = app;
    let page: StartWidget | undefined;
    commands.addCommand(COMMAND, {
      label: "Start page",
      caption: "The course, and ways to begin",
      icon: homeIcon,
      execute: () => {
        if (page === undefined || page.isDisposed) {
          page = new StartWidget({ commands, services });
          page.title.icon = homeIcon;
        }
        if (!page.isAttached) shell.add(page, "main");
        shell.activateById(page.id);
      },
    });
    palette?.addItem({ command: COMMAND, category: "Dials" });
    // The shell says so in the middle of what it changes.
    const looking = new Debouncer(() => {
      if (shell.isEmpty("main")) void commands.execute(COMMAND);
    }, 50);
    void app.restored.then(() => {
      shell.layoutModified.connect(() => void looking.invoke());
      if (PageConfig.getOption("treePath") === "") void looking.invoke();
    });
  },
};
