// Which extensions make up the lab: JupyterLab's, less what a course in one language has no use for, the widgets,
// and the lab's own.

import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import application from "@jupyterlab/application-extension";
import apputils from "@jupyterlab/apputils-extension";
import cellToolbar from "@jupyterlab/cell-toolbar-extension";
import codemirror from "@jupyterlab/codemirror-extension";
import completer from "@jupyterlab/completer-extension";
import docmanager from "@jupyterlab/docmanager-extension";
import documentsearch from "@jupyterlab/documentsearch-extension";
import filebrowser from "@jupyterlab/filebrowser-extension";
import fileeditor from "@jupyterlab/fileeditor-extension";
import imageviewer from "@jupyterlab/imageviewer-extension";
import mainmenu from "@jupyterlab/mainmenu-extension";
import markedparser from "@jupyterlab/markedparser-extension";
import notebook from "@jupyterlab/notebook-extension";
import rendermime from "@jupyterlab/rendermime-extension";
import running from "@jupyterlab/running-extension";
import services from "@jupyterlab/services-extension";
import shortcuts from "@jupyterlab/shortcuts-extension";
import statusbar from "@jupyterlab/statusbar-extension";
import themeDark from "@jupyterlab/theme-dark-extension";
import themeLight from "@jupyterlab/theme-light-extension";
import toc from "@jupyterlab/toc-extension";
import tooltip from "@jupyterlab/tooltip-extension";
import uiComponents from "@jupyterlab/ui-components-extension";
import widgets from "@jupyter-widgets/jupyterlab-manager";
import { JUPYTER_CONTROLS_VERSION } from "@jupyter-widgets/controls/lib/version";
import { connectionLost } from "./plugins/connection_lost.ts";
import { controlWidgets } from "./plugins/control_widgets.ts";
import { dials } from "./plugins/dials.ts";
import { frame } from "./plugins/frame.ts";
import { maths } from "./plugins/maths.ts";
import { notices } from "./plugins/notices.ts";
import { plotly } from "./plugins/plotly.ts";
import { resumption } from "./plugins/resume.ts";
import { running as runningCells } from "./plugins/running.ts";
import { settings } from "./plugins/settings.ts";
import { shortcuts as shortcutHelp } from "./plugins/shortcuts.ts";
import { startPage } from "./plugins/start_page.ts";
import { state } from "./plugins/state.ts";
import { theme } from "./plugins/theme.ts";
import { translator } from "./plugins/translator.ts";
import { untouched } from "./plugins/untouched.ts";
import { tabWindow } from "./plugins/window.ts";

// deno-lint-ignore no-explicit-any -- what plugins provide is as different as they are
type Plugin = JupyterFrontEndPlugin<any, any, any>;

/** Plugins left out, because the lab has its own, or its server does not do what they need, or nobody misses them. */
const LEFT_OUT = new Set([
  `@jupyter-widgets/jupyterlab-manager:controls-${JUPYTER_CONTROLS_VERSION}`,
  "@jupyterlab/application-extension:logo",
  "@jupyterlab/application-extension:property-inspector",
  "@jupyterlab/apputils-extension:announcements",
  "@jupyterlab/apputils-extension:licenses-client",
  "@jupyterlab/apputils-extension:licenses-plugin",
  "@jupyterlab/apputils-extension:resolver",
  "@jupyterlab/apputils-extension:settings",
  "@jupyterlab/apputils-extension:settings-connector",
  "@jupyterlab/apputils-extension:splash",
  "@jupyterlab/apputils-extension:state",
  "@jupyterlab/apputils-extension:subshell-settings",
  "@jupyterlab/apputils-extension:workspaces",
  "@jupyterlab/completer-extension:inline-completer",
  "@jupyterlab/completer-extension:inline-completer-factory",
  "@jupyterlab/completer-extension:inline-history",
  "@jupyterlab/filebrowser-extension:share-file",
  "@jupyterlab/fileeditor-extension:language-server",
  "@jupyterlab/notebook-extension:code-console",
  "@jupyterlab/notebook-extension:export",
  "@jupyterlab/notebook-extension:language-server",
  "@jupyterlab/notebook-extension:log-output",
  "@jupyterlab/notebook-extension:metadata-editor",
  "@jupyterlab/notebook-extension:tools",
  "@jupyterlab/notebook-extension:update-raw-mimetype",
  "@jupyterlab/services-extension:event-manager",
  "@jupyterlab/services-extension:nbconvert-manager",
  "@jupyterlab/services-extension:terminal-manager",
  "@jupyterlab/services-extension:user-manager",
  "@jupyterlab/tooltip-extension:consoles",
]);

/** Every plugin of the page. */
export const plugins: Plugin[] = [
  application,
  apputils,
  cellToolbar,
  codemirror,
  completer,
  docmanager,
  documentsearch,
  filebrowser,
  fileeditor,
  imageviewer,
  mainmenu,
  markedparser,
  notebook,
  rendermime,
  running,
  services,
  shortcuts,
  statusbar,
  themeDark,
  themeLight,
  toc,
  tooltip,
  uiComponents,
  widgets,
  [
    connectionLost,
    controlWidgets,
    dials,
    frame,
    maths,
    notices,
    plotly,
    resumption,
    runningCells,
    settings,
    shortcutHelp,
    startPage,
    state,
    theme,
    translator,
    untouched,
    tabWindow,
  ],
]
  .flatMap((extension) => extension as Plugin | Plugin[])
  .filter(({ id }) => !LEFT_OUT.has(id));
