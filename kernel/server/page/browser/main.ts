// The lab's page: JupyterLab's application with the extensions that a course in one language needs.

import "./configure.ts";
import "./style.ts";
import { JupyterLab } from "@jupyterlab/application";
import { JupyterPluginRegistry } from "@jupyterlab/coreutils";
import { IConnectionStatus, IServiceManager } from "@jupyterlab/services";
import { plugins } from "./extensions.ts";

const pluginRegistry = new JupyterPluginRegistry();
pluginRegistry.registerPlugins(plugins);
const lab = new JupyterLab({
  // deno-lint-ignore no-explicit-any
  pluginRegistry: pluginRegistry as any,
  serviceManager: await pluginRegistry.resolveRequiredService(IServiceManager),
  connectionStatus: await pluginRegistry.resolveOptionalService(IConnectionStatus) ?? undefined,
});
await lab.start({ bubblingKeydown: true });
await lab.restored;
document.getElementById("dials-splash")?.remove();
