// /lab: the page, whose files have been built, with what it has to know about this lab written into it.

import { extname, join } from "@std/path";
import { Hono } from "hono";
import { getMimeType } from "hono/utils/mime";

/** Where index.html takes the lab's addresses. */
const PLACEHOLDER = "<!-- jupyter-config-data -->";

/** Files whose names change with their content need not be asked for twice. */
const HASHED = /-[A-Z0-9]{8}\.\w+$/;

/**
 * The routes of the page.
 *
 * @param options.folder gives the folder of its files, once they are built
 * @param options.config what JupyterLab's parts read through PageConfig
 */
export function pageRoutes(
  { folder, config }: { folder: () => Promise<string>; config: Record<string, string> },
): Hono {
  const app = new Hono();
  app.get("/", (c) => c.redirect("/lab"));
  app.get("/tree", (c) => c.redirect("/lab"));
  app.get("/lab", async (c) => c.html(await indexPage(await folder(), config)));
  app.get("/lab/*", async (c) => {
    const built = await folder();
    const name = new URL(c.req.url).pathname.slice("/lab/".length);
    const asset = isAssetName(name) ? await readAsset(join(built, name)) : undefined;
    if (asset === undefined) {
      // What looks like a part of the page, and is none, must not be answered with the page.
      const isPage = name.startsWith("tree/") || extname(name) === "" && !name.startsWith("api/");
      if (!isPage) return c.notFound();
      return c.html(await indexPage(built, config));
    }
    return c.body(asset, 200, {
      "Content-Type": getMimeType(name) ?? "application/octet-stream",
      "Cache-Control": HASHED.test(name) ? "private, max-age=31536000, immutable" : "no-cache",
    });
  });
  return app;
}

async function indexPage(folder: string, config: Record<string, string>): Promise<string> {
  const page = await Deno.readTextFile(join(folder, "index.html"));
  // A "<" in a value must not end the element.
  const json = JSON.stringify(config).replaceAll("<", "\\u003c");
  const element = `<script id="jupyter-config-data" type="application/json">${json}</script>`;
  return page.replace(PLACEHOLDER, () => element);
}

/** Names of built files are plain; the user's files are not served from here. */
function isAssetName(name: string): boolean {
  return !name.startsWith("tree/") &&
    name.split("/").every((part) => /^[@\w][\w.-]*$/.test(part));
}

async function readAsset(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await Deno.readFile(path);
  } catch {
    return undefined;
  }
}
