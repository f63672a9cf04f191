// What the lab is, how it is, and what clients of Jupyter ask beside their work: who the user is, what their
// extensions keep, what of Jupyter's other parts is there.

import { Hono } from "hono";
import { isObject, type JsonObject } from "../../notebook/format.ts";
import type { KernelManager } from "../kernels/kernel_manager.ts";
import { RequestError } from "../errors.ts";
import { expectBody } from "../body.ts";

/** The version of Jupyter Server whose API is spoken here. */
export const API_VERSION = "2.17.0";

/** The routes of everything that is small. */
export function statusRoutes(
  { kernels, stop }: { kernels: KernelManager; stop: () => void },
): Hono {
  const app = new Hono();
  const started = new Date();
  const config = new Map<string, JsonObject>();

  app.get("/", (c) => c.json({ version: API_VERSION }));

  app.get("/status", (c) => {
    const models = kernels.list().map(({ model }) => model);
    const activities = [started.toISOString(), ...models.map((model) => model.last_activity)]
      .sort();
    return c.json({
      started: started.toISOString(),
      last_activity: activities.at(-1),
      kernels: models.length,
      connections: models.reduce((sum, { connections }) => sum + connections, 0),
    });
  });

  app.get("/me", (c) =>
    c.json({
      identity: {
        username: "dials",
        name: "Dials",
        display_name: "Dials",
        initials: "D",
        avatar_url: null,
        color: null,
      },
      permissions: permissions(c.req.query("permissions") ?? "{}"),
    }));

  // What extensions of front ends keep, for as long as the lab runs.
  app.get("/config/:section", (c) => c.json(config.get(c.req.param("section")) ?? {}));
  app.put("/config/:section", async (c) => {
    config.set(c.req.param("section"), await expectBody(c));
    return c.body(null, 204);
  });
  app.patch("/config/:section", async (c) => {
    const section = c.req.param("section");
    const merged = merge(config.get(section) ?? {}, await expectBody(c));
    config.set(section, merged);
    return c.json(merged);
  });

  app.post("/shutdown", (c) => {
    stop();
    return c.body(null, 200);
  });

  app.get("/nbconvert", (c) => c.json({}));
  app.post("/security/csp-report", (c) => c.body(null, 204));
  app.post("/events", (c) => c.body(null, 204));
  // Nothing happens that a listener would have to be told of, but it may listen.
  app.get("/events/subscribe", (c) => {
    if (c.req.header("upgrade")?.toLowerCase() !== "websocket") {
      return c.json({ message: 'Can "Upgrade" only to "WebSocket".' }, 400);
    }
    return Deno.upgradeWebSocket(c.req.raw).response;
  });
  app.all("/terminals/*", () => {
    throw new RequestError(404, "Terminals are not available.");
  });
  return app;
}

/** Whoever is let in may do everything. */
function permissions(text: string): JsonObject {
  try {
    const wanted = JSON.parse(text);
    if (isObject(wanted)) return wanted;
  } catch {
    // Said below.
  }
  throw new RequestError(400, `permissions should be a JSON dict of {"resource": ["action",]}`);
}

/** Null takes a key away. */
function merge(before: JsonObject, change: JsonObject): JsonObject {
  const merged = { ...before };
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete merged[key];
    else if (isObject(value)) merged[key] = merge(isObject(merged[key]) ? merged[key] : {}, value);
    else merged[key] = value;
  }
  return merged;
}
