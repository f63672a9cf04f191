// A running lab: the server with everything behind it.

import { join } from "@std/path";
import { dataFolder } from "../spec.ts";
import { labApp } from "./app.ts";
import { Credentials, newSecret } from "./auth/credentials.ts";
import { ContentsManager } from "./contents/contents_manager.ts";
import { ServedFolder } from "./contents/served_folder.ts";
import { TrustStore } from "./contents/trust.ts";
import { KernelManager } from "./kernels/kernel_manager.ts";
import { SessionManager } from "./kernels/session_manager.ts";
import { listenAtFreePort } from "./listen.ts";

/** How a lab is started. */
export interface LabOptions {
  /** The folder whose files it serves. */
  folder: string;
  /** The address it listens at. */
  ip?: string;
  /** The port it listens at, or the first free one after it; 0 for any. */
  port?: number;
  /** What lets in whoever knows it. */
  token?: string;
  /** Gives the folder of the page's files, once they are built. */
  pageFolder: () => Promise<string>;
  /** Where it is kept which notebooks are trusted; by default in this user's folder of Jupyter's data. */
  trustFolder?: string;
  /** Called when a client asks for the lab's end. */
  onStop?: () => void;
}

/** A lab that runs until {@linkcode Lab.close}. */
export interface Lab {
  /** Where it is, such as `http://127.0.0.1:8888`. */
  url: string;
  port: number;
  token: string;
  kernels: KernelManager;
  /** Ends the kernels, with `grace` 0 at once, and the server. */
  close(options?: { grace?: number }): Promise<void>;
}

/** Starts a lab. */
export async function startLab(
  {
    folder,
    ip = "127.0.0.1",
    port = 8888,
    token = newSecret(),
    pageFolder,
    trustFolder = join(dataFolder(), "dials", "trust"),
    onStop = () => {},
  }: LabOptions,
): Promise<Lab> {
  const served = await ServedFolder.open(folder);
  const contents = new ContentsManager({ folder: served, trust: new TrustStore(trustFolder) });
  const kernels = new KernelManager();
  const sessions = new SessionManager(kernels);
  const server = await listenAtFreePort({ ip, port }, (bound) => {
    const app = labApp({
      contents,
      kernels,
      sessions,
      credentials: new Credentials({ token, port: bound }),
      ip,
      pageFolder,
      pageConfig: pageConfig(served.root),
      stop: onStop,
    });
    return (request) => app.fetch(request);
  });
  return {
    url: `http://${hostName(ip)}:${server.port}`,
    port: server.port,
    token,
    kernels,
    close: async (options) => {
      await kernels.close(options);
      await contents.close();
      await server.close();
    },
  };
}

/** What JupyterLab's parts read of their surroundings. */
function pageConfig(root: string): Record<string, string> {
  return {
    appName: "Dials",
    appVersion: "1",
    baseUrl: "/",
    wsUrl: "",
    fullLabextensionsUrl: "/lab/extensions",
    notebookVersion: "[2, 0, 0]",
    serverRoot: root,
    terminalsAvailable: "false",
    exposeAppInBrowser: "false",
  };
}

/** What a browser on this machine calls an address that is listened at. */
function hostName(ip: string): string {
  if (ip === "0.0.0.0" || ip === "::") return "127.0.0.1";
  return ip.includes(":") ? `[${ip}]` : ip;
}
