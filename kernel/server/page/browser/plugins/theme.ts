// A button that changes between light and dark. Until it is used the page follows the system.

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette, IThemeManager } from "@jupyterlab/apputils";
import { ISettingRegistry } from "@jupyterlab/settingregistry";

const THEME_SETTINGS = "@jupyterlab/apputils-extension:themes";
const COMMAND = "dials:change-theme";

export const theme: JupyterFrontEndPlugin<void> = {
  id: "dials:theme",
  autoStart: true,
  requires: [IThemeManager, ISettingRegistry],
  optional: [ICommandPalette],
  activate: (
    { commands }: JupyterFrontEnd,
    themes: IThemeManager,
    settings: ISettingRegistry,
    palette: ICommandPalette | null,
  ) => {
    const isLight = () => themes.theme === null || themes.isLight(themes.theme);
    commands.addCommand(COMMAND, {
      label: () => isLight() ? "☾" : "☀",
      caption: () => isLight() ? "Change to dark" : "Change to light",
      execute: async () => {
        const wanted = isLight() ? "JupyterLab Dark" : "JupyterLab Light";
        await settings.set(THEME_SETTINGS, "adaptive-theme", false);
        await themes.setTheme(wanted);
      },
    });
    themes.themeChanged.connect(() => commands.notifyCommandChanged(COMMAND));
    palette?.addItem({ command: COMMAND, category: "Dials" });
  },
};
