// The keys that do something, in a dialog, as they are set.

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { Dialog, ICommandPalette, showDialog } from "@jupyterlab/apputils";
import { IMainMenu } from "@jupyterlab/mainmenu";
import { CommandRegistry } from "@lumino/commands";
import { Widget } from "@lumino/widgets";
import { element } from "../dom/element.ts";

const COMMAND = "dials:shortcuts";

/** What is listed, by section and command; the rest is in the command palette. */
const SECTIONS: Record<string, Record<string, string>> = {
  "Run": {
    "notebook:run-cell-and-select-next": "Run the cell and go to the next",
    "notebook:run-cell": "Run the cell and stay",
    "notebook:run-cell-and-insert-below": "Run the cell and add one below",
    "kernelmenu:interrupt": "Stop the running cell; variables are kept",
    "kernelmenu:restart": "Restart the kernel; variables are gone",
  },
  "Write": {
    "completer:invoke-notebook": "Complete what is being typed",
    "tooltip:launch-notebook": "Explain what stands at the cursor",
    "notebook:enter-command-mode": "Leave the cell's text, for the keys below",
    "notebook:enter-edit-mode": "Go into the cell's text",
    "documentsearch:start": "Find and replace",
    "docmanager:save": "Save",
    "apputils:activate-command-palette": "Every command, by name",
  },
  "Cells, outside their text": {
    "notebook:move-cursor-up": "Go up",
    "notebook:move-cursor-down": "Go down",
    "notebook:insert-cell-above": "Add a cell above",
    "notebook:insert-cell-below": "Add a cell below",
    "notebook:delete-cell": "Delete the cell",
    "notebook:undo-cell-action": "Undo what was done to cells",
    "notebook:copy-cell": "Copy",
    "notebook:cut-cell": "Cut",
    "notebook:paste-cell-below": "Paste below",
    "notebook:change-cell-to-markdown": "Make it text",
    "notebook:change-cell-to-code": "Make it code",
  },
};

export const shortcuts: JupyterFrontEndPlugin<void> = {
  id: "dials:shortcuts",
  autoStart: true,
  optional: [ICommandPalette, IMainMenu],
  activate: (
    { commands }: JupyterFrontEnd,
    palette: ICommandPalette | null,
    menu: IMainMenu | null,
  ) => {
    commands.addCommand(COMMAND, {
      label: "Keyboard shortcuts",
      caption: "The keys that do something",
      execute: () =>
        showDialog({
          title: "Keyboard shortcuts",
          body: new Widget({ node: table(commands) }),
          buttons: [Dialog.okButton({ label: "Close" })],
        }),
    });
    palette?.addItem({ command: COMMAND, category: "Dials" });
    menu?.helpMenu.addGroup([{ command: COMMAND }], 0);
  },
};

function table(commands: CommandRegistry): HTMLElement {
  const sections = Object.entries(SECTIONS).map(([title, rows]) =>
    element("section", {
      children: [
        element("h3", { text: title }),
        ...Object.entries(rows).flatMap(([command, text]) => row(commands, { command, text })),
      ],
    })
  );
  return element("div", { class: "dials-shortcuts", children: sections });
}

function row(
  commands: CommandRegistry,
  { command, text }: { command: string; text: string },
): HTMLElement[] {
  const keys = commands.keyBindings.filter((binding) => binding.command === command)
    .map((binding) => binding.keys.map(CommandRegistry.formatKeystroke).join(" "));
  if (keys.length === 0) return [];
  const shown = [...new Set(keys)].slice(0, 2).map((key) => element("kbd", { text: key }));
  return [
    element("div", {
      class: "dials-shortcut",
      children: [element("span", { text }), element("span", { children: shown })],
    }),
  ];
}
