// The lab's HTTP interface, put together: what every request passes, then the routes of each resource.

import { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { KernelDiedError } from "../client/kernel_process.ts";
import type { Credentials } from "./auth/credentials.ts";
import { gate } from "./auth/gate.ts";
import { safeHeaders } from "./auth/headers.ts";
import { loginRoutes } from "./auth/login.ts";
import type { ContentsManager } from "./contents/contents_manager.ts";
import { RequestError } from "./errors.ts";
import type { KernelManager } from "./kernels/kernel_manager.ts";
import type { SessionManager } from "./kernels/session_manager.ts";
import { contentsRoutes } from "./routes/contents.ts";
import { fileRoutes } from "./routes/files.ts";
import { kernelRoutes } from "./routes/kernels.ts";
import { kernelspecRoutes } from "./routes/kernelspecs.ts";
import { pageRoutes } from "./routes/page.ts";
import { sessionRoutes } from "./routes/sessions.ts";
import { statusRoutes } from "./routes/status.ts";

/** What the lab is made of. */
export interface LabParts {
  contents: ContentsManager;
  kernels: KernelManager;
  sessions: SessionManager;
  credentials: Credentials;
  /** The address that the lab listens at. */
  ip: string;
  /** Gives the folder of the page's files, once they are built. */
  pageFolder: () => Promise<string>;
  /** What the page's parts read through PageConfig. */
  pageConfig: Record<string, string>;
  /** Ends the lab. */
  stop: () => void;
}

/** The application that answers the lab's requests. */
export function labApp(parts: LabParts): Hono {
  const { contents, kernels, credentials, ip, pageFolder, pageConfig } = parts;
  const app = new Hono();
  app.use(safeHeaders());
  app.use(gate({ credentials, ip }));
  app.route("/", loginRoutes(credentials));
  app.route("/", kernelspecRoutes());
  app.route("/api/contents", contentsRoutes(parts));
  app.route("/api/kernels", kernelRoutes(parts));
  app.route("/api/sessions", sessionRoutes(parts));
  app.route("/api", statusRoutes({ kernels, stop: parts.stop }));
  app.route("/files", fileRoutes(contents.folder));
  app.route("/", pageRoutes({ folder: pageFolder, config: pageConfig }));
  app.notFound((c) => c.json({ message: `There is nothing at ${c.req.path}.`, reason: null }, 404));
  app.onError((error, c) => {
    const status: ContentfulStatusCode = error instanceof RequestError ? error.status : 500;
    const isForeseen = error instanceof RequestError || error instanceof KernelDiedError;
    if (!isForeseen) console.error(error);
    return c.json({ message: error.message, reason: null }, status);
  });
  return app;
}
