// /api/kernels: what runs, and the WebSocket to each.

import { type Context, Hono } from "hono";
import type { ContentsManager } from "../contents/contents_manager.ts";
import type { KernelManager } from "../kernels/kernel_manager.ts";
import { connectKernel } from "../websocket/connection.ts";
import { V1_PROTOCOL } from "../websocket/framing_v1.ts";
import { readBody, textOf } from "../body.ts";
import { whereKernelRuns } from "./kernel_folder.ts";

/** The routes of kernels. */
export function kernelRoutes(
  { kernels, contents }: { kernels: KernelManager; contents: ContentsManager },
): Hono {
  const app = new Hono();

  app.get("/", (c) => c.json(kernels.list().map(({ model }) => model)));

  app.post("/", async (c) => {
    const body = await readBody(c) ?? {};
    const kernel = await kernels.start({
      name: textOf(body, "name") || undefined,
      id: textOf(body, "kernel_id"),
      ...await whereKernelRuns(contents.folder, textOf(body, "path") ?? ""),
    });
    return c.json(kernel.model, 201, { Location: `/api/kernels/${kernel.id}` });
  });

  app.get("/:id", (c) => c.json(kernels.get(c.req.param("id")).model));

  app.delete("/:id", async (c) => {
    await kernels.shutdown(c.req.param("id"));
    return c.body(null, 204);
  });

  app.post("/:id/interrupt", async (c) => {
    await kernels.get(c.req.param("id")).interrupt();
    return c.body(null, 204);
  });

  app.post("/:id/restart", async (c) => {
    const kernel = kernels.get(c.req.param("id"));
    await kernel.restart();
    return c.json(kernel.model);
  });

  // Not of Jupyter: what the cells have put out while nobody, or another page, was looking.
  app.get("/:id/recording", (c) => c.json(kernels.get(c.req.param("id")).recorder.recording()));

  app.get("/:id/channels", (c) => {
    const kernel = kernels.get(c.req.param("id"));
    const session = c.req.query("session_id") || crypto.randomUUID();
    if (c.req.header("upgrade")?.toLowerCase() !== "websocket") {
      return c.json({ message: 'Can "Upgrade" only to "WebSocket".' }, 400);
    }
    const options = protocolOf(c);
    const { socket, response } = Deno.upgradeWebSocket(c.req.raw, options);
    connectKernel(socket, { kernel, session, ...options });
    return response;
  });
  return app;
}

/** The newest form of messages that the front end offers. */
function protocolOf(c: Context): { protocol?: string } {
  const offered = (c.req.header("sec-websocket-protocol") ?? "").split(",").map((name) =>
    name.trim()
  );
  return offered.includes(V1_PROTOCOL) ? { protocol: V1_PROTOCOL } : {};
}
