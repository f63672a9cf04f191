// /api/contents: files, folders and notebooks.
// https://petstore.swagger.io/?url=https://raw.githubusercontent.com/jupyter-server/jupyter_server/main/jupyter_server/services/api/api.yaml

import { type Context, Hono } from "hono";
import { apiPathOfUrl } from "../contents/api_path.ts";
import type { ContentsManager } from "../contents/contents_manager.ts";
import type { ContentsModel, ContentsType } from "../contents/model.ts";
import { RequestError } from "../errors.ts";
import type { SessionManager } from "../kernels/session_manager.ts";
import { CONTENT_LIMIT, expectBody, readBody, textOf } from "../body.ts";

const PREFIX = "/api/contents";

/** The routes of contents, checkpoints and trust. */
export function contentsRoutes(
  { contents, sessions }: { contents: ContentsManager; sessions: SessionManager },
): Hono {
  const app = new Hono();
  app.post("/*", async (c, next) => {
    const path = pathOf(c);
    const trusted = path.match(/^(.*)\/trust$/);
    if (trusted === null) return await next();
    await contents.trust(trusted[1]);
    return c.body(null, 201);
  });

  app.all("/*", async (c, next) => {
    const [, path, id] = /^(.*)\/checkpoints(?:\/([\w-]+))?$/.exec(pathOf(c)) ?? [];
    if (path === undefined) return await next();
    const { checkpoints } = contents;
    const { method } = c.req;
    if (id === undefined && method === "GET") return c.json(await checkpoints.list(path));
    if (id === undefined && method === "POST") {
      const checkpoint = await checkpoints.create(path);
      return c.json(checkpoint, 201, {
        Location: `${location(path)}/checkpoints/${checkpoint.id}`,
      });
    }
    if (id !== undefined && method === "POST") await checkpoints.restore(path, id);
    else if (id !== undefined && method === "DELETE") await checkpoints.remove(path, id);
    else throw new RequestError(405, `${method} is not for checkpoints.`);
    return c.body(null, 204);
  });

  app.get("/*", async (c) => {
    const { type, format, content = "1", hash = "0" } = c.req.query();
    if (format !== undefined && format !== "text" && format !== "base64") {
      throw new RequestError(400, `Format ${format} is invalid`);
    }
    for (const [name, value] of Object.entries({ content, hash })) {
      if (value !== "0" && value !== "1") throw new RequestError(400, `${name} should be 0 or 1.`);
    }
    const model = await contents.read(pathOf(c), {
      type: type === undefined ? undefined : typeOf(type),
      format,
      content: content === "1",
      hash: hash === "1",
    });
    return answer(c, model);
  });

  app.post("/*", async (c) => {
    const path = pathOf(c);
    const body = await readBody(c) ?? {};
    const from = textOf(body, "copy_from");
    const model = from !== undefined
      ? await contents.copy(from, path)
      : await contents.createUntitled(path, {
        type: typeOf(textOf(body, "type") || "file"),
        extension: textOf(body, "ext"),
      });
    return answer(c, model, 201);
  });

  app.put("/*", async (c) => {
    const path = pathOf(c);
    const body = await readBody(c, { limit: CONTENT_LIMIT });
    if (body?.copy_from) throw new RequestError(400, "Cannot copy with PUT, only POST");
    const isNew = await contents.folder.find(path) === undefined;
    const type = typeOf(
      body && textOf(body, "type") || (path.endsWith(".ipynb") ? "notebook" : "file"),
    );
    if (body === undefined || body.content === undefined && type !== "directory") {
      if (body !== undefined && !isNew) throw new RequestError(400, "No file content provided");
      return answer(c, await contents.create(path, type), 201);
    }
    const { content, format, chunk } = body;
    const model = await contents.save(path, {
      type,
      content,
      format,
      ...(typeof chunk === "number" && { chunk }),
    });
    if (type === "notebook") {
      for (const kernel of sessions.kernelsOf(path)) kernel.recorder.saved(content);
    }
    return answer(c, model, isNew ? 201 : 200);
  });

  app.patch("/*", async (c) => {
    const to = textOf(await expectBody(c), "path");
    if (to === undefined) throw new RequestError(400, "The new path is missing.");
    return answer(c, await contents.rename(pathOf(c), to));
  });

  app.delete("/*", async (c) => {
    await contents.remove(pathOf(c));
    return c.body(null, 204);
  });
  return app;
}

/** What a request's URL names, below the served folder. */
function pathOf(c: Context): string {
  // Not the router's own idea of the path, which may have been decoded already.
  const { pathname } = new URL(c.req.url);
  return apiPathOfUrl(pathname.slice(PREFIX.length));
}

function location(path: string): string {
  return `${PREFIX}/${path.split("/").map(encodeURIComponent).join("/")}`;
}

/** The type that is meant; what is not known is a file. */
function typeOf(type: string): ContentsType {
  return type === "directory" || type === "notebook" ? type : "file";
}

function answer(c: Context, model: ContentsModel, status: 200 | 201 = 200): Response {
  const headers: Record<string, string> = {
    "Last-Modified": new Date(model.last_modified).toUTCString(),
    "Content-Type": "application/json",
  };
  if (c.req.method !== "GET") headers.Location = location(model.path);
  return c.body(JSON.stringify(model), status, headers);
}
