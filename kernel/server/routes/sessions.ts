// /api/sessions: which file is worked on with which kernel.

import { Hono } from "hono";
import { isObject, type JsonObject } from "../../notebook/format.ts";
import type { ContentsManager } from "../contents/contents_manager.ts";
import { RequestError } from "../errors.ts";
import type { LabKernel } from "../kernels/kernel.ts";
import type { KernelManager } from "../kernels/kernel_manager.ts";
import type { SessionManager } from "../kernels/session_manager.ts";
import { expectBody, textOf } from "../body.ts";
import { whereKernelRuns } from "./kernel_folder.ts";

/** The routes of sessions. */
export function sessionRoutes(
  { sessions, kernels, contents }: {
    sessions: SessionManager;
    kernels: KernelManager;
    contents: ContentsManager;
  },
): Hono {
  const app = new Hono();

  /** The kernel that a request names by its id, or a new one of the name it gives. */
  const kernelFor = async (body: JsonObject, path: string): Promise<LabKernel> => {
    const wanted = isObject(body.kernel) ? body.kernel : {};
    const id = textOf(wanted, "id");
    if (id !== undefined && id !== "") return kernels.get(id);
    const name = textOf(wanted, "name") || undefined;
    return await kernels.start({ name, ...await whereKernelRuns(contents.folder, path) });
  };

  app.get("/", (c) => c.json(sessions.list().map((session) => sessions.model(session))));

  app.post("/", async (c) => {
    const body = withNotebook(await expectBody(c));
    const path = textOf(body, "path");
    const type = textOf(body, "type");
    if (path === undefined) throw new RequestError(400, "Missing field in JSON data: path");
    if (type === undefined) throw new RequestError(400, "Missing field in JSON data: type");
    const name = textOf(body, "name") ?? "";
    const session = await sessions.open({ path, name, type }, () => kernelFor(body, path));
    return c.json(sessions.model(session), 201, { Location: `/api/sessions/${session.id}` });
  });

  app.get("/:id", (c) => c.json(sessions.model(sessions.get(c.req.param("id")))));

  app.patch("/:id", async (c) => {
    const body = withNotebook(await expectBody(c));
    const session = sessions.get(c.req.param("id"));
    for (const field of ["path", "name", "type"] as const) {
      session[field] = textOf(body, field) ?? session[field];
    }
    if (isObject(body.kernel) && (body.kernel.id || body.kernel.name)) {
      const before = session.kernelId;
      session.kernelId = (await kernelFor(body, session.path)).id;
      if (session.kernelId !== before) await sessions.closeUnused(before);
    }
    return c.json(sessions.model(session));
  });

  app.delete("/:id", async (c) => {
    await sessions.close(c.req.param("id"));
    return c.body(null, 204);
  });
  return app;
}

/** What clients of Jupyter's first versions say of the notebook, said as today. */
function withNotebook(body: JsonObject): JsonObject {
  const { notebook } = body;
  return isObject(notebook) ? { type: "notebook", ...notebook, ...body } : body;
}
