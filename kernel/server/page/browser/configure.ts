// What JupyterLab's parts read of their surroundings when they are loaded; so this has to be loaded before them. The
// server writes the addresses into the page; the rest is the same wherever the lab runs.

import { PageConfig } from "@jupyterlab/coreutils";

const options = {
  appName: "Dials",
  appNamespace: "dials",
  appUrl: "/lab",
  themesUrl: "/lab/themes",
  quitButton: "false",
  mode: "multiple-document",
  workspace: PageConfig.defaultWorkspace,
  treePath: openPath(),
};
for (const [name, value] of Object.entries(options)) PageConfig.setOption(name, value);

/** The file that the page's address names. */
function openPath(): string {
  const [, path = ""] = /\/lab\/tree\/(.*)$/.exec(location.pathname) ?? [];
  return decodeURIComponent(path);
}
